"""Whether a printer can do what a ticket wants, and the job attributes that say it (RFC 8011, 5.2; PWG 5100.7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from handouts.printing.capabilities import Abilities
from handouts.printing.ipp.message import Attribute, Tag
from handouts.printing.printer import Printer
from handouts.printing.ticket import Ticket
from handouts.problems.problem import Problem, did_you_mean, error, warning
from handouts.schema.print_terms import Ink, Paper, Sides

PDF: Final = "application/pdf"
_RASTERS: Final = frozenset({"image/pwg-raster", "image/urf"})
_MEDIA: Final[Mapping[Paper, str]] = {"letter": "na_letter_8.5x11in", "a4": "iso_a4_210x297mm"}  # PWG 5101.1
_SIZES: Final[Mapping[Paper, tuple[int, int]]] = {"letter": (21590, 27940), "a4": (21000, 29700)}  # 1/100 mm
_PAPER_NAMES: Final[Mapping[Paper, str]] = {"letter": "Letter", "a4": "A4"}
_COLOR_MODES: Final[Mapping[Ink, str]] = {"color": "color", "black": "monochrome"}
_COLLATED: Final = "separate-documents-collated-copies"
_UNKNOWN_SIDES: Final[frozenset[str]] = frozenset({"one-sided"})


@dataclass(frozen=True, slots=True)
class Fitting:
    """The attributes of a job, and what is wrong with it at this printer; with an error, it is not to be sent."""

    attributes: tuple[Attribute, ...]
    problems: tuple[Problem, ...]


def fitting(printer: Printer, can: Abilities, ticket: Ticket) -> Fitting:
    """Compare a ticket with what a printer can do."""
    sides, about_sides = _sides(printer, can, ticket)
    problems = (
        *_document(printer, can),
        *about_sides,
        *_paper(printer, can, ticket),
        *_copies(printer, can, ticket),
        *_look(printer, can, ticket),
    )
    return Fitting(tuple(_attributes(can, ticket, sides)), problems)


def paper_name(paper: Paper) -> str:
    """Give the name of a paper as people say it."""
    return _PAPER_NAMES[paper]


def may_scale(name: str) -> Problem:
    """Say that pages may come out in another size."""
    hint = "fold one sheet first: if the folds are beside the marks, set 100 % or actual size at the printer"
    return warning("printer-may-scale", f"{name} does not say whether it keeps the size of pages", None, hint)


def _document(printer: Printer, can: Abilities) -> Iterator[Problem]:
    if PDF in can.formats:
        return
    hint = "download the PDF, and print it from a program that knows this printer"
    if can.formats & _RASTERS:
        hint = (
            "add the printer in this computer's printer settings and use it by name: then CUPS turns pages into "
            f"pictures for it (`lpadmin -p NAME -E -m everywhere -v {printer.address.uri}`)"
        )
    yield error("printer-takes-no-pdf", f"{printer.name} does not take PDF files", None, hint)


def _sides(printer: Printer, can: Abilities, ticket: Ticket) -> tuple[Sides, tuple[Problem, ...]]:
    """Give the sides to print on: those of the ticket, or the usual ones as far as the printer can."""
    sides = ticket.sides or ticket.usual_sides
    if sides in (can.sides or _UNKNOWN_SIDES):
        return sides, ()
    message = f"{printer.name} does not print on both sides"
    if ticket.sides or ticket.folded:
        hint = "choose another printer; or --sides one-sided, and put the sheets in again for their other side"
        return sides, (error("no-duplex", message, None, hint if sides != "one-sided" else ""),)
    told = warning("printed-on-one-side", f"{message}: it is printed on one", None, "--sides one-sided says so")
    return "one-sided", (told,)


def _paper(printer: Printer, can: Abilities, ticket: Ticket) -> Iterator[Problem]:
    medium, name = _MEDIA[ticket.paper], paper_name(ticket.paper)
    other = "a4" if ticket.paper == "letter" else "letter"
    if can.media and medium not in can.media:
        yield error("wrong-paper", f"{printer.name} has no {name} paper", None, f"try --paper {other}")
    elif can.ready and medium not in can.ready:
        hint = f"put in {name} paper, or use --paper {other}"
        yield warning("paper-not-loaded", f"{printer.name} says that it has no {name} paper in it now", None, hint)
    if ticket.tray and ticket.tray not in can.trays:
        known = f"; it has: {', '.join(can.trays[:20])}" if can.trays else ": its trays cannot be chosen"
        message = f'{printer.name} has no tray "{ticket.tray}"{known}'
        yield error("no-such-tray", message, None, did_you_mean(ticket.tray, can.trays) or "leave out --tray")


def _copies(printer: Printer, can: Abilities, ticket: Ticket) -> Iterator[Problem]:
    if can.copies and ticket.copies > can.copies:
        message = f"{printer.name} makes at most {can.copies} copies at once, not {ticket.copies}"
        yield error("too-many-copies", message, None, f"print {can.copies} or fewer, several times")


def _look(printer: Printer, can: Abilities, ticket: Ticket) -> Iterator[Problem]:
    if ticket.ink == "color" and can.without_color:
        message = f"{printer.name} has no color: it prints gray"
        yield warning("printed-without-color", message, None, "--ink black is made for such printers")
    if ticket.folded and "none" not in can.scalings:
        yield may_scale(printer.name)


def _attributes(can: Abilities, ticket: Ticket, sides: Sides) -> Iterator[Attribute]:
    """Write the attributes that a printer knows: of others it could say no more than that it left them out."""
    if ticket.copies > 1 or can.copies:
        yield Attribute(Tag.INTEGER, "copies", (ticket.copies,))
    if ticket.copies > 1 and _COLLATED in can.handlings:
        yield Attribute(Tag.KEYWORD, "multiple-document-handling", (_COLLATED,))
    if sides in can.sides:
        yield Attribute(Tag.KEYWORD, "sides", (sides,))
    if ticket.tray:
        yield Attribute(Tag.COLLECTION, "media-col", (_from_tray(ticket),))
    elif can.media:
        yield Attribute(Tag.KEYWORD, "media", (_MEDIA[ticket.paper],))
    mode = _COLOR_MODES[ticket.ink]
    if mode in can.color_modes:
        yield Attribute(Tag.KEYWORD, "print-color-mode", (mode,))
    if "none" in can.scalings:
        yield Attribute(Tag.KEYWORD, "print-scaling", ("none",))


def _from_tray(ticket: Ticket) -> tuple[Attribute, ...]:
    width, height = _SIZES[ticket.paper]
    size = (Attribute(Tag.INTEGER, "x-dimension", (width,)), Attribute(Tag.INTEGER, "y-dimension", (height,)))
    return (
        Attribute(Tag.COLLECTION, "media-size", (size,)),
        Attribute(Tag.KEYWORD, "media-source", (ticket.tray,)),
    )
