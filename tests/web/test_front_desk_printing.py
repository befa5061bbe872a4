"""Printing from the front-desk page on a real printer: what arrives there, and what the page shows."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from support.chromium import Browsers, Opened
from support.cups import Cups, cups
from support.front_desk import Answer, Served, served
from support.front_desk_browser import Desk, front_desk, wait_for_preview
from support.pdf import pages, text
from support.printers import HOST, Running, free_port, printer, wait_until
from support.projects import small_project

SECTIONS = ["what", "worry", "helps"]
HOSTILE = "<img src=x onerror=alert(1)>\"'></option>&lt;"
PATIENT, LINE = "Zebedee Quimby", "two of Yolanda's bags"


@dataclass(frozen=True)
class Office:
    """A page on a computer with three queues: Front_Office, the default one, and others whose printers are off.

    `own` is the folder of its temporary files and caches.
    """

    desk: Desk
    cups: Cups
    printer: Running
    own: Path

    @contextmanager
    def open(self, width: int = 1280) -> Iterator[Opened]:
        """Open the handout, on the paper that is in the printer."""
        with self.desk.open_handout(width) as shown:
            shown.page.get_by_label("Letter", exact=True).check()
            yield shown


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, browsers: Browsers) -> Iterator[Office]:
    with (
        cups() as service,
        printer(tmp_path_factory.mktemp("printer"), "-2", "-s", "10,5", "-f", "application/pdf") as running,
    ):
        service.add("Front_Office", running.uri, "ground floor")
        service.add("Lab", f"ipp://{HOST}:{free_port()}/ipp/print", HOSTILE)
        service.add("<b>Hall&lt;", f"ipp://{HOST}:{free_port()}/ipp/print")
        service.make_default("Front_Office")
        own = tmp_path_factory.mktemp("own")
        places = {"CUPS_SERVER": service.server, "TMPDIR": str(own), "HOME": str(own), "XDG_CACHE_HOME": str(own)}
        with front_desk(tmp_path_factory.mktemp("desk"), browsers, **places) as desk:
            wait_until(lambda: "Front Office" in handout_page(desk.page))
            yield Office(desk, service, running, own)


def handout_page(page: Served) -> str:
    page.cookies["practice"] = "clinic"
    return page.ask("/handouts/back").text


def sent(page: Served, click: str, *, name: str = "back", **fields: object) -> Answer:
    form = {
        "language": "en",
        "number": "1",
        "section": SECTIONS,
        "paper": "letter",
        "printer": "Front_Office",
        "agreed": name,
    }
    return page.ask(f"/handouts/{name}/send", {**form, "click": click, **fields})


def press_print(page: Page) -> None:
    """Press Print, and wait until the printer has it."""
    page.keyboard.press("Control+Enter")
    expect(page.locator(".job").first).to_contain_text("sent to Front Office.")


def choose_printer(page: Page, name: str) -> None:
    """Choose a printer, and wait for its settings."""
    if not page.get_by_label("Printer", exact=True).is_visible():
        page.locator("#to summary").click()
    with page.expect_response("**/printer"):
        page.get_by_label("Printer", exact=True).select_option(name)
    expect(page.locator("#where")).to_contain_text(name.replace("_", " "))


def test_the_downloaded_file_arrives_with_the_chosen_settings_and_the_printer_is_remembered(
    office: Office, tmp_path: Path
) -> None:
    number = office.printer.jobs() + 1
    with office.open() as shown:
        page = shown.page
        expect(page.locator("#printer-state")).to_have_text("Front Office is ready")
        page.get_by_label("Name, printed").fill(PATIENT)
        choose_printer(page, "Lab")
        choose_printer(page, "Front_Office")
        page.get_by_text("More formats").click()
        page.get_by_label("Booklet").check()
        page.get_by_label("Black only").check()
        page.get_by_label("Copies").fill("2")
        page.get_by_label("Tray").select_option("Main")
        page.get_by_text("More", exact=True).click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Download PDF").click()
        saved.value.save_as(tmp_path / "saved.pdf")
        press_print(page)
        expect(page.locator(".job")).to_contain_text(
            re.compile(r"\d+:\d\d Back pain: 2 copies of \d+ pages sent to Front Office\. Print(ed|ing)\.")
        )
        assert shown.barriers() == []
        assert shown.complaints == []
        assert not any("Quimby" in address for address in shown.asked)
        job = office.printer.arrived(number)
        assert job.document == (tmp_path / "saved.pdf").read_bytes()
        names = ("sides", "copies", "print-color-mode", "job-name")
        assert [job.attributes[name] for name in names] == [
            "two-sided-short-edge",
            "2",
            "monochrome",
            "back.en.booklet-letter-black",
        ]
        assert "x-dimension=21590 y-dimension=27940" in job.attributes["media-col"]
        assert "media-source=main" in job.attributes["media-col"]
        assert PATIENT not in str(job.attributes)
        # What was printed can be printed again in two clicks, for somebody else.
        page.get_by_role("link", name="Handouts", exact=True).click()
        page.locator("#today").get_by_role("link", name="Back pain").click()
        wait_for_preview(page)
        expect(page.get_by_label("Booklet")).to_be_checked()
        assert "Quimby" not in str(shown.value("JSON.stringify([localStorage, sessionStorage])"))
        choose_printer(page, "Lab")
        page.goto(f"{office.desk.page.address}handouts/back")
        expect(page.locator("#where")).to_contain_text("Lab")
        (cookie,) = (one for one in page.context.cookies() if one.get("name") == "printer")
        assert (cookie.get("sameSite"), cookie.get("httpOnly")) == ("Strict", True)


def test_names_of_printers_are_never_more_than_text(office: Office) -> None:
    with office.open() as shown:
        page = shown.page
        page.locator("#to summary").click()
        expect(page.locator("#printer option", has_text="Lab")).to_have_text(f"Lab ({HOSTILE})")
        with page.expect_response("**/printer"):
            page.get_by_label("Printer", exact=True).select_option("<b>Hall&lt;")
        expect(page.locator("#where")).to_have_text("<b>Hall&lt;")
        expect(page.locator("#printer-state")).to_have_text("<b>Hall&lt; is ready")  # CUPS has not tried it yet
        page.keyboard.press("Control+Enter")
        expect(page.locator(".job")).to_contain_text("<b>Hall&lt; does not answer: check that it is switched on")
        page.locator(".job").get_by_role("button", name="Cancel").click()
        expect(page.locator(".job")).to_contain_text("Canceled on <b>Hall&lt;.")
        assert page.locator("img[src=x], b").count() == 0
        assert shown.complaints == []


def test_a_double_click_prints_once_and_a_click_after_the_answer_prints_again(office: Office) -> None:
    before = office.printer.jobs()
    with office.open() as shown:
        page = shown.page
        button = page.locator("[data-do=send]")
        button.dblclick()
        expect(page.locator(".job")).to_contain_text("sent to Front Office.")
        expect(button).to_have_attribute("aria-disabled", "false")
        expect(button).to_be_focused()
        office.printer.arrived(before + 1)
        assert office.printer.jobs() == before + 1
        button.click()
        expect(page.locator(".job")).to_have_count(2)
        office.printer.arrived(before + 2)


def test_a_pack_is_one_job_in_its_order_for_one_patient(office: Office, tmp_path: Path) -> None:
    number = office.printer.jobs() + 1
    with office.open() as shown:
        page = shown.page
        page.get_by_role("button", name="+ Pack").click()
        page.get_by_role("link", name="Handouts", exact=True).click()
        page.get_by_label("Drafts too").check()
        page.get_by_role("link", name="Knee pain").click()
        page.get_by_label("Letter", exact=True).check()
        page.get_by_label("What I may lift").fill(LINE)
        page.get_by_label("What I may lift").press("Tab")
        expect(page.locator(".pages img[src^='data:']").first).to_be_visible()
        page.get_by_role("button", name="+ Pack").click()
        page.get_by_role("link", name="Handouts", exact=True).click()
        page.get_by_role("button", name="Print earlier: Knee pain").click()
        page.get_by_label("Name, printed").fill(PATIENT)
        assert shown.barriers() == []
        page.keyboard.press("Control+Enter")
        page.get_by_role("dialog").get_by_role("button", name="Print it anyway").click()
        expect(page.locator(".job").first).to_contain_text("Pack of 2: ")
        expect(page.get_by_role("button", name="Print the pack of 2 again")).to_be_visible()
        job = office.printer.arrived(number)
        assert job.attributes["job-name"] == "pack.en.handout-letter"
        assert PATIENT not in str(job.attributes)
        (tmp_path / "pack.pdf").write_bytes(job.document)
        first, *_ = pages(tmp_path / "pack.pdf")
        assert "Knee pain" in first
        assert f"For: {PATIENT}" in first
        assert LINE in text(tmp_path / "pack.pdf")
        assert "Back pain" in text(tmp_path / "pack.pdf")
        assert office.printer.jobs() == number
        with page.expect_download() as saved:
            page.locator(".job").first.get_by_role("button", name="Chart record").click()
        record = saved.value.path().read_text(encoding="utf-8")
        assert record.count('"resourceType": "Procedure"') == 1
        assert "Knee pain; Back pain" in record
        assert not any(word in record for word in (*PATIENT.split(), "Yolanda"))
        check_nothing_is_left(office, shown)
        page.keyboard.press("Alt+n")
        page.get_by_label("Drafts too").check()
        page.locator("[data-handout=knee]").click()
        expect(page.get_by_label("What I may lift")).to_have_value("")


def check_nothing_is_left(office: Office, shown: Opened) -> None:
    """Check that what was typed is in no store, address, history, tab or file, and in no name and no log of CUPS."""
    stores = "JSON.stringify([localStorage, sessionStorage, document.cookie, history.state, location.href])"
    seen = [str(shown.value(stores)), *shown.asked]
    other = shown.page.context.new_page()
    other.goto(office.desk.page.address)
    seen += [other.content(), str(other.evaluate(stores))]
    history = shown.page.context.new_cdp_session(shown.page).send("Page.getNavigationHistory")
    assert history["entries"]
    seen.append(str(history))
    folders = (office.cups.folder, office.own, office.desk.project.root, Path("/dev/shm"))  # noqa: S108 - only read
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    seen += [str(path) for path in files]
    # CUPS keeps the document itself for a while, in a file named d00001-001; in its other files, nothing is allowed.
    seen += [path.read_bytes().decode(errors="ignore") for path in files if not path.name.startswith("d0")]
    seen += [office.desk.page.log.read_text()]
    assert any(path.name.startswith("c0") for path in files)
    assert not any(word in text for word in (*PATIENT.split(), "Yolanda") for text in seen)


def test_a_print_that_waits_is_canceled_and_sent_to_another_printer(office: Office) -> None:
    number = office.printer.jobs() + 1
    with office.open() as shown:
        page = shown.page
        choose_printer(page, "Lab")
        page.get_by_label("Name, printed").fill(PATIENT)
        page.keyboard.press("Control+Enter")
        job = page.locator(".job").last
        expect(job).to_contain_text("Lab does not answer")
        job.get_by_role("button", name="Send to another printer").click()
        job.get_by_role("button", name="Cancel there, and print here").click()
        expect(job).to_contain_text("Canceled on Lab.")
        expect(page.locator(".job").first).to_contain_text("sent to Front Office.")
        office.printer.arrived(number)
        # The other print is canceled in CUPS too, so it never comes out.
        choose_printer(page, "Lab")
        page.keyboard.press("Control+Enter")
        waiting = page.locator(".job").first
        expect(waiting).to_contain_text("Lab does not answer")
        page.keyboard.press("Alt+n")
        expect(page.locator("#said")).to_contain_text("A print is still waiting")
        waiting.get_by_role("button", name="Cancel").click()
        expect(waiting).to_contain_text("Nothing more of it is printed.")
        assert office.cups.waiting() == 0


def test_a_print_that_is_accepted_after_its_patient_was_cleared_leaves_nothing_of_the_patient(office: Office) -> None:
    with office.open() as shown:
        page = shown.page
        choose_printer(page, "Lab")
        page.get_by_label("Copies").fill("3")
        page.get_by_label("Name, printed").fill(PATIENT)
        held: list[Route] = []
        page.route("**/send", lambda route: held.append(route))  # noqa: PLW0108 - it sets a mark on the function
        with page.expect_request("**/send"):
            page.keyboard.press("Control+Enter")
        page.keyboard.press("Alt+n")
        expect(page.locator("#how")).to_contain_text("1 copy")
        held[0].continue_()
        job = page.locator(".job").first
        job.get_by_role("button", name="Send to another printer").click()
        expect(page.locator("#said")).to_contain_text("This patient was cleared")
        job.get_by_role("button", name="Cancel").click()
        expect(job).to_contain_text("Canceled on Lab.")


def test_a_click_that_is_sent_twice_prints_once(office: Office) -> None:
    page = office.desk.page
    handout_page(page)
    before = office.printer.jobs()
    first, second = sent(page, "0123456789abcdef"), sent(page, "0123456789abcdef", copies="7")
    assert first.status == second.status == 303
    assert first.headers["Location"] == second.headers["Location"] == "/sent/0123456789abcdef?handout=back"
    wait_until(lambda: "2 pages sent to Front Office." in page.ask("/sent/0123456789abcdef").text)
    assert office.printer.arrived(before + 1).attributes.get("copies", "1") == "1"
    assert office.printer.jobs() == before + 1


def test_printing_works_without_scripts_and_keeps_what_was_typed_for_the_patient(
    office: Office, tmp_path: Path
) -> None:
    number = office.printer.jobs() + 1
    with office.desk.open(java_script_enabled=False) as shown:
        page = shown.page
        page.get_by_role("button", name="Harbor Clinic").click()
        page.get_by_role("link", name="Back pain").click()
        page.get_by_label("Letter", exact=True).check()
        page.locator("#to summary").click()
        page.get_by_label("Sides").select_option("One side")
        page.get_by_placeholder("Name").fill(PATIENT)
        page.get_by_placeholder("Note").fill('Call us.\n"Soon" & <early>.')
        page.get_by_role("button", name="Show the preview").click()
        expect(page.locator("#status")).to_contain_text("2 pages, 2 sheets")
        expect(page.get_by_placeholder("Note")).to_have_value('Call us.\n"Soon" & <early>.')
        page.get_by_role("button", name="Print on this printer").click()
        expect(page.get_by_role("heading")).to_contain_text("2 pages sent to Front Office.")
        page.get_by_role("link", name="Back to the handout").click()
        job = office.printer.arrived(number)
    assert job.attributes["sides"] == "one-sided"
    (tmp_path / "printed.pdf").write_bytes(job.document)
    first, *_ = pages(tmp_path / "printed.pdf")
    assert PATIENT in first
    assert "Call us." in first


def test_a_printer_that_is_off_is_reported_with_what_to_do(office: Office) -> None:
    with office.open(320) as shown:
        page = shown.page
        choose_printer(page, "Lab")
        page.locator("[data-do=send]").click()
        answer = page.locator(".job")
        expect(answer).to_contain_text(
            "Lab does not answer: check that it is switched on and connected, and it will print."
        )
        expect(answer).to_contain_text("Do not print it again.")
        assert shown.barriers() == []
        assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0
        answer.get_by_role("button", name="Cancel").click()
        expect(answer).to_contain_text("Canceled on Lab.")


def test_invalid_requests_are_rejected_and_nothing_is_sent(office: Office) -> None:
    page = office.desk.page
    handout_page(page)
    before = office.printer.jobs()
    with socket.create_server((HOST, 0)) as other:
        other.settimeout(0)
        address = f"ipp://{HOST}:{other.getsockname()[1]}/ipp/print"
        for wrong in (address, "Front Office", "front_office", "../admin", "Front_Office/../Lab", "", "\0", "é" * 300):
            answer = sent(page, "a" * 16, printer=wrong)
            assert answer.status == 404
            assert "Set-Cookie" not in answer.headers
            assert page.ask("/printer", {"printer": wrong}).status == 404
        with pytest.raises(BlockingIOError):
            other.accept()
    for fields in ({"copies": "0"}, {"copies": "100"}, {"copies": "two"}, {"copies": "-1"}, {"copies": "²"}):
        answer = sent(page, "a" * 16, **fields)
        assert (answer.status, "type a number from 1 to 99" in answer.text) == (422, True)
    for fields in ({"sides": "three"}, {"tray": "../main"}, {"format": "text"}, {"click": "x"}):
        assert sent(page, **{"click": "a" * 16, **fields}).status == 404
    assert sent(page, "a" * 16, note="a" * 40_000).status == 413
    elsewhere = {"Origin": "http://evil.example"}
    for path in ("/printer", "/handouts/back/send"):
        assert page.ask(path, {"printer": "Front_Office"}, headers=elsewhere).status == 403
        assert page.ask(path).status == 405
    assert page.ask(f"/sent/{'a' * 16}").status == 404
    assert page.ask("/sent/..%2f").status == 404
    assert office.printer.jobs() == before
    assert "page-mistake" not in page.log.read_text()


def test_out_of_paper_and_a_removed_printer_are_reported(tmp_path: Path) -> None:
    with cups() as service, printer(tmp_path / "printer") as running:
        service.add("Front_Office", running.uri)
        project = small_project(tmp_path / "project")
        with served(project.root, practice="clinic", CUPS_SERVER=service.server) as page:
            wait_until(lambda: "Front Office" in page.ask("/handouts/back").text)
            running.load(sheets=0)
            click = "c" * 16
            assert sent(page, click).status == 303
            status = "Front Office is out of paper: put in Letter paper, and it will print."
            wait_until(lambda: status in page.ask(f"/sent/{click}").text)
            assert running.jobs() == 0
            running.load(sheets=250)
            assert running.arrived().attributes["job-name"] == "back.en.handout-letter"
            # The page may notice this before or after it makes the print.
            service.remove("Front_Office")
            answer = sent(page, "d" * 16)
            where = answer.headers.get("Location", "")
            wait_until(lambda: "no longer there" in (page.ask(where) if where else answer).text)
            assert running.jobs() == 1
