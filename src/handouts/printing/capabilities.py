"""Queries the abilities and the state of a printer (RFC 8011, 5.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from handouts.printing.ipp.message import GroupTag, Range, Value, Values, select_integers, select_texts
from handouts.printing.printer import Operation, Printer, make_requested_attributes, perform

_STOPPED: Final = 5
_CUPS_ONLY: Final = "printer-type"
_STATE_ATTRIBUTES: Final = (
    "printer-state",
    "printer-state-message",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    _CUPS_ONLY,
)
_ALL_ATTRIBUTES: Final = (
    *_STATE_ATTRIBUTES,
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
class PrinterState:
    """The state of a printer: `reasons` are IPP keywords, `message` is their text in English.

    `is_queue` means a print queue of CUPS, which knows the state of its printer only while it sends a job there.
    """

    is_stopped: bool
    reasons: tuple[str, ...]
    message: str
    accepts_jobs: bool
    is_queue: bool


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a printer supports, as IPP keywords. Fields that it does not report are empty, and `max_copies` is 0."""

    state: PrinterState
    document_formats: frozenset[str]
    sides: frozenset[str]
    media: frozenset[str]
    loaded_media: tuple[str, ...]
    trays: tuple[str, ...]
    color_modes: frozenset[str]
    scaling_modes: frozenset[str]
    document_handlings: frozenset[str]
    max_copies: int
    is_monochrome: bool


def query_abilities(printer: Printer) -> Abilities:
    """Return what a printer supports and its state. Raises PrinterError if it does not answer."""
    response = perform(printer, Operation.GET_PRINTER_ATTRIBUTES, [make_requested_attributes(*_ALL_ATTRIBUTES)])
    values = response.get_first_group(GroupTag.PRINTER)

    def supported(name: str) -> tuple[str, ...]:
        return select_texts(values.get(f"{name}-supported", ()))

    return Abilities(
        state=_read_state(values),
        document_formats=frozenset(name.lower() for name in supported("document-format")),
        sides=frozenset(supported("sides")),
        media=frozenset(supported("media")),
        # CUPS reports its default paper here, not the paper in the printer.
        loaded_media=() if _CUPS_ONLY in values else select_texts(values.get("media-ready", ())),
        trays=supported("media-source") if "media-source" in supported("media-col") else (),
        color_modes=frozenset(supported("print-color-mode")),
        scaling_modes=frozenset(supported("print-scaling")),
        document_handlings=frozenset(supported("multiple-document-handling")),
        max_copies=_find_upper_limit(values.get("copies-supported", ())),
        is_monochrome=values.get("color-supported") == (False,),
    )


def query_state(printer: Printer) -> PrinterState:
    """Return the state of a printer. Raises PrinterError if it does not answer."""
    response = perform(printer, Operation.GET_PRINTER_ATTRIBUTES, [make_requested_attributes(*_STATE_ATTRIBUTES)])
    return _read_state(response.get_first_group(GroupTag.PRINTER))


def _read_state(values: Values) -> PrinterState:
    return PrinterState(
        is_stopped=select_integers(values.get("printer-state", ())) == (_STOPPED,),
        reasons=tuple(reason for reason in select_texts(values.get("printer-state-reasons", ())) if reason != "none"),
        message=" ".join(select_texts(values.get("printer-state-message", ()))),
        accepts_jobs=values.get("printer-is-accepting-jobs") != (False,),
        is_queue=_CUPS_ONLY in values,
    )


def _find_upper_limit(values: Iterable[Value]) -> int:
    """Return the largest of some integers and ranges, or 0."""
    return max(
        (value.high if isinstance(value, Range) else value for value in values if isinstance(value, int | Range)),
        default=0,
    )
