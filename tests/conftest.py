"""Options of the tests, and the shipped outputs, built once."""

from pathlib import Path

import pytest

from support.command import copy_of_shipped, run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="Write files that are made from the code anew.")


@pytest.fixture(scope="session")
def shipped_color(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All shipped outputs in color, of both practices, in every format."""
    return _build(tmp_path_factory.mktemp("color"), "color")


@pytest.fixture(scope="session")
def shipped_black(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in black."""
    return _build(tmp_path_factory.mktemp("black"), "black")


def _build(folder: Path, ink: str) -> Path:
    project = copy_of_shipped(folder)
    ran = run(project, "build", "--set", "everything", "--ink", ink)
    assert ran.code == 0, ran.err
    # Nothing but the missing source is found amiss with them.
    assert ran.err.count("warning[") == 1, ran.err
    assert "warning[missing-reference]" in ran.err
    return project / "output"
