"""Fixtures of the tests of reading."""

from pathlib import Path

import pytest

from support.projects import SmallProject, small_project


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """A project of one handout, one practice and two references, without errors."""
    return small_project(tmp_path)
