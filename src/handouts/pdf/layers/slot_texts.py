"""The texts and pictures of slots that were laid out alone, and whether they stay within their slots."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from handouts.language.punctuation import straighten_quotes
from handouts.pdf.layout.slot_boxes import SlotBoxes
from handouts.pdf.page_checks.painted_text import Area, PaintedText, Piece
from handouts.pdf.tags.structure_reader import unwrap

_POINTS_PER_PIXEL: Final = 0.75
_TOLERANCE: Final = 1.0  # in points, by which text may stick out of its slot to the left and right
_LINE_TOLERANCE: Final = 0.4  # of the height of a line, by which it may stick out above and below


def are_texts_inside(painted: PaintedText, slots: SlotBoxes) -> bool:
    """Return whether all text and pictures are printed within their slots."""
    for piece in painted.pieces:
        box: Any = None if piece.figure is None else slots.boxes[piece.figure]
        if box is None:
            continue
        box = unwrap(box)
        left, top = box.border_box_x() * _POINTS_PER_PIXEL, box.border_box_y() * _POINTS_PER_PIXEL
        right = left + box.border_width() * _POINTS_PER_PIXEL
        bottom = top + box.border_height() * _POINTS_PER_PIXEL
        area, line = piece.area, piece.area.height * _LINE_TOLERANCE
        is_inside = area.left >= left - _TOLERANCE and area.right <= right + _TOLERANCE
        if not is_inside or area.top < top - line or area.bottom > bottom + line:
            return False
    return True


def is_painted_inside(slot: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Return whether all boxes of a slot, apart from text, are painted within it."""
    left, top = slot.border_box_x(), slot.border_box_y()
    right, bottom = left + slot.border_width(), top + slot.border_height()
    for box in (slot, *slot.descendants(placeholders=True)):
        inner: Any = unwrap(box)
        if inner.style["transform"] or inner.style["outline_width"]:
            return False
        if hasattr(inner, "text"):
            continue
        x, y = inner.border_box_x(), inner.border_box_y()
        is_wide = x < left - _TOLERANCE or x + inner.border_width() > right + _TOLERANCE
        if is_wide or y < top - _TOLERANCE or y + inner.border_height() > bottom + _TOLERANCE:
            return False
    return True


def list_pieces(painted: PaintedText, slots: SlotBoxes) -> Iterator[Piece]:
    """Yield the pieces of slots, with areas from the top left of their slots."""
    pages: dict[int, int] = {}
    for piece in painted.pieces:
        # In margins, the same is on several pages.
        if piece.figure is None or pages.setdefault(piece.figure, piece.page) != piece.page:
            continue
        box: Any = unwrap(slots.boxes[piece.figure])
        left, top = box.border_box_x() * _POINTS_PER_PIXEL, box.border_box_y() * _POINTS_PER_PIXEL
        area = piece.area
        yield piece._replace(area=Area(area.left - left, area.top - top, area.right - left, area.bottom - top))


def read_texts(pieces: Iterable[Piece], count: int) -> tuple[str, ...]:
    """Return the text of each of so many slots, without white space."""
    texts = [""] * count
    for piece in pieces:
        if piece.figure is not None:
            texts[piece.figure] += remove_space(piece.text)
    return tuple(texts)


def remove_space(text: str) -> str:
    """Remove white space, because lines may break anywhere in it, and straighten quotation marks, which are curled."""
    return "".join(straighten_quotes(text).split())
