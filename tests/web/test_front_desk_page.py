"""The front-desk page in Chromium: from the search to the print, and the live preview for authors."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from support.front_desk import open_client, served
from support.front_desk_browser import Desk, choose_practice, to_handout, wait_for_preview
from support.pdf import pages, text
from support.projects import HANDOUT, LOGO, PRACTICE, small_project

SHIFT = """new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 300); })"""


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def test_from_the_search_to_the_print_and_the_practice_is_changed_in_place(desk: Desk) -> None:
    with desk.open_with_viewer() as shown:
        page = shown.page
        choose_practice(page)
        page.keyboard.type("lumbag")
        expect(page.locator("#found .row")).to_contain_text(["lumbago"])
        page.keyboard.press("Enter")
        wait_for_preview(page)
        with page.expect_response(lambda answer: "section=worry" not in (answer.request.post_data or "section=worry")):
            page.get_by_label("When should I worry?").uncheck()
        expect(page.locator("#status")).to_have_text("2 pages, 1 sheet")
        with page.expect_response("**/print") as printed:
            page.keyboard.press("Control+Enter")
        assert printed.value.headers["content-type"] == "application/pdf"
        expect(page.locator("#said")).to_have_text("The print dialog is open.")
        page.locator("[data-do=practices]").click()
        page.get_by_placeholder("Find a practice").fill("quay")
        expect(page.get_by_role("dialog").get_by_role("button", name="Quay Surgery")).to_be_visible()
        expect(page.get_by_role("dialog").get_by_role("button", name="Harbor Clinic")).to_be_hidden()
        page.keyboard.press("Enter")
        expect(page.locator(".whose")).to_contain_text("Quay Surgery")
        # Sections and practice are in the address, and the practice is remembered.
        assert query_of(page)["section"] == ["what", "helps"]
        expect(page.get_by_label("When should I worry?")).not_to_be_checked()
        page.get_by_role("link", name="Handouts", exact=True).click()
        expect(page.get_by_role("searchbox")).to_be_focused()
        expect(page.locator(".whose")).to_contain_text("Quay Surgery")
        page.goto(desk.page.address)
        expect(page.locator(".whose")).to_contain_text("Quay Surgery")
        # What the browser printed can be printed again, and the list does not move while it loads.
        assert shown.value(SHIFT) < 0.1
        expect(page.locator("#today .row")).to_contain_text(["sections 1, 3"])
        page.get_by_label("Is this paper current?").fill(page.locator("#today .hushed").inner_text().split(" · ")[-1])
        page.get_by_role("button", name="Check").click()
        expect(page.locator("#paper-answer")).to_contain_text("Printed on this computer on")
        page.locator("#today a").click()
        expect(page.locator(".whose")).to_contain_text("Harbor Clinic")
        expect(page.get_by_label("When should I worry?")).not_to_be_checked()


def test_a_page_prints_for_the_practice_that_it_shows_even_if_another_tab_changes_it(
    desk: Desk, tmp_path: Path
) -> None:
    with desk.open_handout() as shown:
        page = shown.page
        other = page.context.new_page()
        other.goto(f"{desk.page.address}practices")
        other.get_by_role("button", name="Quay Surgery").click()
        expect(other.locator(".whose")).to_contain_text("Quay Surgery")
        page.get_by_text("More", exact=True).click()
        with page.expect_download() as started:
            page.get_by_role("button", name="Download PDF").click()
        started.value.save_as(tmp_path / "print.pdf")
        words = text(tmp_path / "print.pdf")
        assert "Harbor Clinic" in words
        assert "Quay Surgery" not in words


def test_the_search_says_why_and_shows_drafts_only_on_request(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        choose_practice(page)
        found = page.locator("#rows")
        for typed, why in (
            ("pain", "Back pain"),
            ("lumb", "Keyword: lumbago"),
            ("m54.59", "ICD-10 M54.5, which is wider"),
            ("m54", "ICD-10 M54.5, which is narrower"),
            ("ho 1", "Printed code HO-1"),
            ("lumbbago", "Nothing is spelled “lumbbago”. Showing lumbago."),
            ("zqxv", "Nothing is found."),
        ):
            page.get_by_role("searchbox").fill(typed)
            expect(found).to_contain_text(why)
        page.get_by_role("searchbox").fill("knees")
        expect(found).to_contain_text("0 approved handouts for “knees”. 1 is a draft")
        page.get_by_role("button", name="Show it").click()
        expect(found.locator(".row")).to_contain_text(["Draft"])
        expect(found.locator(".languages")).to_contain_text("English, English (United Kingdom)")
        assert query_of(page)["q"] == ["knees"]
        page.reload()
        expect(found.locator(".row")).to_contain_text(["Knee pain"])
        # Enter opens what is found for the words typed last, also before it is shown.
        page.get_by_role("searchbox").fill("lumbago")
        expect(found).to_contain_text("Keyword: lumbago")
        page.get_by_role("searchbox").fill("knees")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Knee pain")


def test_a_print_code_says_whether_the_paper_is_current_and_leads_to_the_handout(desk: Desk) -> None:
    with desk.open_handout(360) as shown:
        page = shown.page
        code = page.locator("[data-print]").get_attribute("data-code") or ""
        page.get_by_role("link", name="Handouts", exact=True).click()
        field, answer = page.get_by_label("Is this paper current?"), page.locator("#paper-answer")
        field.fill(code[:-1] + ("0" if code[-1] != "0" else "1"))
        field.press("Enter")
        expect(answer).to_contain_text("This is not a print code. It has nine letters and digits")
        field.fill("J3K GD7 6QR")
        expect(answer).to_be_empty()
        page.get_by_role("button", name="Check").click()
        expect(answer).to_contain_text("J3K-GD7-6QR: No handout of today has this code.")
        field.fill(code.lower().replace("-", " "))
        field.press("Enter")
        expect(answer).to_contain_text("“Back pain”, version 1.0: Current. You can hand it out.")
        assert shown.barriers() == []
        assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0
        page.get_by_role("link", name="Open “Back pain” as it is today").click()
        wait_for_preview(page)
        assert query_of(page)["practice"] == ["clinic"]
    answered = desk.page.ask("/paper?code=J3K-GD7-6QR", headers={"Cookie": "practice=clinic"})
    assert "<h1" in answered.text  # without scripts, it is a page
    assert "No handout of today has this code" in answered.text


def test_choices_stay_with_another_language_a_reload_and_going_back(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        choose_practice(page)
        page.goto(f"{desk.page.address}handouts/knee")
        wait_for_preview(page)
        page.get_by_role("button", name="None").click()
        expect(page.locator("#notice")).to_contain_text("Choose at least one section.")
        expect(page.get_by_role("button", name="Print")).to_be_disabled()
        page.get_by_label("What helps?").check()
        page.get_by_label("Large", exact=True).check()
        page.get_by_label("Black only").check()
        page.get_by_label("Name, printed").fill("Ada Quimby")
        page.get_by_role("link", name="English (United Kingdom)").click()
        expect(page.get_by_role("link", name="English (United Kingdom)")).to_have_attribute("aria-current", "page")

        def check_choices() -> None:
            wait_for_preview(page)
            assert page.locator("[name=section]:checked").count() == 1
            expect(page.get_by_label("What helps?")).to_be_checked()
            expect(page.get_by_label("Large", exact=True)).to_be_checked()
            expect(page.get_by_label("Black only")).to_be_checked()

        check_choices()
        expect(page.get_by_label("Name, printed")).to_have_value("Ada Quimby")
        page.get_by_role("link", name="Handouts", exact=True).click()
        expect(page.get_by_role("searchbox")).to_be_focused()
        expect(page.get_by_label("Name, printed")).to_have_value("Ada Quimby")
        page.go_back()
        check_choices()
        assert "Quimby" not in page.url
        page.reload()
        check_choices()
        # A reload empties the memory of the tab.
        expect(page.get_by_label("Name, printed")).to_have_value("")
        assert not any("Quimby" in address for address in shown.asked)


def test_a_draft_is_printed_only_if_somebody_agrees_and_says_so_on_its_pages(desk: Desk, tmp_path: Path) -> None:
    with desk.open() as shown:
        page = shown.page
        choose_practice(page)
        page.goto(f"{desk.page.address}handouts/knee")
        wait_for_preview(page)
        page.keyboard.press("Control+Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("No clinician has reviewed “Knee pain”.")
        assert shown.barriers() == []
        dialog.get_by_role("button", name="Cancel").click()
        assert not any(address.endswith("/print") for address in shown.asked)
        page.get_by_text("More", exact=True).click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Download PDF").click()
            dialog.get_by_role("button", name="Print it anyway").click()
        saved.value.save_as(tmp_path / "print.pdf")
        assert "DRAFT: do not give to patients" in text(tmp_path / "print.pdf")
    form = {"language": "en", "number": "1", "section": ["what"], "practice": "clinic"}
    assert desk.page.ask("/handouts/knee/print", form).status == 409
    assert desk.page.ask("/handouts/knee/print", {**form, "agreed": "knee"}).status == 200


def test_settings_that_require_a_release_forbid_drafts_and_what_is_out_of_date(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.replace("handouts.yaml", "language: en", "language: en\nrelease: required")
    with open_client(project.root) as (client, _):
        client.set_cookie("practice", "clinic")
        assert "Your settings do not allow it to be printed." in client.get("/handouts/back").text
        form = {"language": "en", "number": "1", "section": ["what"], "agreed": "back"}
        for way in ("print", "download", "message"):
            answer = client.post(f"/handouts/back/{way}", data=form, headers={"Origin": "http://localhost"})
            assert (answer.status_code, "your settings allow approved handouts only" in answer.text) == (403, True)


def test_next_patient_clears_everything_typed_and_the_page_does_it_by_itself(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        page.clock.install()
        to_handout(page)

        def type_all() -> None:
            page.get_by_label("Name, printed").fill("Ada Quimby")
            page.get_by_label("Note, printed").fill("Come back on Monday.")
            page.get_by_label("Note, printed").press("Tab")
            page.get_by_role("button", name="+ Pack").click()
            expect(page.locator("#pack")).to_contain_text("Back pain")
            page.clock.run_for(200)
            expect(page.locator(".pages img[src^='data:']").first).to_be_visible()

        def check_cleared(said: str) -> None:
            expect(page.locator("#said")).to_contain_text(said)
            expect(page.get_by_label("Name, printed")).to_have_value("")
            expect(page.get_by_label("Note, printed")).to_have_value("")
            expect(page.locator("#pack")).to_be_empty()
            expect(page.locator(".pages img[src^='/pages/']").first).to_be_visible()
            assert "Quimby" not in shown.value("document.documentElement.outerHTML")

        type_all()
        page.keyboard.press("Alt+n")
        check_cleared("Cleared for the next patient.")
        expect(page.get_by_label("Name, printed")).to_be_focused()
        type_all()
        page.clock.run_for(10 * 60_000)
        check_cleared("Cleared, because nobody used this page for 5 minutes.")  # also said to who comes back later
        page.keyboard.press("Shift")
        page.clock.run_for(10_000)
        expect(page.locator("#said")).to_be_empty()
        assert "Quimby" not in str(shown.value("JSON.stringify([localStorage, sessionStorage, document.cookie])"))


def test_a_note_of_the_practice_is_picked_and_changed(desk: Desk) -> None:
    with desk.open_handout() as shown:
        page = shown.page
        note, notes = page.get_by_label("Note, printed"), page.get_by_text("Notes of the practice")
        notes.click()
        assert shown.barriers() == []
        page.get_by_role("button", name="Call us on Monday.").click()
        expect(note).to_have_value("Call us on Monday.")
        expect(note).to_be_focused()
        expect(page.locator(".pages img[src^='data:']").first).to_be_visible()
        note.fill("Call us on Tuesday.")
        notes.click()
        page.get_by_role("button", name="Come 15 minutes early.").click()
        expect(note).to_have_value("Call us on Tuesday.\nCome 15 minutes early.")
        page.get_by_role("link", name="change the practice").click()
        page.get_by_role("dialog").get_by_role("button", name="Quay Surgery").click()
        expect(notes).to_have_count(0)
        expect(note).to_have_value("Call us on Tuesday.\nCome 15 minutes early.")


def test_a_pack_of_the_practice_is_one_print_in_one_language(desk: Desk, tmp_path: Path) -> None:
    with desk.open_with_viewer() as shown:
        page = shown.page
        choose_practice(page)
        page.get_by_role("button", name="Joints").click()
        expect(page.locator("#pack li")).to_have_count(4)
        page.get_by_role("button", name="Preview the pack").click()
        proof = page.get_by_role("dialog")
        expect(proof.get_by_alt_text("Page 1 of")).to_be_visible()
        expect(proof).to_contain_text("sheets")
        assert shown.barriers() == []
        with page.expect_request("**/pack/print") as sent:
            proof.get_by_role("button", name="Print the pack").click()
            page.get_by_role("button", name="Print it anyway").click()
    form = parse_qs(sent.value.post_data or "")
    assert form["item"][0] == "knee?language=en&section=what"
    answer = desk.page.ask("/pack/download", {**form, "patient": "Ada Quimby"})
    (tmp_path / "pack.pdf").write_bytes(answer.body)
    cover, *others = pages(tmp_path / "pack.pdf")
    words = " ".join(others)
    assert ["Joints" in cover, "For: Ada Quimby" in cover, words.count("Smith JA")] == [True, True, 1]
    assert words.index("Knee pain") < words.index("Back pain")
    answer = desk.page.ask("/pack/download", {**form, "item": form["item"][::-1]})
    (tmp_path / "other.pdf").write_bytes(answer.body)
    assert "Your handouts" in pages(tmp_path / "other.pdf")[0]  # what was changed is not that pack any more


def test_a_published_handout_has_a_code_for_a_phone(desk: Desk) -> None:
    with desk.open() as shown:
        page = shown.page
        page.goto(f"{desk.page.address}handouts/knee?practice=clinic")
        wait_for_preview(page)
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Show the code for a phone").click()
        expect(page.get_by_role("img", name="QR code for https://harbor.example.org/knee")).to_be_visible()
        assert shown.barriers() == []
        page.goto(f"{desk.page.address}handouts/back?practice=clinic")
        expect(page.get_by_text("Show the code for a phone")).to_have_count(0)


def test_the_short_text_for_a_message_is_within_its_limit(desk: Desk) -> None:
    form = {"practice": "clinic", "language": "en", "number": "1", "of": "3", "section": ["what", "worry", "helps"]}
    long, short = (desk.page.ask("/handouts/back/message", {**form, **more}).text for more in ({}, {"short": "1"}))
    assert "What is it?" in long
    assert "What is it?" not in short
    assert "Keep moving." in short


def test_a_pack_that_cannot_be_one_print_says_what_to_do(desk: Desk) -> None:
    form = {"practice": "clinic", "item": ["back?", "knee?"], "agreed": ["back", "knee"], "format": "trifold"}
    reason = "The pack cannot be made: “Back pain” is not offered in this format. Choose “Handout on full pages"
    answer = desk.page.ask("/pack/print", form)
    assert answer.status == 422
    assert reason in answer.text
    answer = desk.page.ask("/pack/download", form, headers={"X-Part": "1"})
    assert answer.text.startswith(reason)
    # Somebody chose Spanish for the patient: no other language takes its place by itself.
    answer = desk.page.ask("/pack/download", {**form, "format": "handout", "language": "es"}, headers={"X-Part": "1"})
    assert answer.status == 422
    assert answer.text.startswith(
        "The pack cannot be made in Español, because not all of its handouts are written in it."
    )
    assert "Choose English for the pack" in answer.text


def test_why_a_pack_cannot_be_made_stands_beside_its_button_until_the_next_patient(desk: Desk) -> None:
    hip = desk.project.write("content/handouts/hip/es.md", desk.project.text(HANDOUT).replace("Back pain", "Hip pain"))
    with desk.open_with_viewer(360) as shown:
        page = shown.page
        to_handout(page)
        page.get_by_role("button", name="+ Pack").click()
        page.get_by_role("link", name="Handouts", exact=True).click()
        page.get_by_role("button", name="Add to the pack: Hip pain").click()
        page.get_by_role("button", name="See the pack of 2").click()
        expect(page.get_by_role("button", name="Print the pack of 2")).to_be_focused()
        page.keyboard.press("Enter")
        message = "a pack is in one language, but “Back pain” is in English, “Hip pain” is in Español"
        expect(page.locator("#jobs")).to_contain_text(f"The pack cannot be made: {message}.")
        assert shown.barriers() == []
        page.get_by_role("button", name="Next patient").click()
        expect(page.locator("#jobs")).to_be_empty()
        hip.unlink()
        expect(page.get_by_role("link", name="Hip pain")).to_have_count(0)


def test_the_leaflet_has_its_sections_and_what_to_leave_out_can_be_clicked(desk: Desk) -> None:
    with desk.open_handout() as shown:
        page = shown.page
        page.get_by_role("button", name="Pre visit pack").click()
        checked = "[...document.querySelectorAll('[name=section]:checked')].map(box => box.value).join(' ')"
        assert shown.value(checked) == "what helps"
        page.get_by_role("button", name="All", exact=True).click()
        assert shown.value(checked) == "what worry helps"


def test_a_download_contains_what_was_typed_for_the_patient(desk: Desk, tmp_path: Path) -> None:
    with desk.open_handout() as shown:
        page = shown.page
        page.get_by_label("Name, printed").fill("Nguyễn Thị Hồng")
        page.get_by_label("Note, printed").fill("Come back on Monday.")
        page.get_by_text("More", exact=True).click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Download PDF").click()
        saved.value.save_as(tmp_path / "print.pdf")
        assert saved.value.suggested_filename == "back.en.handout.pdf"
        assert "For: NguyễnThịHồng" in text(tmp_path / "print.pdf").replace(" ", "").replace("For:", "For: ")
        page.get_by_label("Name, printed").fill("李明")
        page.get_by_label("Name, printed").press("Enter")
        expect(page.locator("#preview")).to_contain_text("The letters “李”, “明” of the name")
        expect(page.get_by_role("button", name="Print", exact=False).first).to_be_disabled()
        page.get_by_role("button", name="Leave the name and note off").click()
        wait_for_preview(page)


def test_the_text_and_the_chart_line_are_copied_or_shown_for_copying(desk: Desk) -> None:
    with desk.open_handout(permissions=["clipboard-read", "clipboard-write"]) as shown:
        page = shown.page
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Copy text").click()
        expect(page.locator("#said")).to_contain_text("characters. Paste it into the message.")
        assert "Most back pain gets better" in shown.value("navigator.clipboard.readText()")
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Copy line for the chart").click()
        expect(page.locator("#said")).to_have_text("Copied. Paste it into the chart.")
        line = shown.value("navigator.clipboard.readText()")
        assert line.startswith("Gave “Back pain” v1.0, English, 2 pages, print code ")
        shown.value("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Copy text").click()
        field = page.get_by_role("dialog").get_by_label("Text", exact=True)
        expect(field).to_be_focused()
        assert "Most back pain gets better" in field.input_value()
        assert shown.barriers() == []


def test_a_busy_page_says_so_keeps_the_preview_and_tries_again(desk: Desk) -> None:
    with desk.open_handout() as shown:
        page = shown.page
        answers = iter([429])
        headers = {"Retry-After": "2", "Content-Type": "text/plain"}
        page.route(
            "**/handouts/back",
            lambda route: (
                route.fulfill(status=429, headers=headers, body="Busy: many people are using this page.")
                if next(answers, 0)
                else route.continue_()
            ),
        )
        page.get_by_label("Black only").check()
        expect(page.get_by_role("alert")).to_contain_text("Busy")
        expect(page.locator(".pages img").first).to_be_visible()
        expect(page.get_by_role("alert")).to_be_empty()


def test_a_click_is_not_undone_by_the_answer_to_the_one_before_and_no_answer_is_repeated(desk: Desk) -> None:
    with desk.open_handout() as shown:
        page = shown.page
        boxes = page.locator("[name=section]")
        before = page.locator(".pages img").first.get_attribute("src") or ""
        # The page is out of date, so the answer has its sections, too; it comes while somebody clicks the next one.
        page.evaluate("""() => {
            const load = window.fetch;
            document.getElementById("number").value = "0";
            window.fetch = async (...request) => {
                const answer = await load(...request);
                window.fetch = load;
                document.querySelectorAll("[name=section]")[1].click();
                return answer;
            };
            document.querySelectorAll("[name=section]")[0].click();
        }""")
        expect(page.locator("#count")).to_have_text("1 of 3")
        expect(page.locator("body")).not_to_have_class(re.compile("busy"))
        assert [boxes.nth(number).is_checked() for number in range(3)] == [False, False, True]
        expect(page.locator(".pages img").first).not_to_have_attribute("src", before)
        only = page.locator(".pages img").first.get_attribute("src") or ""
        failures = iter([1])
        page.route("**/handouts/back", lambda route: route.abort() if next(failures, 0) else route.continue_())
        boxes.nth(1).check()
        expect(page.get_by_role("alert")).to_contain_text("The server does not respond")
        expect(page.locator(".pages img").first).to_be_hidden()  # it shows what was chosen before
        expect(page.locator(".pages img").first).not_to_have_attribute("src", only)
        expect(page.get_by_role("alert")).to_be_empty()


def test_a_changed_file_is_shown_and_one_with_errors_leaves_the_last_good_print(tmp_path: Path, desk: Desk) -> None:
    project = small_project(tmp_path)
    before = project.text(HANDOUT)

    def save(content: str) -> None:
        """Save as many editors do: write a new file and move it over the old one."""
        project.write("content/handouts/back/.en.md.new", content).replace(project.root / HANDOUT)

    with served(project.root, "--author") as server:
        page = desk.browser.new_page()
        page.goto(f"{server.address}handouts/back")
        wait_for_preview(page)
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
        save(before)
        expect(page.locator(".notice.bad")).to_have_count(0)
        expect(page.locator(".pages img").first).to_have_attribute("src", first)
        page.close()


def test_practices_show_their_language_if_it_is_not_the_same_for_all(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    for file in (PRACTICE, LOGO):
        project.write(file.replace("/clinic/", "/clinic-es/"), project.text(file))
    project.write(PRACTICE.replace("/clinic/", "/clinic-es/"), project.text(PRACTICE) + "language: es\n")
    with open_client(project.root) as (client, _):
        found = client.get("/practices").text
    assert "Language: English" in found
    assert "Language: Español" in found


def test_one_of_many_practices_is_found_by_name_or_address_and_the_list_of_handouts_does_not_have_them(
    tmp_path: Path,
) -> None:
    project = small_project(tmp_path)
    for number in range(20):
        for file in (PRACTICE, LOGO):
            project.write(file.replace("/clinic/", f"/clinic-{number}/"), project.text(file))
        practice = project.text(PRACTICE).replace("name: Harbor Clinic", f"name: Clínica {number} of the North")
        project.write(PRACTICE.replace("/clinic/", f"/clinic-{number}/"), practice)
    with open_client(project.root) as (client, _):
        every = client.get("/practices").text
        found = client.get("/practices?find=clinica+7&handout=back").text
        part = client.get("/practices?practice=clinic-7", headers={"X-Part": "1"}).text
        home = client.get("/?practice=clinic-7").text
    assert "21 of 21 practices" in every
    assert [number for number in range(20) if f'value="clinic-{number}"' in found] == [7, 17]
    assert 'name="handout" value="back"' in found
    assert part.count("<button") == 21
    assert part.index("Clínica 0") < part.index("Harbor Clinic")
    assert "clinic-8" not in home
