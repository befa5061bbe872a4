"""Imposition: which laid-out page goes where on which side of which sheet.

Panels of folded sheets are laid out as pages of their own, named by CSS: cover, flap, inside (three), back. All lengths
are CSS pixels, 96 to the inch; places are those of a page's top left corner, from the top left of its side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from handouts.model.document import Makeup
from handouts.schema.print_terms import Imposition, Paper

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
# The panel that is folded in is narrower, or it would buckle (thoughtco.com, C-folds; paper.fedrigoni.com).
_C_FOLD: Final[Mapping[Paper, tuple[float, float]]] = {
    "letter": (3.6875 * INCH, 3.625 * INCH),
    "a4": (100 * MM, 97 * MM),
}
_PANELS_INSIDE: Final = 3
_PAGES_A_SHEET: Final = 4
# Outside and inside of the sheet, from left to right; with more panels of a name, which of them. Closed, both have the
# cover in front and the back behind. A zigzag has the faces of its right third outside, so its back is on the inside.
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
    """A laid-out page, counted from 0, and where its top left corner goes."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: its size, the pages on it, and where it is folded, from its left edge."""

    width: float
    height: float
    placed: tuple[Placed, ...]
    folds: tuple[float, ...] = ()


def page_rules(makeup: Makeup) -> str:
    """Write the sizes of the pages to be laid out, and how far color runs over their edges, as CSS."""
    return _sizes(makeup) + ("@page { bleed: 10pt }\n" if makeup.press else "")


def _sizes(makeup: Makeup) -> str:
    if makeup.imposition == "pages":
        return _size("", *_PAPERS[makeup.paper])
    if makeup.imposition == "saddle-stitch":
        return _size("", *_HALVES[makeup.paper])
    wide, narrow = _panels(makeup)
    height = _PAPERS[makeup.paper][0]
    # The third panel inside is the other face of the flap.
    return _size("", wide, height) + _size(" flap", narrow, height) + _size(" :nth(3 of inside)", narrow, height)


def _size(which: str, width: float, height: float) -> str:
    return f"@page{which} {{ size: {width / INCH:.6g}in {height / INCH:.6g}in }}\n"


def _panels(makeup: Makeup) -> tuple[float, float]:
    """Give the widths of the panels and of that which is folded in."""
    if makeup.imposition == "c-fold":
        return _C_FOLD[makeup.paper]
    third = _PAPERS[makeup.paper][1] / 3
    return third, third


def room(makeup: Makeup) -> Mapping[str, int]:
    """Give how many pages of each name there is room for; {} where there may be any number."""
    if makeup.imposition in {"c-fold", "z-fold"}:
        return {"cover": 1, "flap": 1, "inside": _PANELS_INSIDE, "back": 1}
    return {}


def side_size(makeup: Makeup) -> tuple[float, float]:
    """Give the width and height of the sides of a file; of leaflets in single pages, those of the wider panels."""
    width, height = _PAPERS[makeup.paper]
    if makeup.imposition == "pages":
        return width, height
    if makeup.imposed:
        return height, width
    return _HALVES[makeup.paper] if makeup.imposition == "saddle-stitch" else (_panels(makeup)[0], width)


def pages_lacking(makeup: Makeup, names: Sequence[str]) -> int:
    """Give how many pages for notes fill the last sheet, for laid-out pages of these names."""
    if makeup.imposition == "saddle-stitch":
        return -len(names) % _PAGES_A_SHEET
    if makeup.imposition == "pages":
        return 0
    return max(0, _PANELS_INSIDE - sum(name == "inside" for name in names))


def impose(makeup: Makeup, names: Sequence[str], sizes: Sequence[tuple[float, float]]) -> tuple[Side, ...]:
    """Place laid-out pages of these names and sizes on the sides of sheets.

    Raise ValueError for a folded sheet with more pages of a name than there is room for.
    """
    if makeup.imposition == "pages" or not makeup.imposed:
        return tuple(Side(*size, (Placed(page, 0, 0),)) for page, size in enumerate(sizes))
    if makeup.imposition == "saddle-stitch":
        return _saddle_stitch(makeup.paper, len(names))
    return _folded(makeup, names)


def _saddle_stitch(paper: Paper, count: int) -> tuple[Side, ...]:
    """Put two pages on a side so that the sheets, folded into each other, read in order; the last may lack pages."""
    height, width = _PAPERS[paper]
    page_width = _HALVES[paper][0]
    spine = width / 2
    whole = count + -count % _PAGES_A_SHEET
    sides = []
    for front in range(0, whole // 2, 2):
        for left, right in ((whole - 1 - front, front), (front + 1, whole - 2 - front)):
            places = (Placed(left, spine - page_width, 0), Placed(right, spine, 0))
            sides.append(Side(width, height, tuple(place for place in places if place.page < count), (spine,)))
    return tuple(sides)


def _folded(makeup: Makeup, names: Sequence[str]) -> tuple[Side, ...]:
    """Put each page on the panel of its name, the outside first."""
    pages = {name: [page for page, other in enumerate(names) if other == name] for name in dict.fromkeys(names)}
    if any(len(found) > room(makeup).get(name, 0) for name, found in pages.items()):
        raise ValueError("there are more panels than a sheet has")
    wide, narrow = _panels(makeup)
    height, width = _PAPERS[makeup.paper]
    sides = []
    for panels, widths in zip(_PANELS[makeup.imposition], ((narrow, wide, wide), (wide, wide, narrow)), strict=True):
        *edges, _ = accumulate(widths, initial=0.0)
        placed = tuple(
            Placed(page, x, 0)
            for (name, which), x in zip(panels, edges, strict=True)
            for page in pages.get(name, [])[which : which + 1]
        )
        sides.append(Side(width, height, placed, tuple(edges[1:])))
    return tuple(sides)
