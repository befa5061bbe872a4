"""Prints of layers: a body that was written once, and the slots of one practice."""

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.model.document import Composed
from handouts.model.required_texts import report_missing
from handouts.pdf.layers.painted_groups import merge_traits, paint_groups, place_pieces
from handouts.pdf.layers.painted_slots import PaintedSlots, SlotGroup
from handouts.pdf.layers.put_together import put_alone, put_together
from handouts.pdf.layers.slot_texts import remove_space
from handouts.pdf.layers.slot_traits import are_alike
from handouts.pdf.layers.written_body import DARK, WrittenBody
from handouts.pdf.layout.brand_colors import find_palette
from handouts.pdf.layout.lay_out import OpenDocument
from handouts.pdf.page_checks.hidden_text import (
    find_required_pieces,
    find_seen_pieces,
    measure_gray,
)
from handouts.pdf.page_checks.painted_text import PaintedText
from handouts.problems.collector import Problems
from handouts.system.digests import digest


@dataclass(frozen=True, slots=True)
class LayeredPrint:
    """The bytes of a PDF; `is_drawn_right` if no drawing is printed as a picture."""

    content: bytes
    is_drawn_right: bool


def print_layers(document: OpenDocument, body: WrittenBody, groups: Sequence[SlotGroup]) -> LayeredPrint | None:
    """Return a body with the slots of a document.

    None if they do not belong to it, or if anything in them has to be reported: only whole pages show where that is.
    """
    composed, metadata = document.composed, document.metadata
    painted = paint_groups(groups, body.body, body.layer)
    if not metadata.title or painted is None or not all(map(are_alike, merge_traits(painted), body.traits)):
        return None
    texts = ["".join(parts) for parts in zip(*(slots.texts for slots in painted), strict=True)]
    printed = "".join(texts[part] if isinstance(part, int) else part for part in body.texts)
    problems = Problems()
    report_missing(composed.required, lambda text: remove_space(text) in printed, "pages", problems)
    if problems:
        return None
    palette = [color for color, *_ in find_palette(composed.sheets).values()]
    pdf = put_together(body.layer, [slots.layer for slots in painted], palette, metadata, composed.made_from)
    first, key = groups[0], digest([body.key, [slots.key for slots in painted], palette], length=64)
    if not first.has_seen(key):
        if not _is_all_seen(pdf, body, painted, groups, palette, composed):
            return None
        first.add_seen(key)
    for slots in groups:
        slots.keep()
    return LayeredPrint(pdf, body.is_drawn_right and all(slots.is_drawn_right for slots in painted))


def _is_all_seen(
    pdf: bytes,
    body: WrittenBody,
    painted: Sequence[PaintedSlots],
    groups: Sequence[SlotGroup],
    palette: Sequence[str],
    composed: Composed,
) -> bool:
    """Return whether all required text can be seen; looked at once for a body, its slots and the colors of a practice.

    Where slots are clear, what is in them is looked at once for all bodies. A print code is not looked at again: all
    are painted alike.
    """
    is_settled = all(slots.is_inside for slots in painted) and all(measure_gray(one) <= DARK for one in palette)
    keys = [digest([slots.key, palette], length=64) for slots in painted]
    known = {
        number for group, key in zip(groups, keys, strict=True) if group.has_seen(key) for number in group.group
    } & body.clear
    known |= body.settled_slots if is_settled else frozenset()
    pieces = tuple(place_pieces(body.pieces, painted))
    required = {
        piece
        for piece in find_required_pieces(PaintedText((), pieces, (), (), {}), composed.required)
        if piece.figure not in known and not (is_settled and piece in body.settled)
    }
    of_slots = {piece for piece in pieces if piece.figure is not None and any(map(_has_ink, piece.text))}
    unknown = {piece for piece in of_slots if piece.figure in body.clear - known}
    alone = {piece for piece in required | unknown if is_settled and piece.figure in body.clear}
    seen = find_seen_pieces(pdf, tuple((required | unknown) - alone), body.sides)
    if alone:
        slots = put_alone(body.layer, [one.layer for one in painted], palette)
        seen |= find_seen_pieces(slots, tuple(alone), body.sides)
    for group, key in zip(groups, keys, strict=True):
        if (
            is_settled
            and group.group <= body.clear
            and not any(piece.figure in group.group for piece in unknown - seen)
        ):
            group.add_seen(key)
    return required <= seen


def _has_ink(letter: str) -> bool:
    return letter.isprintable() and not letter.isspace()
