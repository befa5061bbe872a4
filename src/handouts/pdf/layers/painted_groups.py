"""All groups of the slots of a document: painted, and put in the places that a body has for them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from handouts.pdf.layers.body_layer import BodyLayer
from handouts.pdf.layers.painted_slots import PaintedSlots, SlotGroup
from handouts.pdf.layers.slot_traits import Traits
from handouts.pdf.layout.bodies import Body
from handouts.pdf.layout.lay_out import OpenDocument
from handouts.pdf.page_checks.painted_text import Area, Piece

_BLOCKS: Final = 1_000_000  # more than a document has


def list_groups(document: OpenDocument, start: Path | None) -> tuple[SlotGroup, ...]:
    """Return the groups of slots of a document; `start` is the start of the path of files that keep slots."""
    return tuple(SlotGroup(document, index, start) for index in range(len(document.slotted.groups)))


def paint_groups(groups: Sequence[SlotGroup], body: Body, layer: BodyLayer) -> list[PaintedSlots] | None:
    """Return the groups painted as a body uses them; None if one cannot be shared, or anything has to be reported."""
    painted = [slots.paint(body.context, body.blanks[slots.group], layer.uses) for slots in groups]
    found = [slots for slots in painted if slots is not None]
    return found if len(found) == len(painted) else None


def merge_traits(painted: Sequence[PaintedSlots]) -> tuple[Traits | None, ...]:
    """Return the traits of each slot, from the group that it is in."""
    by_slot = zip(*(slots.traits for slots in painted), strict=True)
    return tuple(next((traits for traits in candidates if traits is not None), None) for candidates in by_slot)


def place_pieces(pieces: Sequence[Piece], painted: Sequence[PaintedSlots]) -> Iterator[Piece]:
    """Yield the pieces of a body, and in place of its slots the pieces of these."""
    for piece in pieces:
        if piece.figure is None:
            yield piece
            continue
        for inner in (inner for slots in painted for inner in slots.pieces if inner.figure == piece.figure):
            area = inner.area
            moved = Area(
                area.left + piece.area.left,
                area.top + piece.area.top,
                area.right + piece.area.left,
                area.bottom + piece.area.top,
            )
            block = inner.block + (piece.figure + 1) * _BLOCKS
            yield inner._replace(page=piece.page, area=moved, layer=piece.layer, block=block)
