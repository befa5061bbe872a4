"""What changes while the page is open: the page says so, and loses nothing that was typed or put together."""

import shutil
from pathlib import Path

from playwright.sync_api import expect

from support.chromium import Browsers
from support.front_desk_browser import front_desk, wait_for_preview
from support.printers import wait_until
from support.projects import HANDOUT


def test_a_removed_practice_or_handout_is_named_and_nothing_is_lost(tmp_path: Path, browsers: Browsers) -> None:
    with front_desk(tmp_path, browsers) as desk, desk.open_handout() as shown:
        page, content = shown.page, desk.project.root / "content"
        name = page.get_by_label("Name, printed")
        name.fill("Ada Quimby")
        page.get_by_role("button", name="+ Pack").click()
        shutil.rmtree(content / "practices" / "clinic")
        expect(page.locator("#notice")).to_have_text("This practice is no longer there: choose another one.")
        answer = desk.page.ask("/handouts/back?practice=clinic")
        assert (answer.status, 'href="/practices"' in answer.text) == (410, True)
        page.get_by_role("link", name="Handouts", exact=True).click()
        expect(page.locator("#said")).to_have_text("This practice is no longer there: choose another one.")
        page.get_by_role("link", name="change the practice").click()
        page.get_by_role("dialog").get_by_role("button", name="Quay Surgery").click()
        expect(page.locator(".whose")).to_contain_text("Quay Surgery")
        page.get_by_role("link", name="Handouts", exact=True).click()
        page.get_by_label("Drafts too").check()
        # The list still has the row of a handout that has just been removed.
        page.route("**/?*", lambda route: route.abort())
        shutil.rmtree(content / "handouts" / "knee")
        wait_until(lambda: desk.page.ask("/handouts/knee?practice=quay").status == 404)
        page.get_by_role("link", name="Knee pain").click()
        expect(page.locator("#said")).to_contain_text("This handout has changed, or is no longer there")
        expect(name).to_have_value("Ada Quimby")
        expect(page.locator("#pack")).to_contain_text("Back pain")


def test_a_handout_that_becomes_a_draft_is_called_one_and_needs_somebody_to_agree(
    tmp_path: Path, browsers: Browsers
) -> None:
    with front_desk(tmp_path, browsers) as desk, desk.open_handout() as shown:
        page = shown.page
        expect(page.locator(".about .mark")).to_have_text("Approved")
        page.get_by_role("button", name="+ Pack").click()
        desk.project.replace(HANDOUT, "status: approved", "status: draft")
        desk.project.replace(HANDOUT, "title: Back pain", "title: Pain in the back")
        expect(page.locator(".about .mark")).to_have_text("Draft")
        expect(page.get_by_role("heading", level=1)).to_have_text("Pain in the back")
        expect(page.locator("#standing .notice")).to_contain_text("No clinician has reviewed this handout.")
        # The pack still has the handout as it was.
        page.get_by_role("link", name="Handouts", exact=True).click()
        page.get_by_role("button", name="Download the pack").click()
        expect(page.locator("#jobs")).to_contain_text(
            "“Pain in the back” is a draft. To print it anyway, open it again, and agree to that."
        )
        page.go_back()
        expect(page.locator("#actions .main.on-paper")).to_be_enabled()
        wait_for_preview(page)
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("dialog")).to_contain_text("No clinician has reviewed “Pain in the back”.")
