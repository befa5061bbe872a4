"""The small project, for each test anew."""

from pathlib import Path

import pytest

from support.projects import SmallProject, small_project


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path)
