"""Reads what belongs to the whole document from slots: anchors, links, entries of the outline, levels of headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from weasyprint.anchors import gather_anchors

from handouts.pdf.finish.preflight import find_heading_levels
from handouts.pdf.layout.slot_boxes import SlotBoxes, is_close
from handouts.pdf.tags.structure_reader import read_part, unwrap

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


def are_alike(one: Traits | None, other: Traits | None) -> bool:
    """Return whether the same body can be used for both; positions are compared as those of boxes are."""
    if one is None or other is None:
        return one is other
    (levels, outline), (other_levels, other_outline) = one, other
    return (
        levels == other_levels
        and len(outline) == len(other_outline)
        and all(map(is_close, chain(*outline), chain(*other_outline)))
    )


def _find_traits(box: Any, anchors: Anchors) -> Traits:  # noqa: ANN401 - as above
    left, top = box.border_box_x(), box.border_box_y()
    outline = [(level, x - left, y - top, state) for level, _, (x, y), state in anchors.bookmarks]
    return tuple(find_heading_levels(read_part(box, "Div", ()).root)), tuple(outline)
