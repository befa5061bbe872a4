"""What a printer can do, by what it says of itself (RFC 8011, 5.4), and how it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from handouts.printing.ipp.message import GroupTag, Range, Value
from handouts.printing.ipp.operations import Operation, asked, numbers, texts, wanted
from handouts.printing.printer import Printer

STOPPED: Final = 5
_OF_CUPS: Final = "printer-type"
_CONDITION: Final = (
    "printer-state",
    "printer-state-message",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    _OF_CUPS,
)
_WANTED: Final = (
    *_CONDITION,
    "color-supported",
    "copies-supported",
    "document-format-supported",
    "media-col-supported",
    "media-ready",
    "media-source-supported",
    "media-supported",
    "multiple-document-handling-supported",
    "print-color-mode-supported",
    "print-scaling-supported",
    "sides-supported",
)


@dataclass(frozen=True, slots=True)
class Condition:
    """How a printer is; `reasons` are the keywords that it gives for it, `message` says it in English.

    A queue of CUPS is `queued`: how the printer is, it knows only while it sends a job there.
    """

    stopped: bool
    reasons: tuple[str, ...]
    message: str
    accepts_jobs: bool
    queued: bool


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a printer can do; what it says nothing about is empty, and `copies` 0."""

    condition: Condition
    formats: frozenset[str]
    sides: frozenset[str]
    media: frozenset[str]
    ready: tuple[str, ...]
    trays: tuple[str, ...]
    color_modes: frozenset[str]
    scalings: frozenset[str]
    handlings: frozenset[str]
    copies: int
    without_color: bool


def abilities(printer: Printer) -> Abilities:
    """Ask a printer what it can do; raise RefusedError if it does not answer."""
    answer = asked(printer, Operation.GET_PRINTER_ATTRIBUTES, [wanted(*_WANTED)])
    said = answer.attributes(GroupTag.PRINTER)

    def words(name: str) -> tuple[str, ...]:
        return texts(said.get(f"{name}-supported", ()))

    return Abilities(
        _condition(said),
        frozenset(kind.lower() for kind in words("document-format")),
        frozenset(words("sides")),
        frozenset(words("media")),
        # CUPS tells its default paper for what is in the printer.
        () if _OF_CUPS in said else texts(said.get("media-ready", ())),
        words("media-source") if "media-source" in words("media-col") else (),
        frozenset(words("print-color-mode")),
        frozenset(words("print-scaling")),
        frozenset(words("multiple-document-handling")),
        _most(said.get("copies-supported", ())),
        said.get("color-supported") == (False,),
    )


def condition(printer: Printer) -> Condition:
    """Ask a printer how it is; raise RefusedError if it does not answer."""
    answer = asked(printer, Operation.GET_PRINTER_ATTRIBUTES, [wanted(*_CONDITION)])
    return _condition(answer.attributes(GroupTag.PRINTER))


def _condition(said: dict[str, tuple[Value, ...]]) -> Condition:
    reasons = tuple(reason for reason in texts(said.get("printer-state-reasons", ())) if reason != "none")
    stopped = numbers(said.get("printer-state", ())) == (STOPPED,)
    message = " ".join(texts(said.get("printer-state-message", ())))
    accepts_jobs = said.get("printer-is-accepting-jobs") != (False,)
    return Condition(stopped, reasons, message, accepts_jobs, _OF_CUPS in said)


def _most(values: Iterable[Value]) -> int:
    return max(
        (value.high if isinstance(value, Range) else value for value in values if isinstance(value, int | Range)),
        default=0,
    )
