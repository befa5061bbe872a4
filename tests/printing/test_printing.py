"""`handouts print` on a real printer: what arrives there, and what people are told when it cannot print."""

import hashlib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from handouts.printing.ipp.address import Address
from handouts.printing.ipp.exchange import Limits, UnreachableError, ask
from handouts.printing.ipp.message import Message
from handouts.printing.job import print_pdf
from handouts.printing.job_watch import PrintedJob
from handouts.printing.printer import Printer
from handouts.printing.queues import printer_named
from handouts.printing.ticket import Ticket
from handouts.problems.problem import Problem
from support.printers import EXACT, Running, free_port, printer
from support.projects import SmallProject, small_project

PDF = b"%PDF-1.7\n"
LETTER = Ticket("a-handout", "letter")
# Waits as long as the printer lives.
FOR_EVER = "while kill -0 $PPID; do sleep 0.1; done"


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A printer that can do all that is asked for."""
    with printer(tmp_path_factory.mktemp("exact"), attributes=EXACT) as running:
        yield running


@pytest.fixture(scope="module")
def simple(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A printer that prints on one side, in black."""
    with printer(tmp_path_factory.mktemp("simple"), "-f", "application/pdf") as running:
        yield running


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path)


def at(running: Running) -> Printer:
    found, problems = printer_named(running.uri)
    assert found, problems
    return found


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


# What arrives


def test_the_file_that_build_makes_arrives_and_none_is_left(
    project: SmallProject, exact: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = project.root / "made.pdf"
    assert project.run("build", "-o", str(made)).code == 0
    temporary = project.root / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    before = {path for path in project.root.rglob("*") if path.is_file()}
    number = exact.jobs() + 1
    ran = project.run("print", "back", "--printer", exact.uri)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"printed on {exact.uri}: back.en.handout, 2 pages, 1 copy (job {number})\n"
    job = exact.arrived(number)
    assert job.sha256 == hashlib.sha256(made.read_bytes()).hexdigest()
    told = ("job-name", "media", "sides", "copies", "print-color-mode", "print-scaling", "document-format-supplied")
    assert [job.attributes[name] for name in told] == [
        "back.en.handout",
        "iso_a4_210x297mm",
        "two-sided-long-edge",
        "1",
        "color",
        "none",
        "application/pdf",
    ]
    assert {path for path in project.root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("options", "sides"),
    [
        (["-f", "large-print"], "two-sided-long-edge"),
        (["-f", "booklet"], "two-sided-short-edge"),
        (["-f", "booklet", "--no-impose"], "two-sided-long-edge"),
        (["-f", "trifold", "-s", "what"], "two-sided-short-edge"),
        (["-f", "trifold-z", "-s", "what"], "two-sided-short-edge"),
        (["-f", "booklet", "--sides", "one-sided"], "one-sided"),
    ],
)
def test_sheets_to_fold_flip_on_the_short_edge_and_pages_on_the_long_one(
    project: SmallProject, exact: Running, options: list[str], sides: str
) -> None:
    number = exact.jobs() + 1
    ran = project.run("print", "--printer", exact.uri, *options)
    assert (ran.code, ran.err) == (0, "")
    job = exact.arrived(number).attributes
    assert (job["sides"], job["print-scaling"]) == (sides, "none")


def test_what_is_asked_for_arrives(project: SmallProject, exact: Running) -> None:
    number = exact.jobs() + 1
    options = ("--copies", "3", "--ink", "black", "--paper", "letter", "-s", "helps")
    ran = project.run("print", "back", "--printer", exact.uri, *options)
    assert ran.code == 0, ran.err
    job = exact.arrived(number).attributes
    told = ("job-name", "copies", "multiple-document-handling", "print-color-mode", "media")
    assert [job[name] for name in told] == [
        "back.sections-3.en.handout-letter-black",
        "3",
        "separate-documents-collated-copies",
        "monochrome",
        "na_letter_8.5x11in",
    ]


def test_a_tray_is_named_with_the_size_of_its_paper(tmp_path: Path) -> None:
    with printer(tmp_path) as running:
        job, problems = print_pdf(at(running), PDF, Ticket("a", "letter", tray="main"))
        assert (job, problems) == (PrintedJob(1, "printed"), ())
        sent = running.arrived().attributes["media-col"]
        assert sent == "{media-size={x-dimension=21590 y-dimension=27940} media-source=main}"
        job, problems = print_pdf(at(running), PDF, Ticket("a", "letter", tray="mian"))
    problem = only(problems)
    assert (job, problem.code, problem.hint) == (None, "no-such-tray", 'did you mean "main"?')
    assert "it has: auto, main, photo" in problem.message


def test_an_encrypted_address_is_printed_to_if_its_certificate_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with printer(tmp_path) as running:
        secure, _ = printer_named(running.uri.replace("ipp:", "ipps:"))
        assert secure
        job, problems = print_pdf(secure, PDF, LETTER)
        assert (job, only(problems).code, running.jobs()) == (None, "printer-not-trusted", 0)
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        job, problems = print_pdf(secure, PDF, LETTER)
        assert (job, problems) == (PrintedJob(1, "printed"), ())
        assert running.arrived().document == PDF


# What a printer cannot do


def test_pages_are_printed_on_one_side_and_gray_if_the_printer_knows_no_other_way(simple: Running) -> None:
    number = simple.jobs() + 1
    job, problems = print_pdf(at(simple), PDF, LETTER)
    assert job == PrintedJob(number, "printed")
    assert [problem.code for problem in problems] == ["printed-on-one-side", "printed-without-color"]
    told = simple.arrived(number).attributes
    assert (told["sides"], "print-color-mode" in told) == ("one-sided", False)


@pytest.mark.parametrize(
    ("ticket", "code", "message"),
    [
        (Ticket("a", "letter", "black", folded=True), "no-duplex", "does not print on both sides"),
        (Ticket("a", "letter", "black", sides="two-sided-long-edge"), "no-duplex", "does not print on both sides"),
        (Ticket("a", "letter", "black", 1000, "one-sided"), "too-many-copies", "at most 999 copies"),
    ],
)
def test_what_a_printer_cannot_do_is_told_and_nothing_is_sent(
    simple: Running, ticket: Ticket, code: str, message: str
) -> None:
    before = simple.jobs()
    job, problems = print_pdf(at(simple), PDF, ticket)
    found = next(problem for problem in problems if problem.code == code)
    assert message in found.message
    assert found.hint
    assert (job, simple.jobs()) == (None, before)


def test_paper_that_a_printer_does_not_know_is_refused_and_paper_that_is_not_in_it_told(tmp_path: Path) -> None:
    letter = EXACT.replace(",iso_a4_210x297mm", "")
    with printer(tmp_path / "letter", attributes=letter) as running:
        job, problems = print_pdf(at(running), PDF, Ticket("a", "a4"))
        problem = only(problems)
        assert (job, problem.code, problem.hint) == (None, "wrong-paper", "try --paper letter")
    with printer(tmp_path / "loaded") as running:
        job, problems = print_pdf(at(running), PDF, Ticket("a", "a4"))
        assert (job, only(problems).code) == (PrintedJob(1, "printed"), "paper-not-loaded")


def test_sheets_to_fold_come_with_a_warning_if_the_printer_may_scale_them(tmp_path: Path) -> None:
    with printer(tmp_path) as running:
        job, problems = print_pdf(at(running), PDF, Ticket("a", "letter", folded=True))
    assert (job, only(problems).code) == (PrintedJob(1, "printed"), "printer-may-scale")


def test_a_printer_that_takes_no_pdf_is_left_to_cups(tmp_path: Path) -> None:
    with printer(tmp_path, "-2", "-f", "image/pwg-raster,image/urf") as running:
        job, problems = print_pdf(at(running), PDF, LETTER)
        problem = next(problem for problem in problems if problem.code == "printer-takes-no-pdf")
        assert f"lpadmin -p NAME -E -m everywhere -v {running.uri}" in problem.hint
        assert (job, running.jobs()) == (None, 0)


# What goes wrong while it prints


def test_out_of_paper_is_told_and_the_job_is_printed_once_there_is_some(
    project: SmallProject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with printer(tmp_path_factory.mktemp("empty")) as running:
        running.load(sheets=0)
        ran = project.run("print", "--paper", "letter", "--printer", running.uri)
        assert ran.code == 1
        assert f"error[printer-out-of-paper]: {running.uri} is out of paper\n    hint: put in Letter paper" in ran.err
        assert "Do not print it again." in ran.err
        assert ran.out.startswith("waiting at ")
        assert running.jobs() == 0
        running.load(sheets=250)
        assert running.arrived().attributes["job-name"] == "back.en.handout-letter"


def test_paper_that_is_stuck_is_told_and_another_job_is_told_to_wait(tmp_path: Path) -> None:
    with printer(tmp_path, then=f"echo 'STATE: +media-jam' >&2\n{FOR_EVER}") as running:
        job, problems = print_pdf(at(running), PDF, LETTER)
        problem = only(problems)
        assert (job, problem.code) == (PrintedJob(1, "waiting"), "printer-needs-care")
        assert "paper is stuck" in problem.message
        job, problems = print_pdf(at(running), PDF, LETTER)
        assert (job, only(problems).code) == (None, "printer-busy")


def test_a_job_that_the_printer_gives_up_is_told(tmp_path: Path) -> None:
    with printer(tmp_path, then="exit 1") as running:
        job, problems = print_pdf(at(running), PDF, LETTER)
    assert (job, only(problems).code) == (PrintedJob(1, "ended"), "job-ended")


def test_a_job_that_takes_long_is_left_to_the_printer(tmp_path: Path) -> None:
    with printer(tmp_path, then=FOR_EVER) as running:
        assert print_pdf(at(running), PDF, LETTER) == (PrintedJob(1, "printing"), ())


# Strangers


@contextmanager
def stranger(answer: bytes, *, endless: bool = False) -> Iterator[Printer]:
    """Something else than a printer: it says what it says, once or for ever, and then nothing."""
    over = threading.Event()

    class Says(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            try:
                self.request.sendall(answer)
                while endless:
                    self.request.sendall(answer[-1:] * (1 if len(answer) < 100 else 65536))
                    if over.wait(0.05 if len(answer) < 100 else 0):
                        return
            except OSError:
                return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Says) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield Printer("Stranger", Address("127.0.0.1", "/ipp/print", int(server.server_address[1])))
        finally:
            over.set()
            server.shutdown()


def http(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/ipp\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"220 mail.example.org ESMTP\r\n", "not-a-printer"),
        (b"\x00\xff" * 500, "not-a-printer"),
        (http("200 OK", b"<html>It works!</html>"), "not-a-printer"),
        (http("200 OK", b""), "not-a-printer"),
        (http("200 OK", b"\x02\x00\x00\x00\x00\x00\x00\x07\x03"), "not-a-printer"),
        (http("302 Found", b""), "not-a-printer"),
        (http("500 Broken", b""), "not-a-printer"),
        (http("404 Not Found", b""), "no-such-printer"),
        (http("401 Unauthorized", b""), "printer-needs-password"),
        (http("426 Upgrade Required", b""), "job-refused"),
        (http("200 OK", b"\x02\x00\x04\x03\x00\x00\x00\x01\x03"), "printer-needs-password"),
        (http("200 OK", b"\x02\x00\x04\x06\x00\x00\x00\x01\x03"), "no-such-printer"),
        (http("200 OK", b"\x02\x00\x05\x06\x00\x00\x00\x01\x03"), "printer-refuses-jobs"),
        (http("200 OK", b"\x02\x00\x05\x03\x00\x00\x00\x01\x03"), "job-refused"),
        # It has no abilities at all.
        (http("200 OK", b"\x02\x00\x00\x00\x00\x00\x00\x01\x03"), "printer-takes-no-pdf"),
        (b"", "printer-unreachable"),
    ],
)
def test_strangers_are_told_from_printers(answer: bytes, code: str) -> None:
    with stranger(answer) as other:
        job, problems = print_pdf(other, PDF, LETTER)
    assert (job, code in {problem.code for problem in problems}) == (None, True), problems


def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    with stranger(b"HTTP/1.1 200 OK\r\n\r\n" + b"\x02" * 100, endless=True) as other:
        job, problems = print_pdf(other, PDF, LETTER)
    problem = only(problems)
    assert (job, problem.code) == (None, "not-a-printer")
    assert "too large" in problem.message


@pytest.mark.parametrize("answer", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: b"])
def test_who_says_a_letter_now_and_then_is_not_waited_for(answer: bytes) -> None:
    with (
        stranger(answer, endless=True) as other,
        pytest.raises(UnreachableError, match="does not answer"),
    ):
        ask(other.address, Message(0x000B, 1, ()), limits=Limits(silence=30, whole=0.5))


def test_who_never_answers_is_not_waited_for() -> None:
    with (
        socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as silent,
        pytest.raises(UnreachableError, match="does not answer"),
    ):
        ask(Address("127.0.0.1", "/", int(silent.server_address[1])), Message(0x000B, 1, ()), limits=Limits(0.3, 30))


def test_a_printer_that_is_off_is_told_with_what_to_do(project: SmallProject) -> None:
    uri = f"ipp://127.0.0.1:{free_port()}"
    ran = project.run("print", "back", "--printer", uri)
    assert (ran.code, ran.out) == (1, "")
    assert f"error[printer-unreachable]: {uri} cannot be reached: connection refused" in ran.err
    assert "hint: is it switched on" in ran.err


# What is asked for


@pytest.mark.parametrize(
    "uri",
    [
        "http://localhost/ipp/print",
        "ipp://",
        "ipp://user:password@localhost",
        "ipp://localhost:99999",
        "ipp://localhost:0",
        "ipp://local host",
        "ipp://localhost/a\nb",
        "ipp://localhost/a?b",
        "ipp://[::1",
        "file:///etc/passwd",
    ],
)
def test_what_is_no_address_of_a_printer_is_refused(uri: str) -> None:
    found, problems = printer_named(uri)
    assert (found, only(problems).code) == (None, "no-such-printer")


def test_an_address_is_completed_as_printers_have_it() -> None:
    found, _ = printer_named("ipps://[::1]")
    assert found
    assert found.address.uri == "ipps://[::1]/ipp/print"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-f", "text"], "the format text is not for paper"),
        (["-f", "handout", "-f", "booklet"], "prints one handout at a time, not 2: clinic/back.en.handout, "),
        (["--press"], "--press is for print shops"),
        (["-s", "whot"], 'Did you mean "what"?'),
        (["--copies", "0"], "0 is not in the range"),
        (["--sides", "both"], "'both' is not one of"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(
    project: SmallProject, exact: Running, options: list[str], message: str
) -> None:
    before = exact.jobs()
    ran = project.run("print", "back", "--printer", exact.uri, *options)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert exact.jobs() == before


def test_what_cannot_be_built_is_not_printed(project: SmallProject, exact: Running) -> None:
    before = exact.jobs()
    project.replace("content/handouts/back/en.md", "[@smith2020]", "[@smyth2020]")
    ran = project.run("print", "back", "--printer", exact.uri)
    assert (ran.code, ran.out) == (1, "")
    assert "error[unknown-reference]" in ran.err
    assert "not printed because it has errors: back (en)" in ran.err
    assert exact.jobs() == before


def test_a_release_refuses_to_print_a_draft(project: SmallProject, exact: Running) -> None:
    before = exact.jobs()
    ran = project.run("print", "back", "--release", "--printer", exact.uri)
    assert (ran.code, ran.out) == (1, "")
    assert "draft" in ran.err
    assert exact.jobs() == before
