"""A body that is written once for all practices, and what can be seen on it whatever they print."""

import hashlib
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Final

from handouts.model.document import Composed
from handouts.model.imposition import Side, impose
from handouts.pdf.finish.preflight import check_accessibility
from handouts.pdf.layers.body_layer import BodyLayer, make_body_layer
from handouts.pdf.layers.holes import holes_in_place
from handouts.pdf.layers.painted_groups import merge_traits, paint_groups, place_pieces
from handouts.pdf.layers.painted_slots import PaintedSlots, SlotGroup
from handouts.pdf.layers.put_together import put_together
from handouts.pdf.layers.slot_texts import remove_space
from handouts.pdf.layers.slot_traits import Traits
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
)
from handouts.pdf.page_checks.painted_text import Area, PaintedText, Piece
from handouts.pdf.tags.structure_reader import read_structure
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem

DARK: Final = 128
"""A step of gray, of 255: what is seen on a body in black and in this gray is seen in any color between them."""

_LIGHTEST: Final = "#808080"  # this gray
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
    painted_slots = paint_groups(groups, body, layer)
    if painted_slots is None:
        return None
    with holes_in_place(whole, body.spots):
        painted = read_painted_text(whole, document.slots)
    traits = merge_traits(painted_slots)
    key = hashlib.sha256(layer.content).hexdigest()
    texts = _read_texts(painted)
    is_drawn_right = not document.drawing_problems
    kept = replace(body, spots=())
    written = WrittenBody(key, kept, layer, sides, texts, painted.pieces, traits, pages.problems, is_drawn_right)
    areas = _find_areas(body, written.pieces, document.slotted.of_print)
    written = replace(written, clear=_find_clear(document, written, painted_slots, areas))
    return _settle(document, written, painted_slots, areas)


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
    of_print = [piece for piece in place_pieces(body.pieces, painted) if piece.figure in document.slotted.of_print]
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
