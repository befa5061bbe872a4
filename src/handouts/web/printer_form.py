"""Offered: the printers as the page offers them, and what was chosen of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, request

from handouts.problems.exceptions import HandoutsError
from handouts.schema.print_terms import Sides
from handouts.web.catalog_routes import YEAR, new_visit
from handouts.web.print_choice import NotChosenError
from handouts.web.printers import MOST_COPIES, Equipped, Printers

_PRINTER = "printer"
_CLICK = re.compile("[0-9a-f]{16}")
_ONE_SIDE = "one"
_SIDES: Mapping[str, Sides | None] = {"both": None, _ONE_SIDE: "one-sided"}


class NoPrinterError(HandoutsError):
    """A printer was named that this machine does not know."""


class CopiesError(HandoutsError):
    """The number of copies is none that is offered."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The printers, the one that is chosen, and how it is to print; `click` is that of the next press of Print."""

    printers: tuple[Equipped, ...]
    chosen: Equipped | None
    copies: str
    one_side: bool
    tray: str
    click: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a print is to be printed, and on which printer."""

    printer: Equipped
    copies: int
    sides: Sides | None
    tray: str


def offered(printers: Printers) -> Offered:
    """Offer the printers; the one chosen is that of the form, or the one used before, or the machine's default."""
    known = printers.known
    by_name = {one.name: one for one in known}
    names = (request.form.get(_PRINTER, ""), request.cookies.get(_PRINTER, ""))
    chosen = next((by_name[name] for name in names if name in by_name), known[0] if known else None)
    copies = request.form.get("copies", "1")[:3]
    one_side = chosen is not None and (not chosen.both_sides or request.form.get("sides") == _ONE_SIDE)
    return Offered(known, chosen, copies, one_side, request.form.get("tray", ""), new_visit())


def named(printers: Printers) -> Equipped:
    """Give the printer of a form. Raise NoPrinterError for a name that is not that of a queue of this machine."""
    name = request.form.get(_PRINTER, "")
    found = next((one for one in printers.known if one.name == name), None)
    if found is None:
        raise NoPrinterError
    return found


def wanted(printers: Printers) -> Wanted:
    """Read how a form is to be printed. Raise NoPrinterError, CopiesError or NotChosenError."""
    printer = named(printers)
    copies, sides = request.form.get("copies", "1"), request.form.get("sides", "both")
    tray = request.form.get("tray", "")
    if not re.fullmatch("[0-9]{1,2}", copies) or not 1 <= int(copies) <= MOST_COPIES:
        raise CopiesError
    if sides not in _SIDES or tray not in {"", *printer.trays}:
        raise NotChosenError
    return Wanted(printer, int(copies), _SIDES[sides], tray)


def click_of_form() -> str:
    """Give the name of the click that a form was sent with. Raise NotChosenError if it has none."""
    return click_named(request.form.get("click", ""))


def click_named(text: str) -> str:
    """Take the name of a click. Raise NotChosenError if it cannot be one."""
    if not _CLICK.fullmatch(text):
        raise NotChosenError
    return text


def remember(response: Response, printer: Equipped) -> Response:
    """Have the browser remember the printer."""
    response.set_cookie(_PRINTER, printer.name, max_age=YEAR, httponly=True, samesite="Strict")
    return response
