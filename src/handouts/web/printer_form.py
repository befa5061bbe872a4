"""The printers and print settings that the page offers, and those that a form chose."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, request

from handouts.problems.exceptions import HandoutsError
from handouts.schema.print_terms import Sides
from handouts.web.print_choice import NotOfferedError
from handouts.web.print_form import COOKIE_SECONDS, make_token
from handouts.web.printers import MAX_COPIES, ListedPrinter, PrinterList

_PRINTER_FIELD = "printer"  # of the form, and the name of the cookie that remembers the printer
_CLICK = re.compile("[0-9a-f]{16}")
_ONE_SIDE = "one"
_SIDES: Mapping[str, Sides | None] = {"both": None, _ONE_SIDE: "one-sided"}


class UnknownPrinterError(HandoutsError):
    """The form names a printer that this computer does not have."""


class CopiesError(HandoutsError):
    """The number of copies is not one that is offered."""


@dataclass(frozen=True, slots=True)
class PrinterOptions:
    """The offered printers and, for the chosen one, the settings as they were sent.

    `click` is the id of the next click on the print button: a click prints once, however often it is sent.
    """

    printers: tuple[ListedPrinter, ...]
    chosen: ListedPrinter | None
    copies: str
    one_side: bool
    tray: str
    click: str


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """The printer and the settings that a form chose."""

    printer: ListedPrinter
    copies: int
    sides: Sides | None
    tray: str


def read_printer_options(printers: PrinterList) -> PrinterOptions:
    """Return the options to offer; the chosen printer is that of the form, else the remembered or default one."""
    by_name = {printer.name: printer for printer in printers.printers}
    names = (request.values.get(_PRINTER_FIELD, ""), request.cookies.get(_PRINTER_FIELD, ""), *by_name)
    chosen = next((by_name[name] for name in names if name in by_name), None)
    return PrinterOptions(
        printers=tuple(by_name.values()),
        chosen=chosen,
        copies=request.values.get("copies", "1")[:3],
        one_side=chosen is not None and (not chosen.has_duplex or request.values.get("sides") == _ONE_SIDE),
        tray=request.values.get("tray", ""),
        click=make_token(),
    )


def read_printer(printers: PrinterList) -> ListedPrinter:
    """Return the printer of a form. Raises UnknownPrinterError if it is not a print queue of this computer."""
    name = request.form.get(_PRINTER_FIELD, "")
    printer_of_form = next((printer for printer in printers.printers if printer.name == name), None)
    if printer_of_form is None:
        raise UnknownPrinterError
    return printer_of_form


def read_printer_choice(printers: PrinterList) -> PrinterChoice:
    """Return the printer and settings of a form. Raises UnknownPrinterError, CopiesError and NotOfferedError."""
    printer = read_printer(printers)
    copies, sides = request.form.get("copies", "1"), request.form.get("sides", "both")
    tray = request.form.get("tray", "")
    if not re.fullmatch("[0-9]{1,2}", copies) or not 1 <= int(copies) <= MAX_COPIES:
        raise CopiesError
    if sides not in _SIDES or tray not in {"", *printer.trays}:
        raise NotOfferedError
    return PrinterChoice(printer, int(copies), _SIDES[sides], tray)


def read_click() -> str:
    """Return the id of the click that sent a form. Raises NotOfferedError if it has none."""
    return parse_click(request.form.get("click", ""))


def parse_click(text: str) -> str:
    """Return the id of a click. Raises NotOfferedError for any other text."""
    if not _CLICK.fullmatch(text):
        raise NotOfferedError
    return text


def remember_printer(response: Response, printer: ListedPrinter) -> Response:
    """Add the cookie that remembers the printer to a response."""
    response.set_cookie(_PRINTER_FIELD, printer.name, max_age=COOKIE_SECONDS, httponly=True, samesite="Strict")
    return response
