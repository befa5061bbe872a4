"""Prints of layers: a body that is written once, and the slots of one practice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts.model.document import Composed
from handouts.model.imposition import impose
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
from handouts.pdf.page_checks.painted_text import PaintedText
from handouts.pdf.tags.structure_reader import read_structure
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem


@dataclass(frozen=True, slots=True)
class WrittenBody:
    """A body that was written, its texts, the traits of its slots, and the problems on its pages.

    In `texts`, a number stands for the text of a slot.
    """

    body: Body
    layer: BodyLayer
    texts: tuple[str | int, ...]
    traits: tuple[Traits | None, ...]
    problems: tuple[Problem, ...]


def list_groups(document: OpenDocument) -> tuple[SlotGroup, ...]:
    """Return the groups of slots of a document."""
    return tuple(SlotGroup(document, index) for index in range(len(document.slotted.groups)))


def write_body(
    composed: Composed, body: Body, pages: Pages, document: OpenDocument, groups: Sequence[SlotGroup]
) -> WrittenBody | None:
    """Write the body of pages that were laid out whole; None if it cannot be shared."""
    whole, problems = pages.document, Problems()
    structure = read_structure(whole.pages, impose(composed.makeup, pages.names, pages.sizes))
    check_accessibility(structure, whole.metadata.title, composed.language, problems)
    if problems or pages.missing_letters:
        return None
    with captured_log(problems):
        layer = make_body_layer(composed, pages, body.spots)
    if layer is None or problems:
        return None
    painted_slots = _paint(groups, body, layer)
    if painted_slots is None:
        return None
    with holes_in_place(whole, body.spots):
        painted = read_painted_text(whole, document.slots)
    traits = _merge_traits(painted_slots)
    return WrittenBody(replace(body, spots=()), layer, _read_texts(painted), traits, pages.problems)


def print_layers(document: OpenDocument, body: WrittenBody, groups: Sequence[SlotGroup]) -> bytes | None:
    """Return the PDF of a body with the slots of a document.

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
    return put_together(body.layer, [slots.layer for slots in painted], palette, metadata, composed.made_from)


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
