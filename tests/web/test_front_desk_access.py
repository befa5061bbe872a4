"""The front-desk page is accessible: on phones, by keyboard, enlarged, without scripts, without a network."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from support.chromium import Opened
from support.front_desk_browser import Desk, choose_practice, to_handout, wait_for_preview


def check_accessibility(shown: Opened) -> None:
    """Check the current state of the page: no barriers, and no horizontal scrolling."""
    assert shown.barriers() == []
    assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("width", [1280, 320])
def test_no_state_of_the_page_has_barriers(desk: Desk, width: int) -> None:
    with desk.open(width) as shown:
        page = shown.page
        check_accessibility(shown)
        choose_practice(page)
        check_accessibility(shown)
        page.get_by_role("searchbox").fill("zqxv")
        expect(page.locator(".none")).to_be_visible()
        check_accessibility(shown)
        page.get_by_role("searchbox").fill("")
        page.get_by_role("link", name="Back pain").click()
        wait_for_preview(page)
        check_accessibility(shown)
        page.get_by_text("More formats").click()
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


def test_there_are_no_barriers_at_twice_the_size_in_the_dark(desk: Desk) -> None:
    with desk.open(640, color_scheme="dark", device_scale_factor=2) as shown:
        check_accessibility(shown)
        to_handout(shown.page)
        check_accessibility(shown)


def test_nothing_scrolls_sideways_at_the_width_of_a_tablet(desk: Desk) -> None:
    with desk.open(768) as shown:
        for steps in (choose_practice, to_handout):
            assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0
            shown.page.goto(f"{desk.page.address}practices")
            steps(shown.page)
        assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_required_block_is_shown_with_the_reason_while_its_part_is_selected(desk: Desk) -> None:
    with desk.open_handout() as shown:
        treatment = shown.page.get_by_role("group", name="Treatment")
        expect(treatment).to_contain_text("Important safety information")
        expect(treatment).to_contain_text("Always printed with these sections")
        treatment.get_by_label("What helps?").uncheck()
        expect(treatment.locator(".along")).to_be_hidden()


def test_eight_keys_lead_to_the_print_and_the_focus_is_kept(desk: Desk) -> None:
    with desk.open_with_viewer() as shown:
        page = shown.page
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Harbor Clinic")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("searchbox")).to_be_focused()
        for key in ("l", "u", "m"):
            page.keyboard.press(key)
        expect(page.locator("#found .row")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("link", name="Back pain")).to_be_focused()
        # What is found for the last letters comes when somebody is in the rows already.
        page.locator("#found").evaluate("rows => rows.setAttribute('data-old', '')")
        page.get_by_role("searchbox").dispatch_event("input")
        expect(page.locator("#found:not([data-old])")).to_be_visible()
        expect(page.get_by_role("link", name="Back pain")).to_be_focused()
        page.keyboard.press("Enter")
        wait_for_preview(page)
        with page.expect_response("**/print"):
            page.keyboard.press("Control+Enter")
        expect(page.locator("#said")).to_have_text("The print dialog is open.")
        box = page.get_by_label("When should I worry?")
        box.focus()
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.keyboard.press("Space")
        expect(box).to_be_focused()
        expect(box).not_to_be_checked()
        page.get_by_role("heading", name="Back pain").focus()
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()


@pytest.mark.parametrize("width", [1366, 360])
def test_everything_that_can_be_pressed_is_large_enough(desk: Desk, width: int) -> None:
    with desk.open(width) as shown:
        for steps in (choose_practice, to_handout):
            shown.page.goto(f"{desk.page.address}practices")
            steps(shown.page)
            assert width != 1366 or shown.value("document.documentElement.scrollHeight <= innerHeight")
            small = shown.value(
                """[...document.querySelectorAll('button, a, summary, select, input, label.check')]
                .filter(element => element.checkVisibility() && !element.closest('label') && !element.matches('.skip'))
                .map(element => [element.getBoundingClientRect(), element.outerHTML.slice(0, 90)])
                .filter(([box]) => box.width && (box.height < 43.5 || box.width < 43.5)).map(([, html]) => html)"""
            )
            assert small == []


def test_the_page_requests_nothing_from_other_servers_and_logs_no_errors(desk: Desk) -> None:
    with desk.open_handout() as shown:
        shown.page.get_by_text("More formats").click()
        shown.page.get_by_label("Booklet").check()
        wait_for_preview(shown.page)
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
        assert "lumbago" in page.url
        page.get_by_role("link", name="Back pain").click()
        page.get_by_role("button", name="Pre visit pack").click()
        expect(page.get_by_label("When should I worry?")).not_to_be_checked()
        page.get_by_label("A4", exact=True).check()
        page.get_by_role("button", name="Show the preview").click()
        wait_for_preview(page)
        expect(page.get_by_label("When should I worry?")).not_to_be_checked()
        page.get_by_text("More", exact=True).click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Download PDF").click()
        assert saved.value.suggested_filename.startswith("back.sections-1-3.en")
