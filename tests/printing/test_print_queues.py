"""The printers that a machine knows: queues of a real CUPS, found by name, the default one, and printed on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.printing.job import print_pdf
from handouts.printing.job_watch import PrintedJob
from handouts.printing.queues import printer_named
from handouts.printing.ticket import Ticket
from support.cups import Cups, cups
from support.printers import HOST, Running, free_port, printer
from support.projects import SmallProject, small_project

PDF = b"%PDF-1.7\n"


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The printer that the queues send to."""
    with printer(tmp_path_factory.mktemp("behind")) as running:
        yield running


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    """A CUPS without queues, which is that of this machine for the time of a test."""
    with cups() as running:
        monkeypatch.setenv("CUPS_SERVER", running.server)
        yield running


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path)


def test_queues_are_listed_the_default_one_first(service: Cups, behind: Running, project: SmallProject) -> None:
    ran = project.run("list", "printers")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert "ok       no printers by name: CUPS has none" in project.run("doctor").out
    service.add("Back-Office", behind.uri)
    service.add("Front-Desk", behind.uri, "ground floor")
    service.make_default("Front-Desk")
    ran = project.run("list", "printers")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == ["Front-Desk\tdefault\tground floor", "Back-Office\t\t"]
    rows = json.loads(project.run("list", "printers", "--json").out)
    assert rows[0] == {"name": "Front-Desk", "default": "default", "about": "ground floor"}
    assert "ok       printers: Front-Desk (default), Back-Office" in project.run("doctor").out


def test_a_printer_has_to_be_named_unless_there_is_one_or_a_default_one(
    service: Cups, behind: Running, project: SmallProject
) -> None:
    assert "no printer is set up here, so give an address" in project.run("print").err
    # Which one was chosen is told by its refusal, which takes less time than a print.
    service.add("Back-Office", behind.uri)
    service.pause("Back-Office")
    assert "error[printer-paused]: Back-Office is paused" in project.run("print").err
    service.add("Front-Desk", behind.uri)
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


def test_what_is_sent_to_a_queue_arrives_at_its_printer(service: Cups, behind: Running) -> None:
    service.add("Front-Desk", behind.uri)
    found, _ = printer_named("front-desk")
    assert found
    number = behind.jobs() + 1
    job, problems = print_pdf(found, PDF, Ticket("a-handout", "letter", "black", 2, folded=True), patience=0)
    assert job
    assert (job.number, problems) == (1, ())
    arrived = behind.arrived(number)
    assert arrived.document == PDF
    told = ("sides", "copies", "print-color-mode", "job-name")
    assert [arrived.attributes[name] for name in told] == ["two-sided-short-edge", "2", "monochrome", "a-handout"]
    assert "x-dimension=21590 y-dimension=27940" in arrived.attributes["media-col"]


def test_a_queue_that_is_paused_or_refuses_jobs_is_told(service: Cups, behind: Running) -> None:
    service.add("Front-Desk", behind.uri)
    before = behind.jobs()
    found, _ = printer_named("Front-Desk")
    assert found
    service.pause("Front-Desk")
    job, problems = print_pdf(found, PDF, Ticket("a", "letter"))
    assert (job, [problem.code for problem in problems]) == (None, ["printer-paused"])
    service.reject_jobs("Front-Desk")
    job, problems = print_pdf(found, PDF, Ticket("a", "letter"))
    assert (job, [problem.code for problem in problems]) == (None, ["printer-refuses-jobs"])
    assert behind.jobs() == before


def test_a_printer_behind_a_queue_that_is_off_is_told(service: Cups) -> None:
    service.add("Front-Desk", f"ipp://{HOST}:{free_port()}/ipp/print")
    found, _ = printer_named("Front-Desk")
    assert found
    job, problems = print_pdf(found, PDF, Ticket("a", "letter"), patience=60)
    assert job == PrintedJob(1, "waiting")
    assert [problem.code for problem in problems] == ["printer-unreachable"]


@pytest.mark.parametrize("server", ["/nowhere/cups.sock", "127.0.0.1:1"])
def test_without_cups_it_is_said_how_to_print(
    project: SmallProject, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    monkeypatch.setenv("CUPS_SERVER", server)
    for arguments in (["print"], ["list", "printers"]):
        ran = project.run(*arguments)
        assert (ran.code, ran.out) == (1, "")
        assert "error[no-printers]: CUPS, the print service of this computer, does not run" in ran.err
        assert "--printer ipp://ADDRESS" in ran.err
    ran = project.run("doctor")
    assert ran.code == 0, ran.err
    assert "ok       no printers by name: CUPS, the print service of this computer, does not run" in ran.out
