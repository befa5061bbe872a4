"""The front-desk page in Chromium: from the practice to the print, and the live preview for authors."""

from pathlib import Path

from playwright.sync_api import expect

from support.front_desk import served
from support.front_desk_browser import Desk, choose_practice, to_handout, wait_for_preview
from support.pdf import text
from support.projects import HANDOUT, LOGO, PRACTICE, small_project


def test_four_clicks_from_the_practice_to_the_print(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        page.get_by_role("button", name="Harbor Clinic").click()
        page.get_by_role("link", name="Back pain").click()
        wait_for_preview(page)
        with page.expect_response(lambda answer: "section=worry" not in (answer.request.post_data or "section=worry")):
            page.get_by_label("When should I worry?").uncheck()
        expect(page.locator("#status")).to_contain_text("on 1 sheet of paper")
        with page.expect_response("**/print") as printed:
            page.get_by_role("button", name="Print", exact=True).click()
        assert printed.value.headers["content-type"] == "application/pdf"
        expect(page.locator("#status")).to_have_text("The print dialog is open.")
        # The practice is remembered.
        page.goto(desk.page.address)
        expect(page.locator(".whose")).to_contain_text("Harbor Clinic")
        page.get_by_role("link", name="Change").click()
        page.get_by_role("button", name="Quay Surgery").click()
        expect(page.locator(".whose")).to_contain_text("Quay Surgery")


def test_a_page_prints_for_the_practice_that_it_shows_even_if_another_tab_changes_it(
    desk: Desk, tmp_path: Path
) -> None:
    with desk.open() as shown:
        page = shown.page
        to_handout(page)
        expect(page.locator(".whose")).to_contain_text("Harbor Clinic")
        other = page.context.new_page()
        other.goto(f"{desk.page.address}practices")
        other.get_by_role("button", name="Quay Surgery").click()
        expect(other.locator(".whose")).to_contain_text("Quay Surgery")
        with page.expect_download() as started:
            page.get_by_role("button", name="Download PDF").click()
        started.value.save_as(tmp_path / "print.pdf")
        words = text(tmp_path / "print.pdf")
        assert "Harbor Clinic" in words
        assert "Quay Surgery" not in words


def test_the_search_finds_titles_keywords_and_codes_while_typing(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        choose_practice(page)
        for typed, found in (
            ("pain", "1 handout for"),
            ("lumb", "lumbago"),
            ("m545", "ICD-10-CM M54.5"),
            ("knee", "No handout"),
        ):
            page.get_by_role("searchbox").fill(typed)
            expect(page.locator("#cards")).to_contain_text(found)


def test_a_saved_selection_checks_its_sections(desk: Desk) -> None:
    with desk.open() as shown:
        to_handout(shown.page)
        shown.page.get_by_role("button", name="Pre visit pack").click()
        checked = "[...document.querySelectorAll('[name=section]:checked')].map(box => box.value).join(' ')"
        assert shown.value(checked) == "what helps"
        expect(shown.page.locator(".pages img").first).to_be_visible()


def test_a_download_contains_what_was_typed_for_the_patient(desk: Desk, tmp_path: Path) -> None:
    with desk.open() as shown:
        page = shown.page
        to_handout(page)
        page.get_by_label("Name", exact=True).fill("Ada Quimby")
        page.get_by_label("Note").fill("Come back on Monday.")
        with page.expect_download() as saved:
            page.get_by_role("button", name="Download PDF").click()
        saved.value.save_as(tmp_path / "print.pdf")
        assert saved.value.suggested_filename == "back.en.handout.pdf"
        assert "For: Ada Quimby" in text(tmp_path / "print.pdf")
        assert not any("Quimby" in address for address in shown.asked)


def test_what_was_typed_for_the_patient_is_gone_after_going_back(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        to_handout(page)
        page.get_by_label("Name", exact=True).fill("Ada Quimby")
        page.get_by_label("Note").fill("Come back on Monday.")
        page.get_by_label("Note").press("Tab")
        expect(page.locator(".pages img[src^='data:']").first).to_be_visible()
        page.get_by_role("link", name="All handouts").click()
        page.go_back()
        wait_for_preview(page)
        expect(page.get_by_label("Name", exact=True)).to_have_value("")
        expect(page.get_by_label("Note")).to_have_value("")
        expect(page.locator(".pages img[src^='data:']")).to_have_count(0)
        assert "Quimby" not in str(shown.value("JSON.stringify([localStorage, sessionStorage, document.cookie])"))


def test_the_text_is_copied_or_shown_for_copying(desk: Desk) -> None:
    with desk.open(permissions=["clipboard-read", "clipboard-write"]) as shown:
        to_handout(shown.page)
        shown.page.get_by_role("button", name="Copy text").click()
        expect(shown.page.locator("#status")).to_have_text("Copied. Paste it into the message.")
        assert "Most back pain gets better" in shown.value("navigator.clipboard.readText()")
        shown.value("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
        shown.page.get_by_role("button", name="Copy text").click()
        field = shown.page.get_by_role("dialog").get_by_label("Text", exact=True)
        expect(field).to_be_focused()
        assert "Most back pain gets better" in field.input_value()
        assert shown.barriers() == []


def test_a_print_that_fails_is_reported_on_the_page(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        to_handout(page)
        page.get_by_label("Name", exact=True).evaluate("field => field.value = '姓'")
        page.get_by_role("button", name="Print", exact=True).click()
        expect(page.get_by_role("alert")).to_have_text("This print cannot be made.")


def test_a_busy_page_says_so_keeps_the_preview_and_tries_again(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        to_handout(page)
        answers = iter([429])
        busy = '<p class="notice warn">Busy: many people are using this page. Trying again…</p><span data-retry></span>'
        headers = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML", "Retry-After": "2", "Content-Type": "text/html"}
        page.route(
            "**/handouts/back",
            lambda route: (
                route.fulfill(status=429, headers=headers, body=busy) if next(answers, 0) else route.continue_()
            ),
        )
        page.get_by_label("Black only").check()
        expect(page.get_by_role("alert")).to_contain_text("Busy")
        expect(page.locator(".pages img").first).to_be_visible()
        expect(page.get_by_role("alert")).to_be_empty()


def test_a_changed_file_is_shown_and_one_with_errors_leaves_the_last_good_print(desk: Desk) -> None:
    project = desk.project
    before = project.text(HANDOUT)

    def save(content: str) -> None:
        """Save as many editors do: write a new file and move it over the old one."""
        project.write("content/handouts/back/.en.md.new", content).replace(project.root / HANDOUT)

    with desk.open() as shown:
        page = shown.page
        to_handout(page)
        first = page.locator(".pages img").first.get_attribute("src") or ""
        save(before.replace("## What helps?", "## What makes it better?"))
        expect(page.get_by_label("What makes it better?")).to_be_checked()
        expect(page.locator(".pages img").first).not_to_have_attribute("src", first)
        good = page.locator(".pages img").first.get_attribute("src") or ""
        save(before.replace("[@smith2020]", "[@smith2002]"))
        expect(page.locator(".notice.bad")).to_contain_text("A file has an error now")
        expect(page.locator(".problems")).to_contain_text(f"{HANDOUT}:")
        expect(page.locator(".problems")).to_contain_text('no reference "smith2002"')
        expect(page.locator(".pages img").first).to_have_attribute("src", good)
        assert shown.barriers() == []
        save(before)
        expect(page.locator(".notice.bad")).to_have_count(0)
        expect(page.locator(".pages img").first).to_have_attribute("src", first)


def test_practices_show_their_language_if_it_is_not_the_same_for_all(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    for file in (PRACTICE, LOGO):
        project.write(file.replace("/clinic/", "/clinic-es/"), project.text(file))
    with served(project.root) as page:
        assert "Language:" not in page.ask("/practices").text
    project.write(PRACTICE.replace("/clinic/", "/clinic-es/"), project.text(PRACTICE) + "language: es\n")
    with served(project.root) as page:
        text = page.ask("/practices").text
        assert "Language: en" in text
        assert "Language: es" in text
