"""How a file is to be printed, whatever the printer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.schema.print_terms import Ink, Paper, Sides

if TYPE_CHECKING:
    from handouts.model.edition import Edition


@dataclass(frozen=True, slots=True)
class Ticket:
    """What to do with a PDF.

    `name` is what the job is called in queues, on panels and in the logs of printers: never anything about a patient.
    Sides not given are the usual ones. Sheets to fold, `folded`, have to come out in their size and on both sides.
    """

    name: str
    paper: Paper
    ink: Ink = "color"
    copies: int = 1
    sides: Sides | None = None
    tray: str = ""
    folded: bool = False

    @property
    def usual_sides(self) -> Sides:
        """Both sides; sheets to fold are turned over their short edge, for their pages lie side by side on them."""
        return "two-sided-short-edge" if self.folded else "two-sided-long-edge"


def ticket_for(edition: "Edition", name: str, copies: int = 1, sides: Sides | None = None, tray: str = "") -> Ticket:
    """Write the ticket of an edition; `name` is that of the job, as in Ticket."""
    return Ticket(name, edition.paper, edition.ink, copies, sides, tray, edition.makeup.folded)
