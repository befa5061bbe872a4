"""Fixtures of the tests of checks."""

from pathlib import Path

import pytest

from support.projects import SmallProject, small_project


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """The small project."""
    return small_project(tmp_path)
