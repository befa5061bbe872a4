"""Print queues of a real CUPS: listing them, finding them by name, the default one, and printing on them."""

import json
from collections.abc import Iterator

import pytest

from handouts.printing.job import PrintedJob, print_pdf, submit_pdf
from handouts.printing.printer import Printer
from handouts.printing.queues import find_printer
from handouts.printing.ticket import Ticket
from handouts.problems.collector import Problems
from support.cups import Cups, cups
from support.printers import HOST, Running, free_port, printer
from support.projects import SmallProject

PDF = b"%PDF-1.7\n"


@pytest.fixture(scope="module")
def real_printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run the printer that the queues send to."""
    with printer(tmp_path_factory.mktemp("printer")) as running:
        yield running


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    """Run CUPS without queues, as the print service of this computer during a test."""
    with cups() as running:
        monkeypatch.setenv("CUPS_SERVER", running.server)
        yield running


def queue(name: str) -> Printer:
    """Return the queue with a name."""
    problems = Problems()
    found = find_printer(name, problems)
    assert found, problems.as_tuple()
    return found


def test_queues_are_listed_the_default_one_first(service: Cups, real_printer: Running, project: SmallProject) -> None:
    ran = project.run("list", "printers")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert "ok       no printers by name: CUPS has none" in project.run("doctor").out
    service.add("Back-Office", real_printer.uri)
    service.add("Front-Desk", real_printer.uri, "ground floor")
    service.make_default("Front-Desk")
    ran = project.run("list", "printers")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["Front-Desk\tdefault\tground floor", "Back-Office\t\t"]
    rows = json.loads(project.run("list", "printers", "--json").out)
    assert rows[0] == {"name": "Front-Desk", "default": "default", "about": "ground floor"}
    assert "ok       printers: Front-Desk (default), Back-Office" in project.run("doctor").out


def test_a_printer_must_be_named_unless_there_is_only_one_or_a_default_one(
    service: Cups, real_printer: Running, project: SmallProject
) -> None:
    assert "no printer is set up here, so give an address" in project.run("print").err
    # A paused printer shows which one was chosen, and takes less time than printing.
    service.add("Back-Office", real_printer.uri)
    service.pause("Back-Office")
    assert "error[printer-paused]: Back-Office is paused" in project.run("print").err
    service.add("Front-Desk", real_printer.uri)
    service.pause("Front-Desk")
    ran = project.run("print")
    assert (ran.code, ran.out) == (2, "")
    assert "choose a printer with --printer: one of Back-Office, Front-Desk" in ran.err
    ran = project.run("print", "--printer", "front desk")
    assert (ran.code, ran.out) == (1, "")
    assert 'error[no-such-printer]: no printer "front desk"\n    hint: did you mean "Front-Desk"?' in ran.err
    assert "error[printer-paused]: Back-Office is paused" in project.run("print", "--printer", "back-office").err
    service.make_default("Front-Desk")
    assert "error[printer-paused]: Front-Desk is paused" in project.run("print").err


def test_a_job_sent_to_a_queue_arrives_at_its_printer(service: Cups, real_printer: Running) -> None:
    service.add("Front-Desk", real_printer.uri)
    number = real_printer.jobs() + 1
    problems = Problems()
    ticket = Ticket("a-handout", "letter", "black", 2, is_folded=True)
    # Not watched: CUPS says for a moment that it is still connecting to the printer.
    assert submit_pdf(queue("front-desk"), PDF, ticket, problems) == 1
    assert problems.as_tuple() == ()
    arrived = real_printer.arrived(number)
    assert arrived.document == PDF
    names = ("sides", "copies", "print-color-mode", "job-name")
    assert [arrived.attributes[name] for name in names] == ["two-sided-short-edge", "2", "monochrome", "a-handout"]
    assert "x-dimension=21590 y-dimension=27940" in arrived.attributes["media-col"]


def test_a_paused_queue_and_one_that_rejects_jobs_are_reported(service: Cups, real_printer: Running) -> None:
    service.add("Front-Desk", real_printer.uri)
    before = real_printer.jobs()
    printer = queue("Front-Desk")
    for change, code in ((service.pause, "printer-paused"), (service.reject_jobs, "printer-refuses-jobs")):
        change("Front-Desk")
        problems = Problems()
        assert print_pdf(printer, PDF, Ticket("a", "letter"), problems) is None
        assert [problem.code for problem in problems] == [code]
    assert real_printer.jobs() == before


def test_a_queue_whose_printer_is_off_is_reported(service: Cups) -> None:
    service.add("Front-Desk", f"ipp://{HOST}:{free_port()}/ipp/print")
    problems = Problems()
    job = print_pdf(queue("Front-Desk"), PDF, Ticket("a", "letter"), problems, patience=60)
    assert job == PrintedJob(1, "waiting")
    assert [problem.code for problem in problems] == ["printer-unreachable"]


@pytest.mark.parametrize("server", ["/nowhere/cups.sock", "127.0.0.1:1"])
def test_without_cups_the_error_says_how_to_print(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    monkeypatch.setenv("CUPS_SERVER", server)
    for arguments in (["print"], ["list", "printers"]):
        ran = project.run(*arguments)
        assert (ran.code, ran.out) == (1, "")
        assert "error[no-printers]: CUPS, the print service of this computer, is not running" in ran.err
        assert "--printer ipp://ADDRESS" in ran.err
    ran = project.run("doctor")
    assert ran.code == 0, ran.err
    assert "ok       no printers by name: CUPS, the print service of this computer, is not running" in ran.out
