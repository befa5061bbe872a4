"""Reads what belongs to the whole document from slots: anchors, links, entries of the outline, levels of headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from weasyprint.anchors import gather_anchors

from handouts.pdf.finish.preflight import find_heading_levels
from handouts.pdf.layout.slot_boxes import SlotBoxes
from handouts.pdf.tags.structure_reader import read_part, unwrap

_DIGITS: Final = 3  # of lengths in CSS pixels that are compared

Traits = tuple[tuple[int, ...], tuple[tuple[int, float, float, str], ...]]
"""The levels of the headings in a slot, and its entries in the outline: level, position, and whether it is open."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchors, links and bookmarks in a box, as WeasyPrint has them.

    A bookmark is its level, label, position, and whether it is open.
    """

    names: Mapping[str, Any]
    links: Sequence[Any]
    bookmarks: Sequence[Any]

    @property
    def titles(self) -> tuple[str, ...]:
        """The labels of the bookmarks."""
        return tuple(label for _, label, *_ in self.bookmarks)


def read_anchors(box: Any) -> Anchors:  # noqa: ANN401 - WeasyPrint has no types
    """Return the anchors in a box."""
    names: dict[str, Any] = {}
    links: list[Any] = []
    bookmarks: list[Any] = []
    gather_anchors(box, names, links, bookmarks, {None: []})
    return Anchors(names, links, bookmarks)


def read_all_anchors(slots: SlotBoxes) -> tuple[Anchors | None, ...]:
    """Return the anchors in each slot; None for one that is not displayed."""
    return tuple(read_anchors(unwrap(box)) if box is not None else None for box in slots.boxes)


def find_traits(slots: SlotBoxes, anchors: Sequence[Anchors | None]) -> tuple[Traits | None, ...]:
    """Return what else a body depends on, apart from the room for its slots: levels of headings, and the outline."""
    pairs = zip(slots.boxes, anchors, strict=True)
    return tuple(_find_traits(unwrap(box), of_slot) if of_slot else None for box, of_slot in pairs)


def _find_traits(box: Any, anchors: Anchors) -> Traits:  # noqa: ANN401 - as above
    left, top = box.border_box_x(), box.border_box_y()
    outline = [
        (level, round(x - left, _DIGITS), round(y - top, _DIGITS), state)
        for level, _, (x, y), state in anchors.bookmarks
    ]
    return tuple(find_heading_levels(read_part(box, "Div", ()).root)), tuple(outline)
