"""Printing from the front-desk page on a real printer: what arrives there, and what the page shows."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.chromium import Opened, visited
from support.cups import Cups, cups
from support.front_desk import Answer, Served, served
from support.front_desk_browser import Desk, choose_practice, front_desk, to_handout
from support.printers import HOST, Running, free_port, printer, wait_until
from support.projects import small_project

SECTIONS = ["what", "worry", "helps"]
PATIENT = "Zebedee Quimby"


@dataclass(frozen=True)
class Office:
    """A page on a computer with two queues: Front_Office, the default one, and Lab, whose printer is off."""

    desk: Desk
    cups: Cups
    printer: Running

    @contextmanager
    def open(self, width: int = 1280, **options: object) -> Iterator[Opened]:
        with visited(self.desk.browser, self.desk.page.address, width, **options) as shown:
            yield shown


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with (
        cups() as service,
        printer(tmp_path_factory.mktemp("printer"), "-2", "-s", "10,5", "-f", "application/pdf") as running,
    ):
        service.add("Front_Office", running.uri, "ground floor")
        service.add("Lab", f"ipp://{HOST}:{free_port()}/ipp/print")
        service.make_default("Front_Office")
        with front_desk(tmp_path_factory.mktemp("desk"), CUPS_SERVER=service.server) as desk:
            wait_until(lambda: "Print on" in handout_page(desk.page))
            yield Office(desk, service, running)


def handout_page(page: Served) -> str:
    page.cookies["practice"] = "clinic"
    return page.ask("/handouts/back").text


def sent(page: Served, click: str, **fields: object) -> Answer:
    form = {"language": "en", "number": "1", "section": SECTIONS, "paper": "letter", "printer": "Front_Office"}
    return page.ask("/handouts/back/send", {**form, "click": click, **fields})


def open_on_letter(page: Page) -> None:
    """Open the handout and choose the paper that is in the printer."""
    to_handout(page)
    page.get_by_label("Letter", exact=True).check()


def press_print(page: Page) -> None:
    """Press Print, and wait until the printer has it."""
    page.get_by_role("button", name="Print on Front Office").click()
    expect(page.locator("#sent")).to_contain_text("sent to Front Office.")


def test_the_downloaded_file_arrives_with_the_chosen_settings_and_the_printer_is_remembered(
    office: Office, tmp_path: Path
) -> None:
    number = office.printer.jobs() + 1
    with office.open() as shown:
        page = shown.page
        open_on_letter(page)
        page.get_by_label("Name", exact=True).fill(PATIENT)
        page.get_by_label("Printer").select_option("Lab")
        expect(page.get_by_role("button", name="Print on Lab")).to_be_enabled()
        page.get_by_label("Printer").select_option("Front_Office")
        expect(page.get_by_role("button", name="Print on Front Office")).to_be_enabled()
        page.get_by_label("Booklet").check()
        page.get_by_label("Black only").check()
        page.get_by_label("Copies").fill("2")
        page.get_by_label("Tray").select_option("Main")
        with page.expect_download() as saved:
            page.get_by_role("button", name="Download PDF").click()
        saved.value.save_as(tmp_path / "saved.pdf")
        press_print(page)
        expect(page.locator("#sent")).to_have_text(
            re.compile(r"2 copies of \d+ pages sent to Front Office\. Print(ed|ing)\.")
        )
        assert shown.barriers() == []
        # htmx logs each preview that a newer one replaced.
        assert [one for one in shown.complaints if not one.startswith(("htmx:afterRequest", "htmx:sendAbort"))] == []
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
        page.get_by_label("Printer").select_option("Lab")
        expect(page.get_by_role("button", name="Print on Lab")).to_be_enabled()
        page.goto(f"{office.desk.page.address}handouts/back")
        expect(page.get_by_label("Printer")).to_have_value("Lab")
        (cookie,) = (one for one in page.context.cookies() if one.get("name") == "printer")
        assert (cookie.get("sameSite"), cookie.get("httpOnly")) == ("Strict", True)


def test_a_double_click_prints_once_and_a_click_after_the_answer_prints_again(office: Office) -> None:
    before = office.printer.jobs()
    with office.open() as shown:
        page = shown.page
        open_on_letter(page)
        button = page.get_by_role("button", name="Print on Front Office")
        button.dblclick()
        expect(page.locator("#sent")).to_contain_text("sent to Front Office.")
        expect(button).not_to_have_attribute("aria-disabled", "true")
        expect(button).to_be_focused()
        office.printer.arrived(before + 1)
        assert office.printer.jobs() == before + 1
        press_print(page)
        office.printer.arrived(before + 2)


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


def test_printing_works_without_scripts(office: Office) -> None:
    number = office.printer.jobs() + 1
    with office.open(java_script_enabled=False) as shown:
        page = shown.page
        choose_practice(page)
        page.get_by_role("link", name="Back pain").click()
        page.get_by_label("Letter", exact=True).check()
        page.get_by_label("Sides").select_option("One side")
        page.get_by_role("button", name="Show the preview").click()
        expect(page.locator("#status")).to_contain_text("2 pages on 2 sheets of paper.")
        expect(page.get_by_label("Sides")).to_have_value("one")
        page.get_by_role("button", name="Print on this printer").click()
        expect(page.get_by_role("heading")).to_contain_text("2 pages sent to Front Office.")
        page.get_by_role("link", name="Back to the handout").click()
        assert office.printer.arrived(number).attributes["sides"] == "one-sided"


@pytest.mark.parametrize("width", [1280, 320])
def test_a_printer_that_is_off_is_reported_with_what_to_do(office: Office, width: int) -> None:
    with office.open(width) as shown:
        page = shown.page
        open_on_letter(page)
        page.get_by_label("Printer").select_option("Lab")
        page.get_by_role("button", name="Print on Lab").click()
        answer = page.locator("#sent")
        expect(answer).to_contain_text(
            "Lab does not answer: check that it is switched on and connected, and it will print."
        )
        expect(answer).to_have_attribute("role", "status")
        expect(answer).to_contain_text("Do not print it again.")
        assert shown.barriers() == []
        assert shown.value("document.documentElement.scrollWidth - innerWidth") <= 0


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
            wait_until(lambda: "Print on" in page.ask("/handouts/back").text)
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
