"""A PDF handed to a printer that can print it as its ticket says."""

from collections.abc import Iterator
from typing import Final

from handouts.printing.capabilities import abilities
from handouts.printing.ipp.message import Attribute, GroupTag, Message, Tag
from handouts.printing.ipp.operations import Operation, asked, name_attribute, numbers
from handouts.printing.job_attributes import PDF, fitting, may_scale, paper_name
from handouts.printing.job_watch import PrintedJob, watched
from handouts.printing.printer import Printer
from handouts.printing.printer_state import hindrances
from handouts.printing.refusal import LOOK, RefusedError, not_accepting
from handouts.printing.ticket import Ticket
from handouts.problems.problem import Problem, error, has_errors

PATIENCE: Final = 10.0
_DECISIVE: Final = frozenset({"copies", "media", "media-col", "sides"})


def print_pdf(
    printer: Printer, pdf: bytes, ticket: Ticket, patience: float = PATIENCE
) -> tuple[PrintedJob | None, tuple[Problem, ...]]:
    """Print a file, and watch it for at most so many seconds; without a job, the printer did not take it.

    With an error beside the job, the printer has it; unless it ended, it is printed once that is put right.
    """
    number, problems = hand_over(printer, pdf, ticket)
    if number is None:
        return None, problems
    job, late = watched(printer, number, paper_name(ticket.paper), patience)
    return job, (*problems, *late)


def hand_over(printer: Printer, pdf: bytes, ticket: Ticket) -> tuple[int | None, tuple[Problem, ...]]:
    """Send a file to a printer and give the number of its job there, or None if it is not taken."""
    problems: list[Problem] = []
    try:
        number = _handed_over(printer, pdf, ticket, problems)
    except RefusedError as refused:
        problems.append(refused.problem)
        number = None
    return number, tuple(problems)


def _handed_over(printer: Printer, pdf: bytes, ticket: Ticket, problems: list[Problem]) -> int | None:
    """Send the file if all is well, and give the number of its job; raise RefusedError if the printer refuses."""
    can = abilities(printer)
    if not can.condition.accepts_jobs:
        raise RefusedError(not_accepting(printer.name))
    if can.condition.stopped:
        problems.extend(hindrances(printer.name, can.condition, paper_name(ticket.paper)))
        return None
    fit = fitting(printer, can, ticket)
    problems.extend(fit.problems)
    if has_errors(problems):
        return None
    about = (name_attribute("job-name", ticket.name), Attribute(Tag.MIME_TYPE, "document-format", (PDF,)))
    # Asked first without the document: a refusal comes before a long file is on its way.
    tried = asked(printer, Operation.VALIDATE_JOB, about, fit.attributes)
    problems.extend(_left_out(printer, tried))
    if has_errors(problems):
        return None
    taken = asked(printer, Operation.PRINT_JOB, about, fit.attributes, pdf)
    found = numbers(taken.attributes(GroupTag.JOB).get("job-id", ()))
    if not found:
        raise RefusedError(error("job-refused", f"{printer.name} does not say that it took the job", None, LOOK))
    return found[0]


def _left_out(printer: Printer, answer: Message) -> Iterator[Problem]:
    """Tell of what a printer says that it would leave out of a job or change."""
    left_out = answer.attributes(GroupTag.UNSUPPORTED)
    for name in sorted(_DECISIVE & left_out.keys()):
        message = f'{printer.name} would not heed "{name}", though it lists it'
        yield error("job-changed", message, None, "choose another printer, or print without it")
    if "print-scaling" in left_out:
        yield may_scale(printer.name)
