"""`handouts print` on a real printer: what arrives there, and what is reported when it cannot print."""

import hashlib
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from handouts.printing.ipp.address import Address
from handouts.printing.ipp.codec import encode
from handouts.printing.ipp.exchange import Limits, UnreachableError, send_request
from handouts.printing.ipp.message import Attribute, Group, GroupTag, Message, Tag
from handouts.printing.job import PrintedJob, check_job, print_pdf
from handouts.printing.printer import Printer
from handouts.printing.queues import find_printer
from handouts.printing.ticket import Ticket
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from support.printers import EXACT, Running, free_port, printer
from support.projects import SmallProject

PDF = b"%PDF-1.7\n"
LETTER = Ticket("a-handout", "letter")
# A print command that runs as long as the printer does.
ENDLESS = "while kill -0 $PPID; do sleep 0.1; done"


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a printer that supports everything."""
    with printer(tmp_path_factory.mktemp("exact"), attributes=EXACT) as running:
        yield running


@pytest.fixture(scope="module")
def simple(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a printer that prints on one side, in black."""
    with printer(tmp_path_factory.mktemp("simple"), "-f", "application/pdf") as running:
        yield running


def find(uri: str) -> Printer:
    """Return the printer at an address."""
    problems = Problems()
    found = find_printer(uri, problems)
    assert found, problems.as_tuple()
    return found


def print_on(printer: Printer, ticket: Ticket = LETTER) -> tuple[PrintedJob | None, tuple[Problem, ...]]:
    """Print the PDF; return the job, if the printer accepted it, and the problems."""
    problems = Problems()
    job = print_pdf(printer, PDF, ticket, problems)
    return job, problems.as_tuple()


def only(problems: tuple[Problem, ...]) -> Problem:
    """Return the one problem that there is."""
    assert len(problems) == 1, problems
    return problems[0]


# What arrives at the printer


def test_the_same_file_as_that_of_build_arrives_and_no_file_is_left(
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
    names = ("job-name", "media", "sides", "copies", "print-color-mode", "print-scaling", "document-format-supplied")
    assert [job.attributes[name] for name in names] == [
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


def test_the_options_of_the_command_arrive_as_job_attributes(project: SmallProject, exact: Running) -> None:
    number = exact.jobs() + 1
    options = ("--copies", "3", "--ink", "black", "--paper", "letter", "-s", "helps")
    ran = project.run("print", "back", "--printer", exact.uri, *options)
    assert ran.code == 0, ran.err
    job = exact.arrived(number).attributes
    names = ("job-name", "copies", "multiple-document-handling", "print-color-mode", "media")
    assert [job[name] for name in names] == [
        "back.sections-3.en.handout-letter-black",
        "3",
        "separate-documents-collated-copies",
        "monochrome",
        "na_letter_8.5x11in",
    ]


def test_a_tray_is_sent_with_the_size_of_its_paper(tmp_path: Path) -> None:
    with printer(tmp_path) as running:
        job, problems = print_on(find(running.uri), Ticket("a", "letter", tray="main"))
        assert (job, problems) == (PrintedJob(1, "printed"), ())
        sent = running.arrived().attributes["media-col"]
        assert sent == "{media-size={x-dimension=21590 y-dimension=27940} media-source=main}"
        job, problems = print_on(find(running.uri), Ticket("a", "letter", tray="mian"))
    problem = only(problems)
    assert (job, problem.code, problem.hint) == (None, "no-such-tray", 'did you mean "main"?')
    assert "its trays are: auto, main, photo" in problem.message


def test_an_encrypted_connection_needs_a_trusted_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with printer(tmp_path) as running:
        secure = find(running.uri.replace("ipp:", "ipps:"))
        job, problems = print_on(secure)
        assert (job, only(problems).code, running.jobs()) == (None, "printer-not-trusted", 0)
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        job, problems = print_on(secure)
        assert (job, problems) == (PrintedJob(1, "printed"), ())
        assert running.arrived().document == PDF


# What a printer cannot do


def test_a_simple_printer_prints_on_one_side_and_gray_with_warnings(simple: Running) -> None:
    number = simple.jobs() + 1
    job, problems = print_on(find(simple.uri))
    assert job == PrintedJob(number, "printed")
    assert [problem.code for problem in problems] == ["printed-on-one-side", "printed-without-color"]
    attributes = simple.arrived(number).attributes
    assert (attributes["sides"], "print-color-mode" in attributes) == ("one-sided", False)


@pytest.mark.parametrize(
    ("ticket", "code", "message"),
    [
        (Ticket("a", "letter", "black", is_folded=True), "no-duplex", "cannot print on both sides"),
        (Ticket("a", "letter", "black", sides="two-sided-long-edge"), "no-duplex", "cannot print on both sides"),
        (Ticket("a", "letter", "black", 1000, "one-sided"), "too-many-copies", "at most 999 copies"),
    ],
)
def test_nothing_is_sent_if_the_printer_cannot_do_what_the_ticket_says(
    simple: Running, ticket: Ticket, code: str, message: str
) -> None:
    before = simple.jobs()
    job, problems = print_on(find(simple.uri), ticket)
    found = next(problem for problem in problems if problem.code == code)
    assert message in found.message
    assert found.hint
    assert (job, simple.jobs()) == (None, before)


def test_unsupported_paper_is_an_error_and_paper_that_is_not_loaded_a_warning(tmp_path: Path) -> None:
    letter = EXACT.replace(",iso_a4_210x297mm", "")
    with printer(tmp_path / "letter", attributes=letter) as running:
        job, problems = print_on(find(running.uri), Ticket("a", "a4"))
        problem = only(problems)
        assert (job, problem.code, problem.hint) == (None, "wrong-paper", "try --paper letter")
    with printer(tmp_path / "loaded") as running:
        job, problems = print_on(find(running.uri), Ticket("a", "a4"))
        assert (job, only(problems).code) == (PrintedJob(1, "printed"), "paper-not-loaded")


def test_sheets_to_fold_get_a_warning_if_the_printer_may_scale_them(tmp_path: Path) -> None:
    with printer(tmp_path) as running:
        job, problems = print_on(find(running.uri), Ticket("a", "letter", is_folded=True))
    assert (job, only(problems).code) == (PrintedJob(1, "printed"), "printer-may-scale")


def test_for_a_printer_without_pdf_the_hint_is_to_add_it_to_cups(tmp_path: Path) -> None:
    with printer(tmp_path, "-2", "-f", "image/pwg-raster,image/urf") as running:
        job, problems = print_on(find(running.uri))
        problem = next(problem for problem in problems if problem.code == "printer-takes-no-pdf")
        assert f"lpadmin -p NAME -E -m everywhere -v {running.uri}" in problem.hint
        assert (job, running.jobs()) == (None, 0)


# Problems while printing


def test_out_of_paper_is_reported_and_the_job_is_printed_once_there_is_paper(
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


def test_a_paper_jam_is_reported_and_the_next_job_is_rejected_as_busy(tmp_path: Path) -> None:
    with printer(tmp_path, then=f"echo 'STATE: +media-jam' >&2\n{ENDLESS}") as running:
        job, problems = print_on(find(running.uri))
        problem = only(problems)
        assert (job, problem.code) == (PrintedJob(1, "waiting"), "printer-needs-care")
        assert "paper is jammed" in problem.message
        job, problems = print_on(find(running.uri))
        assert (job, only(problems).code) == (None, "printer-busy")


def test_a_job_that_the_printer_aborts_is_reported(tmp_path: Path) -> None:
    with printer(tmp_path, then="exit 1") as running:
        job, problems = print_on(find(running.uri))
    assert (job, only(problems).code) == (PrintedJob(1, "ended"), "job-ended")


def test_watching_ends_while_a_long_job_is_printing(tmp_path: Path) -> None:
    with printer(tmp_path, then=ENDLESS) as running:
        assert print_on(find(running.uri)) == (PrintedJob(1, "printing"), ())


# Servers that are not printers


@contextmanager
def fake_printer(answer: bytes, *, endless: bool = False) -> Iterator[Printer]:
    """Run a server that answers every connection with these bytes; `endless` repeats the last byte."""
    closing = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            try:
                self.request.sendall(answer)
                while endless:
                    self.request.sendall(answer[-1:] * (1 if len(answer) < 100 else 65536))
                    if closing.wait(0.05 if len(answer) < 100 else 0):
                        return
            except OSError:
                return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield Printer("Fake", Address("127.0.0.1", "/ipp/print", int(server.server_address[1])))
        finally:
            closing.set()
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
        (http("404 Not Found", b""), "printer-not-at-address"),
        (http("401 Unauthorized", b""), "printer-needs-password"),
        (http("426 Upgrade Required", b""), "printer-needs-encryption"),
        (http("200 OK", b"\x02\x00\x04\x03\x00\x00\x00\x01\x03"), "printer-needs-password"),
        (http("200 OK", b"\x02\x00\x04\x06\x00\x00\x00\x01\x03"), "printer-not-at-address"),
        (http("200 OK", b"\x02\x00\x05\x06\x00\x00\x00\x01\x03"), "printer-refuses-jobs"),
        (http("200 OK", b"\x02\x00\x05\x03\x00\x00\x00\x01\x03"), "job-refused"),
        # A printer that reports no abilities.
        (http("200 OK", b"\x02\x00\x00\x00\x00\x00\x00\x01\x03"), "printer-takes-no-pdf"),
        (b"", "printer-unreachable"),
    ],
)
def test_other_servers_are_reported(answer: bytes, code: str) -> None:
    with fake_printer(answer) as other:
        job, problems = print_on(other)
    assert (job, code in {problem.code for problem in problems}) == (None, True), problems


def test_a_job_that_is_completed_with_errors_is_not_printed() -> None:
    state = Attribute(Tag.ENUM, "job-state", (9,))
    reasons = Attribute(Tag.KEYWORD, "job-state-reasons", ("job-completed-with-errors", "document-format-error"))
    answer = encode(Message(0, 1, (Group(GroupTag.JOB, (state, reasons)),)))
    problems = Problems()
    with fake_printer(http("200 OK", answer)) as other:
        assert check_job(other, 3, "A4", problems) == PrintedJob(3, "ended")
    problem = only(problems.as_tuple())
    assert problem.code == "job-ended"
    assert problem.message.endswith("completed job 3: job-completed-with-errors, document-format-error")


def test_an_endless_response_is_not_read_to_the_end() -> None:
    with fake_printer(b"HTTP/1.1 200 OK\r\n\r\n" + b"\x02" * 100, endless=True) as other:
        job, problems = print_on(other)
    problem = only(problems)
    assert (job, problem.code) == (None, "not-a-printer")
    assert "too large" in problem.message


@pytest.mark.parametrize("answer", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: b"])
def test_a_response_of_a_byte_now_and_then_times_out(answer: bytes) -> None:
    with (
        fake_printer(answer, endless=True) as other,
        pytest.raises(UnreachableError, match="no response"),
    ):
        send_request(other.address, Message(0x000B, 1, ()), limits=Limits(silence=30, total=0.5))


def test_a_server_that_never_answers_times_out() -> None:
    with (
        socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as silent,
        pytest.raises(UnreachableError, match="no response"),
    ):
        send_request(
            Address("127.0.0.1", "/", int(silent.server_address[1])), Message(0x000B, 1, ()), limits=Limits(0.3, 30)
        )


def test_a_printer_that_is_off_is_reported_with_a_hint(project: SmallProject) -> None:
    uri = f"ipp://127.0.0.1:{free_port()}"
    ran = project.run("print", "back", "--printer", uri)
    assert (ran.code, ran.out) == (1, "")
    assert f"error[printer-unreachable]: {uri} cannot be reached: connection refused" in ran.err
    assert "hint: check that it is switched on" in ran.err


# Wrong usage


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
def test_an_invalid_address_is_rejected(uri: str) -> None:
    problems = Problems()
    assert find_printer(uri, problems) is None
    assert only(problems.as_tuple()).code == "bad-printer-address"


def test_an_address_without_a_path_gets_the_usual_one() -> None:
    assert find("ipps://[::1]").address.uri == "ipps://[::1]/ipp/print"


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
def test_options_without_meaning_are_wrong_usage(
    project: SmallProject, exact: Running, options: list[str], message: str
) -> None:
    before = exact.jobs()
    ran = project.run("print", "back", "--printer", exact.uri, *options)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert exact.jobs() == before


def test_a_handout_with_errors_is_not_printed(project: SmallProject, exact: Running) -> None:
    before = exact.jobs()
    project.replace("content/handouts/back/en.md", "[@smith2020]", "[@smyth2020]")
    ran = project.run("print", "back", "--printer", exact.uri)
    assert (ran.code, ran.out) == (1, "")
    assert "error[unknown-reference]" in ran.err
    assert "not printed because it has errors: back (en)" in ran.err
    assert exact.jobs() == before


def test_print_release_rejects_a_draft(project: SmallProject, exact: Running) -> None:
    before = exact.jobs()
    ran = project.run("print", "back", "--release", "--printer", exact.uri)
    assert (ran.code, ran.out) == (1, "")
    assert "draft" in ran.err
    assert exact.jobs() == before
