"""Imposition: the position of each laid-out page on the sides of sheets.

Panels of folded sheets are laid out as separate pages, named by CSS: cover, flap, inside (three), back. All lengths are
in CSS pixels, 96 to the inch; a position is that of a page's top left corner, from the top left of its side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from handouts.model.document import Makeup
from handouts.schema.print_terms import UNFOLDED, Imposition, Paper

INCH: Final = 96.0
MM: Final = INCH / 25.4

_PAPERS: Final[Mapping[Paper, tuple[float, float]]] = {
    "letter": (8.5 * INCH, 11 * INCH),
    "a4": (210 * MM, 297 * MM),
}
# Half-letter and A5. A5 is half a millimeter narrower than half an A4.
_HALVES: Final[Mapping[Paper, tuple[float, float]]] = {
    "letter": (5.5 * INCH, 8.5 * INCH),
    "a4": (148 * MM, 210 * MM),
}
# The panel that is folded in is narrower, otherwise it would buckle (thoughtco.com, C-folds; paper.fedrigoni.com).
_C_FOLD: Final[Mapping[Paper, tuple[float, float]]] = {
    "letter": (3.6875 * INCH, 3.625 * INCH),
    "a4": (100 * MM, 97 * MM),
}
_PANELS_INSIDE: Final = 3
_PAGES_A_SHEET: Final = 4
# Outside and inside of the sheet, from left to right, with the index among panels of the same name. When closed, both
# folds show the cover in front and the back behind. A zigzag shows both faces of its right third, so its back panel is
# on the inside of the sheet.
_PANELS: Final[Mapping[Imposition, tuple[tuple[tuple[str, int], ...], ...]]] = {
    "c-fold": (
        (("flap", 0), ("back", 0), ("cover", 0)),
        (("inside", 0), ("inside", 1), ("inside", 2)),
    ),
    "z-fold": (
        (("inside", 1), ("inside", 2), ("cover", 0)),
        (("flap", 0), ("inside", 0), ("back", 0)),
    ),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A laid-out page, counted from 0, and the position of its top left corner."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: its size, the pages on it, and the distances of its folds from its left edge."""

    width: float
    height: float
    placed: tuple[Placed, ...]
    folds: tuple[float, ...] = ()


def write_page_rules(makeup: Makeup) -> str:
    """Return CSS that sets the sizes of the pages to be laid out, and their bleed."""
    return _write_size_rules(makeup) + ("@page { bleed: 10pt }\n" if makeup.press else "")


def _write_size_rules(makeup: Makeup) -> str:
    if makeup.imposition in UNFOLDED:
        return _write_size_rule("", *_PAPERS[makeup.paper])
    if makeup.imposition == "saddle-stitch":
        return _write_size_rule("", *_HALVES[makeup.paper])
    wide, narrow = _get_panel_widths(makeup)
    height = _PAPERS[makeup.paper][0]
    # The third panel inside is the back of the flap.
    return (
        _write_size_rule("", wide, height)
        + _write_size_rule(" flap", narrow, height)
        + _write_size_rule(" :nth(3 of inside)", narrow, height)
    )


def _write_size_rule(pages: str, width: float, height: float) -> str:
    return f"@page{pages} {{ size: {width / INCH:.6g}in {height / INCH:.6g}in }}\n"


def _get_panel_widths(makeup: Makeup) -> tuple[float, float]:
    """Return the widths of the panels and of the one that is folded in."""
    if makeup.imposition == "c-fold":
        return _C_FOLD[makeup.paper]
    third = _PAPERS[makeup.paper][1] / 3
    return third, third


def count_panels(makeup: Makeup) -> Mapping[str, int]:
    """Return the number of panels for pages of each name, "" for a side without folds; {} if any number is allowed."""
    if makeup.imposition in {"c-fold", "z-fold"}:
        return {"cover": 1, "flap": 1, "inside": _PANELS_INSIDE, "back": 1}
    return {"": 1} if makeup.imposition == "one-side" else {}


def get_side_size(makeup: Makeup) -> tuple[float, float]:
    """Return the width and height of the sides of a file; for leaflets as single pages, those of the wider panels."""
    width, height = _PAPERS[makeup.paper]
    if makeup.imposition in UNFOLDED:
        return width, height
    if makeup.imposed:
        return height, width
    return _HALVES[makeup.paper] if makeup.imposition == "saddle-stitch" else (_get_panel_widths(makeup)[0], width)


def get_page_width(makeup: Makeup) -> float:
    """Return the width of the narrowest page that is laid out."""
    if makeup.imposition in UNFOLDED:
        return _PAPERS[makeup.paper][0]
    return _HALVES[makeup.paper][0] if makeup.imposition == "saddle-stitch" else min(_get_panel_widths(makeup))


def count_missing_pages(makeup: Makeup, names: Sequence[str]) -> int:
    """Return how many pages for notes are needed to fill the last sheet, given the names of the laid-out pages."""
    if makeup.imposition == "saddle-stitch":
        return -len(names) % _PAGES_A_SHEET
    if makeup.imposition in UNFOLDED:
        return 0
    return max(0, _PANELS_INSIDE - sum(name == "inside" for name in names))


def impose(makeup: Makeup, names: Sequence[str], sizes: Sequence[tuple[float, float]]) -> tuple[Side, ...]:
    """Place laid-out pages with these names and sizes on the sides of sheets.

    Raises ValueError if there are more pages of a name than the folded sheet has panels for.
    """
    if makeup.imposition in UNFOLDED or not makeup.imposed:
        return tuple(Side(*size, (Placed(page, 0, 0),)) for page, size in enumerate(sizes))
    booklet = makeup.imposition == "saddle-stitch"
    sides = _impose_booklet(makeup.paper, len(names)) if booklet else _impose_leaflet(makeup, names)
    return tuple(_mirror(side, sizes) for side in sides) if makeup.is_mirrored else sides


def _mirror(side: Side, sizes: Sequence[tuple[float, float]]) -> Side:
    """Return a side with its pages in the order of languages that are written from right to left."""
    placed = tuple(replace(page, x=side.width - page.x - sizes[page.page][0]) for page in side.placed)
    return replace(side, placed=placed, folds=tuple(side.width - fold for fold in reversed(side.folds)))


def _impose_booklet(paper: Paper, count: int) -> tuple[Side, ...]:
    """Put two pages on each side so that the nested sheets read in order; pages at the end may be missing."""
    height, width = _PAPERS[paper]
    page_width = _HALVES[paper][0]
    spine = width / 2
    total = count + -count % _PAGES_A_SHEET
    sides = []
    for front in range(0, total // 2, 2):
        for left, right in ((total - 1 - front, front), (front + 1, total - 2 - front)):
            places = (Placed(left, spine - page_width, 0), Placed(right, spine, 0))
            sides.append(Side(width, height, tuple(place for place in places if place.page < count), (spine,)))
    return tuple(sides)


def _impose_leaflet(makeup: Makeup, names: Sequence[str]) -> tuple[Side, ...]:
    """Put each page on the panel of its name; the outside of the sheet comes first.

    Raises ValueError if there are too many pages of a name.
    """
    pages = {name: [page for page, other in enumerate(names) if other == name] for name in dict.fromkeys(names)}
    if any(len(numbers) > count_panels(makeup).get(name, 0) for name, numbers in pages.items()):
        raise ValueError("there are more panels than a sheet has")
    wide, narrow = _get_panel_widths(makeup)
    height, width = _PAPERS[makeup.paper]
    sides = []
    for panels, widths in zip(_PANELS[makeup.imposition], ((narrow, wide, wide), (wide, wide, narrow)), strict=True):
        *edges, _ = accumulate(widths, initial=0.0)
        placed = tuple(
            Placed(page, x, 0)
            for (name, index), x in zip(panels, edges, strict=True)
            for page in pages.get(name, [])[index : index + 1]
        )
        sides.append(Side(width, height, placed, tuple(edges[1:])))
    return tuple(sides)
