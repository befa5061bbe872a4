"""The editor of practices and packs: open to whoever has its token; nothing is lost, whatever is typed or changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from handouts.editing.versions import list_versions
from handouts.model.project import Project
from handouts.system.digests import digest_of_bytes
from handouts.web.editor.practice_view import name_versions
from support.chromium import Browsers, Opened, visited
from support.front_desk import open_client
from support.front_desk_browser import Desk, choose_practice, front_desk
from support.pdf import text
from support.projects import PRACTICE, SETTINGS, small_project

HOSTILE = "Söhne & 'A' \" onfocus=alert(1) - # y: z"
FORM = "/admin/practices/clinic"
SMALL = """[...document.querySelectorAll('button, a, summary, select, input, textarea, label.check')]
  .filter(element => element.checkVisibility() && !element.closest('label') && !element.matches('.skip'))
  .map(element => [element.getBoundingClientRect(), element.outerHTML.slice(0, 90)])
  .filter(([box]) => box.width && (box.height < 43.5 || box.width < 43.5)).map(([, html]) => html)"""


@dataclass(frozen=True)
class Admin:
    desk: Desk
    address: str

    @contextmanager
    def open(self, path: str, width: int = 1280, **options: Any) -> Iterator[Opened]:  # noqa: ANN401 - as new_context has them
        """Open a page of the editor as a new visitor who has the address with the token."""
        with visited(self.desk.browser, self.address, width, **options) as shown:
            shown.page.goto(self.desk.page.address + path[1:])
            yield shown


@pytest.fixture(scope="module")
def admin(tmp_path_factory: pytest.TempPathFactory, browsers: Browsers) -> Iterator[Admin]:
    with front_desk(tmp_path_factory.mktemp("desk"), browsers, "--admin") as desk:
        yield Admin(desk, desk.page.process.output.readline().strip())


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def test_only_the_token_opens_the_editor_and_only_its_own_forms_change_anything(admin: Admin) -> None:
    page = admin.desk.page
    before = admin.desk.project.text(PRACTICE)
    for path in ("/admin", FORM, "/admin/packs", "//admin", "/%61dmin", "/admin?token=", f"/admin?token={'x' * 32}"):
        answer = page.ask(path)
        assert answer.status in {401, 308}
        assert "Set-Cookie" not in answer.headers
    assert page.ask(FORM, {"name": "Mine"}).status == 401
    path = admin.address.removeprefix(page.address.rstrip("/"))
    entered = page.ask(path)
    assert (entered.status, entered.headers["Location"]) == (303, "/admin")
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert path.partition("=")[2] not in cookie
    cookies = {"Cookie": cookie.partition(";")[0]}
    assert page.ask(FORM, headers=cookies).status == 200
    for foreign in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-site"}):
        for target in (FORM, f"{FORM}/restore", f"{FORM}/preview", "/admin/packs", "/admin/packs/keep"):
            assert page.ask(target, {"name": "Mine"}, headers={**cookies, **foreign}).status == 403
    for made_up in ("/admin/practices/..%2Fclinic", "/admin/practices/none", "/admin/practices/clinic.x"):
        assert page.ask(made_up, headers=cookies).status == 404
    assert page.ask(f"{FORM}/restore", {"version": "../../x"}, headers=cookies).status == 404
    assert admin.desk.project.text(PRACTICE) == before


def test_a_practice_is_changed_with_a_preview_and_undone(admin: Admin) -> None:
    project = admin.desk.project
    project.write(PRACTICE, "# The clinic\n" + project.text(PRACTICE))
    before = project.text(PRACTICE)
    with admin.open(FORM) as shown:
        page = shown.page
        expect(page.get_by_alt_text("Page 1 of the preview")).to_be_visible()
        first = page.get_by_alt_text("Page 1 of the preview").get_attribute("src")
        with page.expect_response("**/preview"):
            page.get_by_label("Accent color").fill("#ffeecc")
        expect(page.locator("#contrast")).to_contain_text("Accent color: contrast 1.1 to 1 on white. Too light:")
        # As `handouts check` judges it: large print needs more than the other formats.
        with page.expect_response("**/preview"):
            page.get_by_label("Brand color").fill("#3377aa")
        expect(page.locator("#contrast")).to_contain_text(
            "Brand color: contrast 4.8 to 1 on white. Too light for “Large print”:"
        )
        page.get_by_label("Brand color").fill("#0b5a6f")
        page.get_by_label("Accent color").fill("#a8381f")
        with page.expect_response("**/preview"):
            page.get_by_role("textbox", name="Name").fill("<img src=x onerror=alert(1)>")
        expect(page.locator("#draft")).to_contain_text("is an HTML tag")
        page.get_by_role("textbox", name="Name").fill(HOSTILE)
        page.get_by_label("New: Note 3").fill("Bring your list.")
        with page.expect_response("**/preview"):
            page.get_by_label("New: What it is for 2").fill("Fax")
        expect(page.locator("#draft")).to_contain_text("number")
        page.get_by_label("New: Number 2").fill("01632 960001")
        expect(page.get_by_alt_text("Page 1 of the preview")).not_to_have_attribute("src", first or "")
        save(page)
        expect(page.get_by_role("alert")).to_contain_text("Saved")
        assert shown.complaints == []
    after = project.text(PRACTICE)
    assert after.startswith("# The clinic\n")
    assert '  - {label: Fax, number: "01632 960001"}\n' in after
    assert "Bring your list." in after
    assert project.text(PRACTICE) != before
    with admin.desk.open() as front:
        front.page.get_by_role("button", name="onfocus").click()
        expect(front.page.get_by_role("banner")).to_contain_text(HOSTILE)
        front.page.get_by_text("Notes of the practice").click()
        front.page.get_by_role("button", name="Bring your list.").click()
        expect(front.page.locator("#note")).to_have_value("Bring your list.")
        assert front.complaints == []
    with admin.open(FORM) as shown:
        shown.page.get_by_role("button", name="Undo the change").click()
        expect(shown.page.get_by_role("alert")).to_contain_text("Saved")
    assert project.text(PRACTICE) == before
    # Versions and drafts leave no files in the content.
    names = [path.name for path in (project.root / "content").rglob("*")]
    assert not any(name.endswith((".part", ".json", ".lock")) for name in names)


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # WeasyPrint leaves a file open
@pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning")
def test_a_print_has_the_change_as_soon_as_it_is_saved(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    form = {"name": "Quay Surgery", "base": digest_of_bytes(project.text(PRACTICE).encode())}
    chosen = {"practice": "clinic", "language": "en", "section": "what", "agreed": "back"}
    origin, token = {"Origin": "http://localhost"}, "t" * 32

    with open_client(project.root, admin_token=token) as (client, _):

        def print_handout() -> str:
            answer = client.post("/handouts/back/print", data=chosen, headers=origin)
            assert answer.status_code == 200, answer.text
            (tmp_path / "print.pdf").write_bytes(answer.data)
            return text(tmp_path / "print.pdf")

        assert "Quay Surgery" not in print_handout()
        client.get(f"/admin?token={token}")
        assert client.post(FORM, data=form, headers=origin).status_code == 303
        assert "Quay Surgery" in print_handout()
        (version,) = list_versions(Project(project.root), name_versions("clinic"))
        undone = {"version": version.name, "base": digest_of_bytes(project.text(PRACTICE).encode())}
        assert client.post(f"{FORM}/restore", data=undone, headers=origin).status_code == 303
        assert "Quay Surgery" not in print_handout()


def test_what_somebody_else_changed_meanwhile_is_shown_and_nothing_is_lost(admin: Admin) -> None:
    project = admin.desk.project
    before = project.text(PRACTICE)
    with admin.open(FORM, java_script_enabled=False) as shown:
        page = shown.page
        page.get_by_role("textbox", name="Name").fill("Harbor Back Clinic")
        project.replace(PRACTICE, "1 Harbor Street", "2 Harbor Street")
        by_hand = project.text(PRACTICE)
        save(page)
        expect(page.get_by_role("alert")).to_contain_text("somebody has changed this file")
        expect(page.locator("dl")).to_contain_text("2 Harbor Street")
        assert project.text(PRACTICE) == by_hand
        expect(page.get_by_role("textbox", name="Name")).to_have_value("Harbor Back Clinic")
        page.get_by_label("Line 1").fill("2 Harbor Street")
        save(page)
        expect(page.get_by_role("alert")).to_contain_text("Saved")
        assert project.text(PRACTICE) == by_hand.replace("Harbor Clinic", "Harbor Back Clinic")
        page.get_by_label("Logo", exact=False).first.set_input_files(
            {"name": "logo.png", "mimeType": "image/png", "buffer": b"<script>alert(1)</script>"}
        )
        save(page)
        expect(page.get_by_role("alert")).to_contain_text("Not saved")
        assert project.text(PRACTICE) == by_hand.replace("Harbor Clinic", "Harbor Back Clinic")
    project.write(PRACTICE, before)


def test_a_pack_is_made_offered_and_removed(admin: Admin) -> None:
    project = admin.desk.project
    before = project.text(SETTINGS)
    with admin.open("/admin/packs") as shown:
        page = shown.page
        new = page.get_by_role("group", name="A new pack")
        new.get_by_label("Title").fill("First visit: knee & back")
        new.get_by_label("Handout 1", exact=True).select_option("knee")
        new.get_by_label("Sections of handout 1").fill("what, treatmnt")
        save(page)
        expect(page.get_by_role("alert")).to_contain_text("treatmnt")
        assert project.text(SETTINGS) == before
        page.get_by_role("group", name="First visit").get_by_label("Sections of handout 1").fill("what")
        save(page)
        expect(page.get_by_role("alert")).to_have_text("Saved.")
        added = project.text(SETTINGS).removeprefix(before)
        assert added.startswith("  first-visit-knee-back:\n")
        with admin.desk.open() as front:
            choose_practice(front.page)
            expect(front.page.get_by_role("button", name="First visit: knee & back")).to_be_visible()
        page.get_by_role("group", name="First visit").get_by_label("Remove this pack").check()
        save(page)
        expect(page.get_by_role("alert")).to_have_text("Saved.")
    assert project.text(SETTINGS) == before


def test_a_pack_of_a_patient_is_kept_for_the_practice_without_the_patient(admin: Admin) -> None:
    project = admin.desk.project
    before = project.text(SETTINGS)

    def put_together(page: Page) -> None:
        choose_practice(page)
        page.get_by_label("Drafts too").check()
        page.get_by_role("button", name="Add to the pack: Back pain").click()
        page.get_by_role("button", name="Add to the pack: Knee pain").click()

    form = {"practice": "clinic", "item": ["back?section=what", "knee?"], "title": "Falls"}
    assert admin.desk.page.ask("/admin/packs/keep", form).status == 401
    with admin.desk.open() as front:
        put_together(front.page)
        expect(front.page.locator("#pack li")).to_have_count(4)
        expect(front.page.get_by_role("button", name="Keep this pack")).to_have_count(0)
    with admin.open("/") as shown:
        page = shown.page
        put_together(page)
        dialog = page.get_by_role("dialog")
        typed = {"Nguyễn An": "Nguyen", "李明": "Pack of 李明", "Yi Wu": "For yi wu", "O'Neil": "NEIL"}
        for name, title in typed.items():
            page.get_by_label("Name, printed").fill(name)
            page.get_by_role("button", name="Keep this pack").click()
            dialog.get_by_label("Title, printed on the cover").fill(title)
            dialog.get_by_role("button", name="Keep it").click()
            expect(dialog).to_contain_text("The title has a word of this patient")
            dialog.get_by_role("button", name="Close").click()
        page.get_by_label("Name, printed").fill("Ada Quimby")
        page.get_by_role("button", name="Keep this pack").click()
        expect(dialog).to_contain_text("Only for Harbor Clinic")
        assert shown.barriers() == []
        dialog.get_by_label("Title, printed on the cover").fill("Pack of Mrs. Quimby")
        dialog.get_by_role("button", name="Keep it").click()
        expect(dialog).to_contain_text("The title has a word of this patient")
        dialog.get_by_label("Title, printed on the cover").fill("joints")
        dialog.get_by_role("button", name="Keep it").click()
        expect(dialog).to_contain_text("Another pack has this title")
        dialog.get_by_label("Title, printed on the cover").fill("Knee")
        with page.expect_request("**/admin/packs/keep") as sent:
            dialog.get_by_role("button", name="Keep it").click()
        expect(dialog).to_contain_text("The front desk offers it above the list of handouts.")
        assert "Quimby" not in (sent.value.post_data or "Quimby")
        dialog.get_by_role("button", name="Close").click()
        expect(page.locator("#packs").get_by_role("button", name="Knee")).to_be_visible()
        added = project.text(SETTINGS).removeprefix(before)
        # The id "knee" is that of a handout.
        assert added == (
            "  knee-2:\n    title: Knee\n    practices:\n      - clinic\n"
            "    handouts:\n      - handout: back\n      - handout: knee\n"
        )
        page.goto(f"{admin.desk.page.address}admin/packs")
        page.get_by_role("button", name="Undo the change").click()
        expect(page.get_by_role("alert")).to_have_text("Saved.")
    assert project.text(SETTINGS) == before


def test_the_editor_has_no_barriers_and_large_targets(admin: Admin) -> None:
    with admin.open("/admin", color_scheme="dark") as shown:
        for path, width in (("/admin", 1366), (FORM, 1366), (FORM, 360), ("/admin/packs", 360)):
            shown.page.set_viewport_size({"width": width, "height": 768})
            shown.page.goto(admin.desk.page.address + path[1:])
            if path == FORM:
                expect(shown.page.get_by_alt_text("Page 1 of the preview")).to_be_visible()
            assert shown.barriers() == []
            assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0
            assert shown.value(SMALL) == []
