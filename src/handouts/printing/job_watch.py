"""A job watched until it is on its way to paper, or something hinders it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from handouts.printing.capabilities import condition
from handouts.printing.ipp.message import Attribute, GroupTag, Tag
from handouts.printing.ipp.operations import NOT_FOUND, Operation, asked, numbers, texts, wanted
from handouts.printing.printer import Printer
from handouts.printing.printer_state import hindrances
from handouts.printing.refusal import LOOK, RefusedError, unreachable
from handouts.problems.problem import Problem, error, has_errors, warning

Progress = Literal["waiting", "printing", "printed", "ended"]

# States of a job (RFC 8011, 5.3.7).
_HELD, _STOPPED, _DONE = 4, 6, 9
_STATES: Final[dict[int, Progress]] = {5: "printing", 7: "ended", 8: "ended", 9: "printed"}
_ENDED: Final = {7: "canceled", 8: "gave up"}
_FINAL: Final = frozenset({_HELD, _DONE, *_ENDED})
# Seconds of printing without trouble; CUPS needs some to find that a printer is away.
_SETTLED: Final = 2.0
_SETTLED_QUEUE: Final = 6.0
_PAUSE: Final = 0.2  # seconds between two looks
_CONNECTING: Final = "connecting-to-device"  # CUPS says so until the printer answers


@dataclass(frozen=True, slots=True)
class PrintedJob:
    """A job that a printer took: its number there, and how far it was when we last looked."""

    number: int
    progress: Progress


def watched(printer: Printer, number: int, paper: str, patience: float) -> tuple[PrintedJob, tuple[Problem, ...]]:
    """Look at a job until it is done, is being printed undisturbed, or something hinders it, or time is up."""
    start = time.monotonic()
    undisturbed_since = start
    while True:
        try:
            state, reasons = _state(printer, number)
            now_is = condition(printer)
        except RefusedError as refused:
            return PrintedJob(number, "waiting"), (refused.problem,)
        job = PrintedJob(number, _STATES.get(state, "waiting"))
        if state in _FINAL:
            return job, tuple(_about(printer, number, state, reasons))
        trouble = tuple(hindrances(printer.name, replace(now_is, stopped=now_is.stopped or state == _STOPPED), paper))
        if has_errors(trouble):
            return PrintedJob(number, "waiting"), trouble
        now = time.monotonic()
        connecting = _CONNECTING in now_is.reasons
        if connecting or job.progress != "printing":
            undisturbed_since = now
        if now - start > patience:
            return job, (*trouble, unreachable(printer.name, "it does not answer")) if connecting else trouble
        if now - undisturbed_since > (_SETTLED_QUEUE if now_is.queued else _SETTLED):
            return job, trouble
        time.sleep(_PAUSE)


def _state(printer: Printer, number: int) -> tuple[int, str]:
    """Ask for the state of a job and the reasons for it; raise RefusedError if the printer does not answer."""
    about = (Attribute(Tag.INTEGER, "job-id", (number,)), wanted("job-state", "job-state-reasons"))
    answer = asked(printer, Operation.GET_JOB_ATTRIBUTES, about, expected=frozenset({NOT_FOUND}))
    if answer.code == NOT_FOUND:  # some forget a job as soon as it is done
        return _DONE, ""
    said = answer.attributes(GroupTag.JOB)
    reasons = (reason for reason in texts(said.get("job-state-reasons", ())) if reason != "none")
    return next(iter(numbers(said.get("job-state", ()))), 0), ", ".join(reasons)


def _about(printer: Printer, number: int, state: int, reasons: str) -> Iterator[Problem]:
    """Say what people have to know of a job that goes no further by itself."""
    if state == _HELD:
        yield warning("job-held", f"{printer.name} holds job {number} back", None, "release it at the printer's panel")
    elif state in _ENDED:
        message = f"{printer.name} {_ENDED[state]} job {number}: {reasons[:200] or 'it does not say why'}"
        yield error("job-ended", message, None, LOOK)
