"""What was chosen or typed for one patient does not reach the next one, whatever happens in between."""

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from support.chromium import Browsers, Opened, visited
from support.front_desk import served
from support.front_desk_browser import wait_for_preview
from support.projects import HANDOUT, small_project

CLEARED = "Cleared, because nobody used this page for 5 minutes."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a handout with texts for two groups of patients."""
    project = small_project(tmp_path_factory.mktemp("project"))
    text = project.text(HANDOUT)
    project.write(HANDOUT, f"{text}\n- Lift your child. {{audience=parents}}\n- Stay in bed. {{audience=children}}\n")
    with served(project.root) as page:
        yield f"{page.address}handouts/back?practice=clinic"


@pytest.fixture
def shown(address: str, browsers: Browsers) -> Iterator[Opened]:
    with visited(browsers.small, address, practice="clinic") as opened:
        yield opened


@pytest.mark.parametrize("comes_back", [False, True])
def test_a_computer_that_has_slept_shows_nothing_of_the_patient_before(shown: Opened, *, comes_back: bool) -> None:
    page = shown.page
    page.clock.install()
    page.reload()
    wait_for_preview(page)
    name = page.get_by_label("Name, printed")
    name.fill("Ada Quimby")
    # The clock of a computer goes on while it sleeps, the timers of the page do not.
    page.clock.set_system_time(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    if comes_back:
        page.keyboard.press("Shift")
    else:
        page.clock.run_for(6_000)
    expect(name).to_have_value("")
    expect(page.locator("#said")).to_have_text(CLEARED)


def test_the_next_patient_is_in_no_group_until_somebody_chooses_one(shown: Opened) -> None:
    page = shown.page
    wait_for_preview(page)
    page.get_by_label("Parents").check()
    assert "audience=parents" in page.url
    with page.expect_response(lambda answer: answer.request.method == "POST") as preview:
        page.keyboard.press("Alt+n")
    assert "audience=&" in f"{preview.value.request.post_data}&"
    expect(page.get_by_label("Everyone")).to_be_checked()
    assert "audience" not in page.url
