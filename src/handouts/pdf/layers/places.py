"""Finds where the slots are printed on the pages of a body: each has left a hole there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pydyf

from handouts.model.imposition import Side
from handouts.pdf.layers.holes import Hole, get_hole
from handouts.pdf.layers.slot_layer import Use
from handouts.pdf.tags.node import Gap, Node
from handouts.pdf.tags.structure_reader import Structure

_POINTS_PER_PIXEL: Final = 0.75


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slot is printed: the object numbers of its page and of its structure parent, and its top left corner.

    The corner is in points from the bottom left of the page.
    """

    name: str
    use: Use
    page: int
    parent: int
    left: float
    top: float


def find_places(
    pdf: pydyf.PDF, holes: Sequence[Hole], sides: Sequence[Side], structure: Structure
) -> tuple[Place, ...] | None:
    """Return the place of each hole; None if one slot is tagged twice."""
    parents = _find_parents(structure.root)
    kinds = {hole: kind for box, kind in structure.artifacts.items() if (hole := get_hole(box))}
    spots = {spot.page: (number, side, spot) for number, side in enumerate(sides) for spot in side.placed}
    places: list[Place] = []
    for hole in holes:
        number, side, spot = spots[hole.page]
        use = Use(hole.slot, kinds[hole], is_artifact=True) if hole in kinds else Use(hole.slot, parents[hole])
        if not use.is_artifact and any(place.use.slot == hole.slot and not place.use.is_artifact for place in places):
            return None
        left = (spot.x + hole.left) * _POINTS_PER_PIXEL
        top = (side.height - spot.y - hole.top) * _POINTS_PER_PIXEL
        page = int(pdf.page_references[number].split()[0])
        places.append(Place(hole.name, use, page, 0 if use.is_artifact else hole.parent.number, left, top))
    return tuple(places)


def _find_parents(root: Node) -> dict[Hole, str]:
    """Return the type of the structure element that each hole is in."""
    found: dict[Hole, str] = {}
    for kid in root.kids:
        if isinstance(kid, Node):
            found |= _find_parents(kid)
        elif isinstance(kid, Gap):
            hole = get_hole(kid.box)
            if hole is not None:
                found[hole] = root.type
    return found
