"""Measures the room that a body has for each slot: a slot that fits there changes nothing around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isclose
from typing import Any, Final
from xml.etree.ElementTree import Element

from handouts.pdf.layout.renderer import Pages
from handouts.pdf.layout.slot_boxes import Size, Spot, find_spots
from handouts.pdf.page_checks.forced_breaks import is_forced_break

_TOLERANCE: Final = 1e-6  # in CSS pixels


@dataclass(frozen=True, slots=True)
class Room:
    """The room for a slot in a body, in CSS pixels: its width and height; 0 x 0 if it is not displayed.

    If it is the last on a page whatever its size, its height is the most that fits there.
    """

    width: float
    height: float
    is_last: bool = False

    def holds(self, size: Size) -> bool:
        """Return whether the body would be laid out the same with a slot of this size."""
        width, height = size
        same_height = height <= self.height if self.is_last else isclose(height, self.height, abs_tol=_TOLERANCE)
        return isclose(width, self.width, abs_tol=_TOLERANCE) and same_height


def measure_rooms(pages: Pages, slots: Sequence[Element]) -> tuple[frozenset[Room], ...]:
    """Return the room for each slot on some pages; several if it is printed, or broken, at several places."""
    rooms: list[set[Room]] = [set() for _ in slots]
    for spot in find_spots(pages, slots):
        bottom = _find_bottom(pages, spot)
        box = spot.box
        height = box.border_height() if bottom is None else bottom - box.border_box_y()
        rooms[spot.slot].add(Room(box.border_width(), height, bottom is not None))
    return tuple(frozenset(places or {Room(0, 0)}) for places in rooms)


def _find_bottom(pages: Pages, spot: Spot) -> float | None:
    """Return how far down a slot can reach if nothing else depends on its height; None if something does.

    Nothing does if it is the last on its page, and this page and the next are begun anyway.
    """
    boxes = [page._page_box for page in pages.document.pages]  # noqa: SLF001 - no public way to the boxes
    page = boxes[spot.page]
    beside = [*boxes[max(spot.page - 1, 0) : spot.page + 2]]
    if not all(is_forced_break(before, after) for before, after in pairwise(beside)):
        return None
    bottom = page.content_box_y() + page.height
    around = _find_path(page.children[0], spot.parent)
    if not around or any(type(box).__name__ != "BlockBox" or box.is_column for box in around):
        return None
    for box, inner in zip(around, [*around[1:], spot.box], strict=True):
        if box.children[-1] is not inner:
            return None
        bottom -= box.padding_bottom + box.border_bottom_width
    return bottom if spot.box.border_box_y() + spot.box.border_height() <= bottom else None


def _find_path(box: Any, inner: Any) -> list[Any]:  # noqa: ANN401 - WeasyPrint has no types
    """Return the boxes from one to another that is the last in it, both included; nothing if it is not."""
    path = [box]
    while path[-1] is not inner:
        if not path[-1].children:
            return []
        path.append(path[-1].children[-1])
    return path
