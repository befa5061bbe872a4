"""Job tickets: how to print a file, and whether a printer can do so (RFC 8011, 5.2; PWG 5100.7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handouts.printing.capabilities import Abilities
from handouts.printing.ipp.message import Attribute, Tag
from handouts.printing.media import SIZES, find_medium
from handouts.printing.printer import Printer
from handouts.printing.printer_errors import IPP, NOTHING_SENT
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.schema.print_terms import Ink, Paper, Sides

if TYPE_CHECKING:
    from handouts.model.edition import Edition

_FOLDING: Final = "docs/printing.md: sheets to fold are printed on both sides, at 100 %"

TAKES_NO_PDF: Final = Rule(
    "printer-takes-no-pdf",
    Severity.ERROR,
    title="a printer does not accept PDF files",
    why=NOTHING_SENT,
    source=IPP,
    message="{printer} does not accept PDF files",
    hint="download the PDF, and print it from a program that supports this printer",
)
NO_DUPLEX: Final = Rule(
    "no-duplex",
    Severity.ERROR,
    title="a printer cannot print on the sides that are needed",
    why="The sheets could not be folded.",
    source=_FOLDING,
    message="{printer} cannot print {sides}",
    hint="choose another printer; or use --sides one-sided, and put the sheets in again for the other side",
)
ONE_SIDE_ONLY: Final = Rule(
    "printed-on-one-side",
    Severity.WARNING,
    title="pages are printed on one side, because the printer cannot print on both",
    why="It takes twice the paper.",
    source=IPP,
    message="{printer} cannot print on both sides: it prints on one side",
    hint="use --sides one-sided to avoid this warning",
)
WRONG_PAPER: Final = Rule(
    "wrong-paper",
    Severity.ERROR,
    title="a printer does not support the paper",
    why="Pages would be cut or made smaller.",
    source=IPP,
    message="{printer} has no {paper} paper",
    hint="try --paper {other}",
)
PAPER_NOT_LOADED: Final = Rule(
    "paper-not-loaded",
    Severity.WARNING,
    title="a printer has other paper in it",
    why="It may stop.",
    source=IPP,
    message="{printer} reports that it has no {paper} paper in it now",
    hint="put in {paper} paper, or use --paper {other}",
)
NO_SUCH_TRAY: Final = Rule(
    "no-such-tray",
    Severity.ERROR,
    title="a printer has no tray with that name",
    why=NOTHING_SENT,
    source=IPP,
    message='{printer} has no tray "{tray}"; its trays are: {trays}',
    hint="leave out --tray",
)
TOO_MANY_COPIES: Final = Rule(
    "too-many-copies",
    Severity.ERROR,
    title="more copies than a printer makes at once",
    why=NOTHING_SENT,
    source=IPP,
    message="{printer} makes at most {limit} copies at once, not {copies}",
    hint="print {limit} or fewer copies, several times",
)
NO_COLOR: Final = Rule(
    "printed-without-color",
    Severity.WARNING,
    title="color is printed in gray",
    why="`--ink black` takes less toner.",
    source=IPP,
    message="{printer} has no color: it prints in gray",
    hint="--ink black is made for such printers",
)
MAY_SCALE: Final = Rule(
    "printer-may-scale",
    Severity.WARNING,
    title="a printer may change the size of pages",
    why="Folds would be beside their marks.",
    source=_FOLDING,
    message="{printer} does not say whether it keeps the size of pages",
    hint="fold one sheet first: if the folds are beside the marks, set 100 % or actual size at the printer",
)
RULES: Final = (
    TAKES_NO_PDF,
    NO_DUPLEX,
    ONE_SIDE_ONLY,
    WRONG_PAPER,
    PAPER_NOT_LOADED,
    NO_SUCH_TRAY,
    TOO_MANY_COPIES,
    NO_COLOR,
    MAY_SCALE,
)

PDF_TYPE: Final = "application/pdf"
_RASTER_TYPES: Final = frozenset({"image/pwg-raster", "image/urf"})
_PAPER_NAMES: Final[Mapping[Paper, str]] = {"letter": "Letter", "a4": "A4"}
_COLOR_MODES: Final[Mapping[Ink, str]] = {"color": "color", "black": "monochrome"}
_COLLATED: Final = "separate-documents-collated-copies"
_ASSUMED_SIDES: Final[frozenset[str]] = frozenset({"one-sided"})  # of a printer that reports none
_MAX_TRAYS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Ticket:
    """How to print a PDF, independent of the printer.

    `job_name` appears in queues, on panels and in the logs of printers, so it must never hold anything about a patient.
    Without `sides`, `default_sides` are used. `is_folded` means sheets to fold: they must be printed on both sides and
    keep their size.
    """

    job_name: str
    paper: Paper
    ink: Ink = "color"
    copies: int = 1
    sides: Sides | None = None
    tray: str = ""
    is_folded: bool = False

    @property
    def default_sides(self) -> Sides:
        """Both sides; sheets to fold flip on the short edge, because their pages are side by side."""
        return "two-sided-short-edge" if self.is_folded else "two-sided-long-edge"


def make_ticket(edition: "Edition", job_name: str, copies: int, sides: Sides | None, tray: str) -> Ticket:
    """Return the ticket for an edition; `job_name` as in Ticket."""
    return Ticket(job_name, edition.paper, edition.ink, copies, sides, tray, edition.makeup.folded)


def fit_ticket(printer: Printer, abilities: Abilities, ticket: Ticket, problems: Problems) -> tuple[Attribute, ...]:
    """Return the job attributes for a ticket, and report what the printer cannot do."""
    _check_document_format(printer, abilities, problems)
    sides = _choose_sides(printer, abilities, ticket, problems)
    _check_paper(printer, abilities, ticket, problems)
    _check_tray(printer, abilities, ticket, problems)
    if abilities.max_copies and ticket.copies > abilities.max_copies:
        limit = abilities.max_copies
        problems.add(TOO_MANY_COPIES.at(None, printer=printer.name, limit=limit, copies=ticket.copies))
    if ticket.ink == "color" and abilities.is_monochrome:
        problems.add(NO_COLOR.at(None, printer=printer.name))
    if ticket.is_folded and "none" not in abilities.scaling_modes:
        problems.add(MAY_SCALE.at(None, printer=printer.name))
    return tuple(_make_job_attributes(abilities, ticket, sides))


def get_paper_name(paper: Paper) -> str:
    """Return the name of a paper size for people: Letter or A4."""
    return _PAPER_NAMES[paper]


def _check_document_format(printer: Printer, abilities: Abilities, problems: Problems) -> None:
    if PDF_TYPE in abilities.document_formats:
        return
    hint = None
    if abilities.document_formats & _RASTER_TYPES:
        hint = (
            "add the printer in this computer's printer settings and use it by name: then CUPS turns pages into "
            f"pictures for it (`lpadmin -p NAME -E -m everywhere -v {printer.address.uri}`)"
        )
    problems.add(TAKES_NO_PDF.at(None, hint=hint, printer=printer.name))


def _choose_sides(printer: Printer, abilities: Abilities, ticket: Ticket, problems: Problems) -> Sides:
    """Return the sides to print on: those of the ticket, or the default ones if the printer supports them."""
    sides = ticket.sides or ticket.default_sides
    if sides in (abilities.sides or _ASSUMED_SIDES):
        return sides
    if sides == "one-sided":
        problems.add(NO_DUPLEX.at(None, hint="choose another printer", printer=printer.name, sides="on one side"))
        return sides
    if ticket.sides or ticket.is_folded:
        problems.add(NO_DUPLEX.at(None, printer=printer.name, sides="on both sides"))
        return sides
    problems.add(ONE_SIDE_ONLY.at(None, printer=printer.name))
    return "one-sided"


def _check_paper(printer: Printer, abilities: Abilities, ticket: Ticket, problems: Problems) -> None:
    names = {"paper": get_paper_name(ticket.paper), "other": "a4" if ticket.paper == "letter" else "letter"}
    if abilities.media and find_medium(ticket.paper, abilities.media) is None:
        problems.add(WRONG_PAPER.at(None, printer=printer.name, **names))
    elif abilities.loaded_media and find_medium(ticket.paper, abilities.loaded_media) is None:
        problems.add(PAPER_NOT_LOADED.at(None, printer=printer.name, **names))


def _check_tray(printer: Printer, abilities: Abilities, ticket: Ticket, problems: Problems) -> None:
    if ticket.tray and ticket.tray not in abilities.trays:
        trays = ", ".join(abilities.trays[:_MAX_TRAYS_SHOWN]) or "none that can be chosen"
        hint = did_you_mean(ticket.tray, abilities.trays) or None
        problems.add(NO_SUCH_TRAY.at(None, hint=hint, printer=printer.name, tray=ticket.tray, trays=trays))


def _make_job_attributes(abilities: Abilities, ticket: Ticket, sides: Sides) -> Iterator[Attribute]:
    """Yield the attributes that a printer supports: others, it would only report as ignored."""
    if ticket.copies > 1 or abilities.max_copies:
        yield Attribute(Tag.INTEGER, "copies", (ticket.copies,))
    if ticket.copies > 1 and _COLLATED in abilities.document_handlings:
        yield Attribute(Tag.KEYWORD, "multiple-document-handling", (_COLLATED,))
    if sides in abilities.sides:
        yield Attribute(Tag.KEYWORD, "sides", (sides,))
    if ticket.tray:
        yield Attribute(Tag.COLLECTION, "media-col", (_make_tray_with_size(ticket),))
    elif medium := find_medium(ticket.paper, abilities.media):
        yield Attribute(Tag.KEYWORD, "media", (medium,))
    color_mode = _COLOR_MODES[ticket.ink]
    if color_mode in abilities.color_modes:
        yield Attribute(Tag.KEYWORD, "print-color-mode", (color_mode,))
    if "none" in abilities.scaling_modes:
        yield Attribute(Tag.KEYWORD, "print-scaling", ("none",))


def _make_tray_with_size(ticket: Ticket) -> tuple[Attribute, ...]:
    width, height = SIZES[ticket.paper]
    size = (Attribute(Tag.INTEGER, "x-dimension", (width,)), Attribute(Tag.INTEGER, "y-dimension", (height,)))
    return (
        Attribute(Tag.COLLECTION, "media-size", (size,)),
        Attribute(Tag.KEYWORD, "media-source", (ticket.tray,)),
    )
