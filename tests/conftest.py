"""Options of the tests, the shipped outputs, built once, and the table of what was found about them."""

from pathlib import Path

import pytest

from support.builds import build
from support.conformance import TABLE


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="Write files that are made from the code anew.")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    table = config.stash.get(TABLE, None)
    if table:
        terminalreporter.section("conformance of the shipped outputs")
        for line in table.lines():
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def shipped_color(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All shipped outputs in color, of both practices, in every format."""
    return build(tmp_path_factory.mktemp("color"), "color")


@pytest.fixture(scope="session")
def shipped_black(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in black."""
    return build(tmp_path_factory.mktemp("black"), "black")


@pytest.fixture(scope="session")
def shipped_otherwise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Single pages of the booklets and of a leaflet, and one section alone."""
    return build(tmp_path_factory.mktemp("otherwise"), "otherwise")
