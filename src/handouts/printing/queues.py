"""The printers that this machine knows: the queues of its CUPS, and printers by address."""

from dataclasses import dataclass
from typing import Final

from handouts.printing.ipp.address import (
    Address,
    NotAnAddressError,
    address_as_typed,
    address_of_cups,
    is_address,
)
from handouts.printing.ipp.message import GroupTag, Value
from handouts.printing.ipp.operations import NOT_FOUND, Operation, asked, texts, wanted
from handouts.printing.printer import Printer
from handouts.printing.refusal import RefusedError
from handouts.problems.problem import Problem, did_you_mean, error

_CUPS: Final = "CUPS, the print service of this computer,"
_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """The printers that this machine knows, the default one first, or why none can be told."""

    printers: tuple[Printer, ...]
    problems: tuple[Problem, ...] = ()


def printers() -> Known:
    """Ask CUPS for its queues; a machine without CUPS has none, and a problem says so."""
    try:
        cups = address_of_cups()
    except NotAnAddressError as wrong:
        problem = error("no-such-printer", f"CUPS_SERVER is no address: {wrong}", None, "unset it, or set HOST:PORT")
        return Known((), (problem,))
    try:
        return Known(_queues(cups))
    except RefusedError as refused:
        if refused.problem.code != "printer-unreachable":
            return Known((), (refused.problem,))
    hint = "add printers in the settings of this computer (Debian: package cups), or name one: --printer ipp://ADDRESS"
    return Known((), (error("no-printers", f"{_CUPS} does not run", None, hint),))


def printer_named(name: str) -> tuple[Printer | None, tuple[Problem, ...]]:
    """Find a printer by the name of its queue, or take its address."""
    if is_address(name):
        try:
            return Printer(name, address_as_typed(name)), ()
        except NotAnAddressError as wrong:
            hint = "such as ipp://192.0.2.7/ipp/print; the printer's settings name it"
            return None, (error("no-such-printer", f"{name} is no address of a printer: {wrong}", None, hint),)
    known = printers()
    if known.problems:
        return None, known.problems
    by_name = {printer.name: printer for printer in known.printers}
    found = by_name.get(name) or {other.casefold(): by_name[other] for other in by_name}.get(name.casefold())
    if found:
        return found, ()
    hint = did_you_mean(name, by_name) or "see `handouts list printers`, or name an address: ipp://HOST"
    return None, (error("no-such-printer", f'no printer "{name}"', None, hint),)


def _queues(cups: Address) -> tuple[Printer, ...]:
    service = Printer(_CUPS, cups)
    about = [wanted("printer-name", "printer-info", "printer-location")]
    # CUPS says "not found" where there are none.
    answer = asked(service, Operation.CUPS_GET_PRINTERS, about, expected=frozenset({NOT_FOUND}))
    default = asked(service, Operation.CUPS_GET_DEFAULT, [wanted("printer-name")], expected=frozenset({NOT_FOUND}))
    usual = _text(default.attributes(GroupTag.PRINTER), "printer-name")
    found = [
        Printer(name, cups.of_queue(name), _about(said, name), name == usual)
        for said in answer.each(GroupTag.PRINTER)
        if (name := _text(said, "printer-name"))
    ]
    return tuple(sorted(found[:_MOST], key=lambda printer: (not printer.is_default, printer.name)))


def _about(said: dict[str, tuple[Value, ...]], name: str) -> str:
    described = (_text(said, "printer-info"), _text(said, "printer-location"))
    return ", ".join(text for text in described if text and text != name)


def _text(said: dict[str, tuple[Value, ...]], name: str) -> str:
    return next(iter(texts(said.get(name, ()))), "")
