"""Options of the tests, and the shipped outputs, built once."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from support.command import copy_of_shipped, run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="Write files that are made from the code anew.")


@pytest.fixture(scope="session")
def shipped_color(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All shipped outputs in color, of both practices, in every format."""
    return _made_once(tmp_path_factory, "color", lambda folder: _build(folder, "color"))


@pytest.fixture(scope="session")
def shipped_black(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in black."""
    return _made_once(tmp_path_factory, "black", lambda folder: _build(folder, "black"))


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]) -> Path:
    """Make something in a folder that all processes of a test run share."""
    shared = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    folder, done = shared / name, shared / f"{name}.done"
    with FileLock(shared / f"{name}.lock"):
        if not done.exists():
            folder.mkdir()
            done.write_text(str(make(folder)))
    return Path(done.read_text())


def _build(folder: Path, ink: str) -> Path:
    project = copy_of_shipped(folder)
    ran = run(project, "build", "--set", "everything", "--ink", ink)
    assert ran.code == 0, ran.err
    # Nothing but the missing source is found amiss with them.
    assert ran.err.count("warning[") == 1, ran.err
    assert "warning[missing-reference]" in ran.err
    return project / "output"
