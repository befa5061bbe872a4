"""Prints of layers: a body that is written once, and the slots of one practice."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from handouts.model.document import Composed
from handouts.model.imposition import Side, impose
from handouts.model.required_texts import report_missing
from handouts.pdf.finish.preflight import check_accessibility
from handouts.pdf.layers.body_layer import BodyLayer, make_body_layer
from handouts.pdf.layers.holes import holes_in_place
from handouts.pdf.layers.painted_slots import PaintedSlots, SlotGroup, remove_space
from handouts.pdf.layers.put_together import put_together
from handouts.pdf.layers.slot_layer import Traits
from handouts.pdf.layout.bodies import Body
from handouts.pdf.layout.brand_colors import find_palette
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.layout.lay_out import OpenDocument
from handouts.pdf.layout.renderer import Pages
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.hidden_text import check_hidden_text, find_required_pieces, find_same_pieces
from handouts.pdf.page_checks.painted_text import Area, PaintedText, Piece
from handouts.pdf.tags.structure_reader import read_structure
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.system.digests import digest

_BLOCKS: Final = 1_000_000  # more than a document has


@dataclass(frozen=True, slots=True)
class WrittenBody:
    """A body that was written, its texts, the traits of its slots, and the problems on its pages.

    In `texts`, a number stands for the text of a slot, and in `pieces` a piece with the number of a figure. `key` says
    which body it is; `is_drawn_right` if no drawing is printed as a picture. The `settled` pieces can be seen whatever
    the slots and colors of a practice are.
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
    of_practice = {spot.page + 1 for spot in body.spots if spot.slot not in document.slotted.of_print}
    return replace(written, settled=_find_settled(document, written, painted_slots, of_practice))


def _find_settled(
    document: OpenDocument, body: WrittenBody, painted: Sequence[PaintedSlots], of_practice: Collection[int]
) -> frozenset[Piece]:
    """Return the pieces of a body that look the same with all colors black and all white, so with any others.

    None that are on the pages `of_practice`, whose slots may cover them.
    """
    composed = document.composed
    count = len(find_palette(composed.sheets))
    dark, light = (
        put_together(body.layer, [slots.layer for slots in painted], [color] * count, document.metadata, None)
        for color in ("#000000", "#ffffff")
    )
    required = find_required_pieces(PaintedText((), body.pieces, (), (), {}), composed.required)
    pieces = tuple(piece for piece in required if piece.page not in of_practice)
    alike = tuple(find_same_pieces(dark, light, pieces, body.sides))
    hidden = Problems()
    check_hidden_text(dark, alike, body.sides, hidden)
    return frozenset(alike if not hidden else ())


def print_layers(document: OpenDocument, body: WrittenBody, groups: Sequence[SlotGroup]) -> LayeredPrint | None:
    """Return a body with the slots of a document.

    None if they do not belong to it, or if anything in them has to be reported: only whole pages show where that is.
    """
    composed, metadata = document.composed, document.metadata
    painted = _paint(groups, body.body, body.layer)
    if not metadata.title or painted is None or _merge_traits(painted) != body.traits:
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
        if not _is_all_seen(pdf, body, painted, composed):
            return None
        first.add_seen(key)
    for slots in groups:
        slots.keep()
    return LayeredPrint(pdf, body.is_drawn_right and all(slots.is_drawn_right for slots in painted))


def _is_all_seen(pdf: bytes, body: WrittenBody, painted: Sequence[PaintedSlots], composed: Composed) -> bool:
    """Return whether all required text can be seen; looked at once for a body, its slots and the colors of a practice.

    A print code is not looked at again: all are painted alike.
    """
    problems = Problems()
    pieces = tuple(_put_slots_in(body.pieces, painted))
    required = find_required_pieces(PaintedText((), pieces, (), (), {}), composed.required)
    check_hidden_text(pdf, [piece for piece in required if piece not in body.settled], body.sides, problems)
    return not problems


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
            yield replace(inner, page=piece.page, area=moved, layer=piece.layer, block=block)


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
