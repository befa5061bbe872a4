"""Print jobs: submits a PDF to a printer, and watches the job until it is printing or something prevents that."""

import time
from dataclasses import dataclass, replace
from typing import Final, Literal

from handouts.printing.capabilities import query_abilities, query_state
from handouts.printing.ipp.message import Attribute, GroupTag, Message, Tag, select_integers, select_texts
from handouts.printing.printer import (
    NOT_FOUND,
    NOT_POSSIBLE,
    Operation,
    Printer,
    make_requested_attributes,
    name_attribute,
    perform,
)
from handouts.printing.printer_errors import IPP, LOOK_FIRST, REFUSES_JOBS, UNREACHABLE, PrinterError
from handouts.printing.printer_state import report_hindrances
from handouts.printing.ticket import MAY_SCALE, PDF_TYPE, Ticket, fit_ticket, get_paper_name
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

JOB_CHANGED: Final = Rule(
    "job-changed",
    Severity.ERROR,
    title="a printer would ignore something that it claims to support",
    why="It would not print what was requested. Nothing was sent.",
    source=IPP,
    message='{printer} would ignore "{attribute}", although it claims to support it',
    hint="choose another printer, or print without it",
)
JOB_UNCONFIRMED: Final = Rule(
    "job-unconfirmed",
    Severity.ERROR,
    title="a printer does not confirm a job",
    why="Nobody can say whether it prints it.",
    source=IPP,
    message="{printer} did not confirm the job",
    hint=LOOK_FIRST,
)
JOB_HELD: Final = Rule(
    "job-held",
    Severity.WARNING,
    title="a printer holds a job back",
    why="It is printed once somebody releases it.",
    source=IPP,
    message="{printer} holds job {number} back",
    hint="release it at the printer's panel",
)
JOB_ENDED: Final = Rule(
    "job-ended",
    Severity.ERROR,
    title="a job was canceled or aborted, or its printer met errors",
    why="Some pages may be missing.",
    source=IPP,
    message="{printer} {ending} job {number}: {reasons}",
    hint=LOOK_FIRST,
)
RULES: Final = (JOB_CHANGED, JOB_UNCONFIRMED, JOB_HELD, JOB_ENDED)

Progress = Literal["waiting", "printing", "printed", "ended"]

PATIENCE: Final = 10.0  # seconds
# If a printer ignored one of these, its print would differ from the requested one.
_ESSENTIAL: Final = frozenset({"copies", "media", "media-col", "sides"})
# States of a job (RFC 8011, 5.3.7).
_HELD, _STOPPED, _COMPLETED = 4, 6, 9
_PROGRESS: Final[dict[int, Progress]] = {5: "printing", 7: "ended", 8: "ended", 9: "printed"}
_ENDINGS: Final = {7: "canceled", 8: "aborted"}
_FINAL_STATES: Final = frozenset({_HELD, _COMPLETED, *_ENDINGS})
_WITH_ERRORS: Final = "job-completed-with-errors"  # RFC 8011, 5.3.8
# Seconds of undisturbed printing after which a job is left to the printer. CUPS takes a while to notice that a printer
# is offline.
_UNDISTURBED: Final = 2.0
_UNDISTURBED_IN_QUEUE: Final = 6.0
_POLL_INTERVAL: Final = 0.2  # seconds
_CONNECTING: Final = "connecting-to-device"  # reported by CUPS until the printer answers


@dataclass(frozen=True, slots=True)
class PrintedJob:
    """A job that a printer accepted: its number at the printer, and its progress when it was last seen."""

    number: int
    progress: Progress


def print_pdf(
    printer: Printer, pdf: bytes, ticket: Ticket, problems: Problems, *, patience: float = PATIENCE
) -> PrintedJob | None:
    """Submit a file and watch the job for at most `patience` seconds; return None if the printer did not accept it.

    If there are errors and a job, the printer has the job: unless it ended, it is printed once the cause is removed.
    """
    number = submit_pdf(printer, pdf, ticket, problems)
    if number is None:
        return None
    return watch_job(printer, number, get_paper_name(ticket.paper), patience, problems)


def submit_pdf(printer: Printer, pdf: bytes, ticket: Ticket, problems: Problems) -> int | None:
    """Submit a file to a printer and return the number of the job, or None if the printer did not accept it."""
    own_problems = Problems()
    try:
        return _submit(printer, pdf, ticket, own_problems)
    except PrinterError as error:
        own_problems.add(error.problem)
        return None
    finally:
        problems.extend(own_problems)


def watch_job(printer: Printer, number: int, paper: str, patience: float, problems: Problems) -> PrintedJob:
    """Poll a job until it is final, is printing undisturbed or is hindered, or until `patience` seconds have passed.

    `paper` is the name of the paper for the report.
    """
    start = time.monotonic()
    undisturbed_since = start
    while True:
        try:
            job_state, reasons = _query_job(printer, number)
            state = query_state(printer)
        except PrinterError as error:
            problems.add(error.problem)
            return PrintedJob(number, "waiting")
        job = PrintedJob(number, _find_progress(job_state, reasons))
        if job_state in _FINAL_STATES:
            _report_final_state(printer, number, job_state, reasons, problems)
            return job
        hindrances = Problems()
        is_stopped = state.is_stopped or job_state == _STOPPED
        report_hindrances(printer.name, replace(state, is_stopped=is_stopped), paper, hindrances)
        if hindrances.has_errors:
            problems.extend(hindrances)
            return PrintedJob(number, "waiting")
        now = time.monotonic()
        is_connecting = _CONNECTING in state.reasons
        if is_connecting or job.progress != "printing":
            undisturbed_since = now
        if now - start > patience:
            problems.extend(hindrances)
            if is_connecting:
                problems.add(UNREACHABLE.at(None, printer=printer.name, cause="no response"))
            return job
        if now - undisturbed_since > (_UNDISTURBED_IN_QUEUE if state.is_queue else _UNDISTURBED):
            problems.extend(hindrances)
            return job
        time.sleep(_POLL_INTERVAL)


def check_job(printer: Printer, number: int, paper: str, problems: Problems) -> PrintedJob:
    """Look at a job once; report what hinders it. `paper` is the name of the paper for the report."""
    try:
        job_state, reasons = _query_job(printer, number)
        if job_state in _FINAL_STATES:
            _report_final_state(printer, number, job_state, reasons, problems)
        else:
            state = query_state(printer)
            is_stopped = state.is_stopped or job_state == _STOPPED
            report_hindrances(printer.name, replace(state, is_stopped=is_stopped), paper, problems)
    except PrinterError as error:
        problems.add(error.problem)
        return PrintedJob(number, "waiting")
    return PrintedJob(number, _find_progress(job_state, reasons))


def cancel_job(printer: Printer, number: int) -> bool:
    """Cancel a job; return whether the printer canceled it before it was printed. Raises PrinterError."""
    attributes = (Attribute(Tag.INTEGER, "job-id", (number,)),)
    too_late = frozenset({NOT_FOUND, NOT_POSSIBLE})
    response = perform(printer, Operation.CANCEL_JOB, attributes, accepted=too_late)
    return response.code not in too_late


def _submit(printer: Printer, pdf: bytes, ticket: Ticket, problems: Problems) -> int | None:
    """Submit the file unless something is wrong. Raises PrinterError if the printer does not answer or rejects it."""
    abilities = query_abilities(printer)
    if not abilities.state.accepts_jobs:
        raise PrinterError(REFUSES_JOBS.at(None, printer=printer.name))
    if abilities.state.is_stopped:
        report_hindrances(printer.name, abilities.state, get_paper_name(ticket.paper), problems)
        return None
    job_attributes = fit_ticket(printer, abilities, ticket, problems)
    if problems.has_errors:
        return None
    operation_attributes = (
        name_attribute("job-name", ticket.job_name),
        Attribute(Tag.MIME_TYPE, "document-format", (PDF_TYPE,)),
    )
    # Validated without the document first, so that a rejection comes before a long file is sent.
    validation = perform(printer, Operation.VALIDATE_JOB, operation_attributes, job_attributes)
    ignored = Problems()
    _report_ignored(printer, validation, ignored)
    problems.extend(ignored)
    if ignored.has_errors:
        return None
    response = perform(printer, Operation.PRINT_JOB, operation_attributes, job_attributes, pdf)
    numbers = select_integers(response.get_first_group(GroupTag.JOB).get("job-id", ()))
    if not numbers:
        raise PrinterError(JOB_UNCONFIRMED.at(None, printer=printer.name))
    return numbers[0]


def _report_ignored(printer: Printer, response: Message, problems: Problems) -> None:
    """Report the job attributes that a printer says it would ignore or change."""
    ignored = response.get_first_group(GroupTag.UNSUPPORTED)
    for attribute in sorted(_ESSENTIAL & ignored.keys()):
        problems.add(JOB_CHANGED.at(None, printer=printer.name, attribute=attribute))
    if "print-scaling" in ignored:
        problems.add(MAY_SCALE.at(None, printer=printer.name))


def _find_progress(job_state: int, reasons: str) -> Progress:
    if job_state == _COMPLETED and _WITH_ERRORS in reasons:
        return "ended"
    return _PROGRESS.get(job_state, "waiting")


def _query_job(printer: Printer, number: int) -> tuple[int, str]:
    """Return the state of a job and the reasons for it. Raises PrinterError if the printer does not answer."""
    attributes = (
        Attribute(Tag.INTEGER, "job-id", (number,)),
        make_requested_attributes("job-state", "job-state-reasons"),
    )
    response = perform(printer, Operation.GET_JOB_ATTRIBUTES, attributes, accepted=frozenset({NOT_FOUND}))
    if response.code == NOT_FOUND:  # some printers forget a job as soon as it is completed
        return _COMPLETED, ""
    values = response.get_first_group(GroupTag.JOB)
    reasons = (reason for reason in select_texts(values.get("job-state-reasons", ())) if reason != "none")
    return next(iter(select_integers(values.get("job-state", ()))), 0), ", ".join(reasons)


def _report_final_state(printer: Printer, number: int, job_state: int, reasons: str, problems: Problems) -> None:
    """Report a job that was held, canceled, aborted or printed with errors."""
    if job_state == _HELD:
        problems.add(JOB_HELD.at(None, printer=printer.name, number=number))
    elif job_state in _ENDINGS or _WITH_ERRORS in reasons:
        shown = reasons[:200] or "no reason given"
        ending = _ENDINGS.get(job_state, "completed")
        problems.add(JOB_ENDED.at(None, printer=printer.name, ending=ending, number=number, reasons=shown))
