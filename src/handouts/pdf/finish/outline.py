"""The outline that viewers show beside the pages: in the order of reading, whatever side of a sheet a page is on."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import weasyprint

    from handouts.model.imposition import Side

Entry = tuple[str, tuple[int, float, float], list[Any], str]
"""A label, the number of the page and the place on it, the entries below, and whether it is open."""


def outline_of(document: "weasyprint.Document", sides: Sequence["Side"], scale: float) -> list[Entry]:
    """Give the outline of laid-out pages as WeasyPrint gives that of a document, with places on sides, in points.

    `scale` is points to the CSS pixel. What is on no side is left out, with all below it.
    """
    spots = {
        spot.page: (number, spot.x, spot.y, side.height) for number, side in enumerate(sides) for spot in side.placed
    }

    def moved(entries: Iterable[Entry]) -> list[Entry]:
        found: list[Entry] = []
        for label, (page, x, y), below, state in entries:
            if page in spots:
                number, left, top, height = spots[page]
                place = (number, (x + left) * scale, (height - y - top) * scale)
                found.append((label, place, moved(below), state))
        return found

    return moved(document.make_bookmark_tree())
