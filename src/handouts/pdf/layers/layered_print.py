"""Prints of layers: a body that is written once, and the slots of one practice."""

import hashlib
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from handouts.model.document import Composed
from handouts.model.imposition import Side, impose
from handouts.model.required_texts import report_missing
from handouts.pdf.finish.preflight import check_accessibility
from handouts.pdf.layers.body_layer import BodyLayer, make_body_layer
from handouts.pdf.layers.holes import holes_in_place
from handouts.pdf.layers.painted_slots import PaintedSlots, SlotGroup
from handouts.pdf.layers.put_together import put_alone, put_together
from handouts.pdf.layers.slot_texts import remove_space
from handouts.pdf.layers.slot_traits import Traits, are_alike
from handouts.pdf.layout.bodies import Body
from handouts.pdf.layout.brand_colors import find_palette
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.layout.lay_out import OpenDocument
from handouts.pdf.layout.renderer import Pages
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.hidden_text import (
    find_plain_areas,
    find_required_pieces,
    find_seen_pieces,
    measure_gray,
)
from handouts.pdf.page_checks.painted_text import Area, PaintedText, Piece
from handouts.pdf.tags.structure_reader import read_structure
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.system.digests import digest

_BLOCKS: Final = 1_000_000  # more than a document has
_DARK: Final = 128  # of 255 steps of gray: what is seen in black and in this gray is seen in any darker color
_LIGHTEST: Final = "#808080"
_EDGE: Final = 1.0  # points
_NEAR: Final = 6.0  # points: more than text may stick out of a slot
_POINTS_PER_PIXEL: Final = 0.75


@dataclass(frozen=True, slots=True)
class WrittenBody:
    """A body that was written, its texts, the traits of its slots, and the problems on its pages.

    In `texts`, a number stands for the text of a slot, and in `pieces` a piece with the number of a figure. `key` says
    which body it is; `is_drawn_right` if no drawing is printed as a picture. The `settled` pieces can be seen whatever
    is printed within the slots of a practice, in any colors that are dark enough; so can the print codes in the
    `settled_slots`. The `clear` slots of a practice stand on white paper, with nothing painted over them.
    """

    key: str
    body: Body
    layer: BodyLayer
    sides: tuple[Side, ...]
    texts: tuple[str | int, ...]
    pieces: tuple[Piece, ...]
    traits: tuple[Traits | None, ...]
    problems: tuple[Problem, ...]
    is_drawn_right: bool
    settled: frozenset[Piece] = frozenset()
    settled_slots: frozenset[int] = frozenset()
    clear: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LayeredPrint:
    """The bytes of a PDF; `is_drawn_right` if no drawing is printed as a picture."""

    content: bytes
    is_drawn_right: bool


def list_groups(document: OpenDocument, start: Path | None) -> tuple[SlotGroup, ...]:
    """Return the groups of slots of a document; `start` is the start of the path of files that keep slots."""
    return tuple(SlotGroup(document, index, start) for index in range(len(document.slotted.groups)))


def write_body(
    composed: Composed,
    body: Body,
    pages: Pages,
    document: OpenDocument,
    groups: Sequence[SlotGroup],
    painting_problems: Problems,
) -> WrittenBody | None:
    """Write the body of pages that were laid out whole; None if it cannot be shared.

    The engine reports some problems of painting only once.
    """
    whole, problems = pages.document, Problems()
    sides = tuple(impose(composed.makeup, pages.names, pages.sizes))
    structure = read_structure(whole.pages, sides)
    check_accessibility(structure, whole.metadata.title, composed.language, problems)
    if problems or pages.missing_letters:
        return None
    with captured_log(painting_problems):
        layer = make_body_layer(composed, pages, body.spots, painting_problems)
    if layer is None or painting_problems:
        return None
    painted_slots = _paint(groups, body, layer)
    if painted_slots is None:
        return None
    with holes_in_place(whole, body.spots):
        painted = read_painted_text(whole, document.slots)
    traits = _merge_traits(painted_slots)
    key = hashlib.sha256(layer.content).hexdigest()
    texts = _read_texts(painted)
    is_drawn_right = not document.drawing_problems
    kept = replace(body, spots=())
    written = WrittenBody(key, kept, layer, sides, texts, painted.pieces, traits, pages.problems, is_drawn_right)
    areas = _find_areas(body, written.pieces, document.slotted.of_print)
    written = replace(written, clear=_find_clear(document, written, painted_slots, areas))
    return _settle(document, written, painted_slots, areas)


def _find_areas(body: Body, pieces: Sequence[Piece], of_print: Container[int]) -> tuple[Piece, ...]:
    """Return the pieces of the slots of a practice, with all of the room that a slot may take there."""
    return tuple(
        piece._replace(area=piece.area._replace(bottom=piece.area.top + height * _POINTS_PER_PIXEL))
        for piece in pieces
        if piece.figure is not None and piece.figure not in of_print
        for _, height in [_measure_room(body, piece.figure)]
    )


def _measure_room(body: Body, slot: int) -> tuple[float, float]:
    """Return the most width and height of a slot, in CSS pixels."""
    rooms = body.rooms[body.context][slot]
    return max(room.width for room in rooms), max(room.height for room in rooms)


def _find_clear(
    document: OpenDocument, body: WrittenBody, painted: Sequence[PaintedSlots], areas: Sequence[Piece]
) -> frozenset[int]:
    """Return the slots whose areas are white when they are empty, and black when they are black, and of no other slot.

    So they look the same when nothing else is on their pages.
    """
    slots = range(len(document.slots))
    inner = [piece._replace(area=_shrink(piece.area)) for piece in areas]
    others = _find_areas(body.body, body.pieces, ())
    clear = {
        piece.figure
        for piece in inner
        if piece.figure is not None
        and not any(_is_near(piece, other, 0) for other in others if other.figure != piece.figure)
    }
    empty = dict.fromkeys(slots, (0.0, 0.0))
    full = {slot: _measure_room(body.body, slot) for slot in slots}
    # What is painted there has a color of the practice, or one that is always the same.
    for sizes, step, color in ((empty, 255, "#000000"), (full, 0, _LIGHTEST)):
        layers = [one.layer.cover(sizes) for one in painted]
        pdf = put_together(body.layer, layers, _paint_all(document, color), document.metadata, None)
        plain = list(find_plain_areas(pdf, inner, body.sides, step))
        clear -= {piece.figure for piece in inner if piece.figure is not None and piece not in plain}
    return frozenset(clear)


def _paint_all(document: OpenDocument, color: str) -> list[str]:
    return [color] * len(find_palette(document.composed.sheets))


def _settle(
    document: OpenDocument, body: WrittenBody, painted: Sequence[PaintedSlots], areas: Sequence[Piece]
) -> WrittenBody:
    """Return a body with the pieces and print codes that can be seen in black and in the lightest of dark colors.

    They can be seen in any two colors between these, because what is seen with all colors the same has one of them.
    """
    required = find_required_pieces(PaintedText((), body.pieces, (), (), {}), document.composed.required)
    pieces = [piece for piece in required if not any(_is_near(piece, area, _NEAR) for area in areas)]
    of_print = [piece for piece in _put_slots_in(body.pieces, painted) if piece.figure in document.slotted.of_print]
    seen = frozenset((*pieces, *of_print))
    for color in ("#000000", _LIGHTEST):
        layers = [slots.layer for slots in painted]
        pdf = put_together(body.layer, layers, _paint_all(document, color), document.metadata, None)
        seen = find_seen_pieces(pdf, tuple(seen), body.sides)
    hidden = {piece.figure for piece in of_print if piece not in seen}
    settled = frozenset(piece for piece in seen if piece.figure is None)
    return replace(body, settled=settled, settled_slots=document.slotted.of_print - hidden)


def _is_near(piece: Piece, slot: Piece, distance: float) -> bool:
    """Return whether a piece is in the area of a slot, or so near, in points, that something there may cover it."""
    one, other = piece.area, slot.area
    is_beside = one.right < other.left - distance or one.left > other.right + distance
    return (
        piece.page == slot.page
        and not is_beside
        and other.top - distance <= one.bottom
        and (one.top <= other.bottom + distance)
    )


def _shrink(area: Area) -> Area:
    """Return an area without its edges, which may be smoothed."""
    return Area(area.left + _EDGE, area.top + _EDGE, area.right - _EDGE, area.bottom - _EDGE)


def print_layers(document: OpenDocument, body: WrittenBody, groups: Sequence[SlotGroup]) -> LayeredPrint | None:
    """Return a body with the slots of a document.

    None if they do not belong to it, or if anything in them has to be reported: only whole pages show where that is.
    """
    composed, metadata = document.composed, document.metadata
    painted = _paint(groups, body.body, body.layer)
    if not metadata.title or painted is None or not all(map(are_alike, _merge_traits(painted), body.traits)):
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
    is_settled = all(slots.is_inside for slots in painted) and all(measure_gray(one) <= _DARK for one in palette)
    keys = [digest([slots.key, palette], length=64) for slots in painted]
    known = {
        number for group, key in zip(groups, keys, strict=True) if group.has_seen(key) for number in group.group
    } & body.clear
    known |= body.settled_slots if is_settled else frozenset()
    pieces = tuple(_put_slots_in(body.pieces, painted))
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


def _put_slots_in(pieces: Sequence[Piece], painted: Sequence[PaintedSlots]) -> Iterator[Piece]:
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


def _paint(groups: Sequence[SlotGroup], body: Body, layer: BodyLayer) -> list[PaintedSlots] | None:
    painted = [slots.paint(body.context, body.blanks[slots.group], layer.uses) for slots in groups]
    found = [slots for slots in painted if slots is not None]
    return found if len(found) == len(painted) else None


def _merge_traits(painted: Sequence[PaintedSlots]) -> tuple[Traits | None, ...]:
    by_slot = zip(*(slots.traits for slots in painted), strict=True)
    return tuple(next((traits for traits in candidates if traits is not None), None) for candidates in by_slot)


def _read_texts(painted: PaintedText) -> tuple[str | int, ...]:
    """Return the texts of a body, margins last; a number stands for a slot."""
    texts: list[str | int] = []
    for piece in sorted(painted.pieces, key=lambda piece: piece.layer == "margin"):
        last = texts[-1] if texts else 0
        if piece.figure is not None:
            texts.append(piece.figure)
        elif isinstance(last, str):
            texts[-1] = last + remove_space(piece.text)
        else:
            texts.append(remove_space(piece.text))
    return tuple(texts)
