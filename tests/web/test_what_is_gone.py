"""What is gone while the page is open: the page says so, and loses nothing that was typed or put together."""

import shutil
from pathlib import Path

from playwright.sync_api import expect

from support.chromium import Browsers
from support.front_desk_browser import front_desk


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
        page.get_by_role("link", name="Knee pain").click()
        expect(page.locator("#said")).to_contain_text("This handout has changed, or is no longer there")
        expect(name).to_have_value("Ada Quimby")
        expect(page.locator("#pack")).to_contain_text("Back pain")
