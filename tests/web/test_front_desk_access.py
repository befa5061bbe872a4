"""The front-desk page is accessible: on phones, by keyboard, enlarged, without scripts, without a network."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from support.chromium import Opened
from support.front_desk_browser import Desk, choose_practice, front_desk, previewed, to_handout


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with front_desk(tmp_path_factory.mktemp("desk")) as page:
        yield page


def check_accessibility(shown: Opened) -> None:
    """Check the current state of the page: no barriers, and no horizontal scrolling."""
    assert shown.barriers() == []
    assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [1280, 768, 320])
def test_no_state_of_the_page_has_barriers(desk: Desk, width: int) -> None:
    with desk.open(width) as shown:
        page = shown.page
        check_accessibility(shown)
        choose_practice(page)
        check_accessibility(shown)
        page.get_by_role("searchbox").fill("nothing of this")
        expect(page.locator(".none")).to_be_visible()
        check_accessibility(shown)
        page.get_by_role("searchbox").fill("")
        page.get_by_role("link", name="Back pain").click()
        previewed(page)
        check_accessibility(shown)
        page.get_by_label("Web page in one file").check()
        page.frame_locator("iframe.web-page").get_by_role("heading", name="Back pain", exact=True).wait_for()
        assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0
        page.get_by_label("Plain text for").check()
        expect(page.locator("pre.text")).to_contain_text("Back pain is common [1]")
        check_accessibility(shown)
        page.get_by_role("group", name="About back pain").get_by_role("checkbox").first.uncheck()
        page.get_by_label("When should I worry?").uncheck()
        page.get_by_label("What helps?").uncheck()
        expect(page.get_by_role("alert")).to_contain_text("Choose at least one section")
        check_accessibility(shown)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_there_are_no_barriers_at_twice_the_size_in_light_and_dark(desk: Desk, scheme: str) -> None:
    with desk.open(640, color_scheme=scheme, device_scale_factor=2) as shown:
        check_accessibility(shown)
        to_handout(shown.page)
        check_accessibility(shown)


def test_a_required_block_is_shown_with_the_reason_while_its_part_is_selected(desk: Desk) -> None:
    with desk.open() as shown:
        to_handout(shown.page)
        treatment = shown.page.get_by_role("group", name="Treatment")
        expect(treatment).to_contain_text("Important safety information")
        expect(treatment).to_contain_text("Always printed with these sections")
        treatment.get_by_label("What helps?").uncheck()
        expect(treatment.locator(".along")).to_be_hidden()


def test_the_page_works_by_keyboard_and_keeps_the_focus(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Harbor Clinic")).to_be_focused()
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Which handout?").wait_for()
        page.get_by_role("link", name="Back pain").focus()
        page.keyboard.press("Enter")
        previewed(page)
        box = page.get_by_label("When should I worry?")
        box.focus()
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.keyboard.press("Space")
        expect(page.locator("#choice")).not_to_have_class("desk htmx-request")
        expect(box).to_be_focused()
        expect(box).not_to_be_checked()


def test_the_page_requests_nothing_from_other_servers_and_logs_no_errors(desk: Desk) -> None:
    with desk.open() as shown:
        to_handout(shown.page)
        shown.page.get_by_label("Booklet").check()
        previewed(shown.page)
        assert {urlsplit(address).netloc for address in shown.asked if not address.startswith("data:")} == {
            desk.page.host
        }
        assert shown.complaints == []
        assert all(shown.fonts().values())


def test_the_page_works_without_scripts(desk: Desk) -> None:
    with desk.open(java_script_enabled=False) as shown:
        page = shown.page
        page.get_by_role("button", name="Harbor Clinic").click()
        page.get_by_role("searchbox").fill("lumbago")
        page.get_by_role("button", name="Search").click()
        page.get_by_role("link", name="Back pain").click()
        page.get_by_role("button", name="Pre visit pack").click()
        expect(page.get_by_label("When should I worry?")).not_to_be_checked()
        page.get_by_label("A4", exact=True).check()
        page.get_by_role("button", name="Show the preview").click()
        previewed(page)
        expect(page.get_by_label("When should I worry?")).not_to_be_checked()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Download PDF").click()
        assert saved.value.suggested_filename.startswith("back.sections-1-3.en")
