"""Fixtures of the tests of the front desk."""

from collections.abc import Iterator

import pytest

from support.chromium import Browsers
from support.front_desk_browser import Desk, front_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browsers: Browsers) -> Iterator[Desk]:
    """Serve a project with two practices."""
    with front_desk(tmp_path_factory.mktemp("desk"), browsers) as running:
        yield running
