"""Fixtures of the tests of rules."""

import pytest

from support.projects import HANDOUT, SmallProject


@pytest.fixture
def project(project: SmallProject) -> SmallProject:
    """The small project, in which only a draft is found."""
    project.replace(HANDOUT, "common [@smith2020].", "common.[@smith2020]")
    return project
