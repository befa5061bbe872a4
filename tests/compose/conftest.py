"""Projects that several test files of this folder change."""

from pathlib import Path

import pytest

from support.command import copy_of_shipped
from support.projects import SmallProject, small_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the shipped project, in a folder of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    return copy_of_shipped(folder)


@pytest.fixture
def small(tmp_path: Path) -> SmallProject:
    """A project with one handout and one practice, in a folder of its own."""
    return small_project(tmp_path / "project")
