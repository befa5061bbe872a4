"""Slots that were laid out alone, checked and painted, and kept for other prints of the practice."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from handouts.language.punctuation import straighten_quotes
from handouts.pdf.layers.slot_layer import SlotLayer, Traits, Use, find_traits, paint_slots
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.layout.lay_out import OpenDocument
from handouts.pdf.layout.renderer import Context
from handouts.pdf.layout.slot_boxes import Blanks, Size, SlotBoxes, SlotRenderer
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.breaks import check_page_breaks
from handouts.pdf.page_checks.ink import check_ink
from handouts.pdf.page_checks.inspection import check_edges, inspect_pages
from handouts.pdf.page_checks.painted_text import PaintedText
from handouts.pdf.page_checks.type_measures import check_type_size
from handouts.pdf.tags.structure_reader import unwrap
from handouts.problems.collector import Problems
from handouts.system.cache import Cache
from handouts.system.digests import digest

_SIZES_CAPACITY: Final = 2_000
_PAINTED_CAPACITY: Final = 200  # some 50 kB each
_POINTS_PER_PIXEL: Final = 0.75
_TOLERANCE: Final = 1.0  # in points, by which text may stick out of its slot to the left and right
_LINE_TOLERANCE: Final = 0.4  # of the height of a line, by which it may stick out above and below


@dataclass(frozen=True, slots=True)
class PaintedSlots:
    """A group of slots: its layer, and by slot, what a body depends on, and its text without white space."""

    layer: SlotLayer
    traits: tuple[Traits | None, ...]
    texts: tuple[str, ...]


class SlotGroup:
    """A group of the slots of a document; what was laid out of it before, for any document, is not laid out again."""

    def __init__(self, document: OpenDocument, index: int) -> None:
        """Take a document, and which of its groups."""
        self.group: Final = document.slotted.groups[index]
        self._document = document
        self._index = index

    @functools.cached_property
    def _key(self) -> str:
        document = self._document
        files = [asset.digest for asset in document.composed.files if self._names(quote(asset.path.name))]
        return digest(
            [
                [[number, document.slotted.slots[number]] for number in sorted(self.group)],
                len(document.slotted.slots),
                [(sheet.text, str(sheet.folder)) for sheet in document.sheets],
                files,
                [str(document.composed.root), *map(str, document.composed.folders)],
                [document.composed.language, document.composed.layout.smallest_type],
            ],
            length=64,
        )

    def _names(self, file: str) -> bool:
        slots = self._document.slotted.slots
        return any(file in slots[number] for number in self.group)

    @property
    def _renderer(self) -> SlotRenderer | None:
        renderers = self._document.renderers
        return renderers[self._index] if renderers else None

    def measure(self, context: Context, blanks: Blanks) -> tuple[Size, ...] | None:
        """Return the sizes of the slots; None if one is broken, or is no single element."""
        key = self._key, context.select(self.group), blanks
        sizes = _caches().sizes.get(key)
        if sizes is None:
            renderer = self._renderer
            slots = renderer.lay_out(context, blanks) if renderer else None
            if slots is None or not slots.whole or self._document.engine.has_problems:
                return None
            sizes = slots.sizes
            _caches().sizes.put(key, sizes)
        return sizes

    def paint(self, context: Context, blanks: Blanks, uses: Sequence[Use]) -> PaintedSlots | None:
        """Return the slots as they are used; None if they cannot be shared, or if anything has to be reported."""
        uses = tuple(use for use in uses if use.slot in self.group)
        colors = tuple(self._document.colors.items())
        key = self._key, context.select(self.group), blanks, uses, colors
        painted = _caches().painted.get(key)
        if painted is None:
            renderer = self._renderer
            slots = renderer.lay_out(context, blanks) if renderer else None
            painted = self._paint(slots, renderer, uses) if slots and renderer else None
            if painted:
                _caches().painted.put(key, painted)
        return painted

    def _paint(self, slots: SlotBoxes, renderer: SlotRenderer, uses: Sequence[Use]) -> PaintedSlots | None:
        problems = Problems()
        if not slots.whole or slots.pages.problems or self._document.engine.has_problems:
            return None
        painted = read_painted_text(slots.pages.document, renderer.slots)
        inspect_pages(painted, (), problems)
        check_type_size(painted, self._document.composed.layout.smallest_type, problems)
        check_page_breaks(painted, problems)
        check_edges(painted, problems)
        check_ink(slots.pages.pictures, problems)
        if problems or painted.missing or not _are_texts_inside(painted, slots):
            return None
        with captured_log(problems):
            layer = paint_slots(slots, uses, self._document.colors)
        if layer is None or problems:
            return None
        return PaintedSlots(layer, find_traits(slots), _read_texts(painted, len(slots.boxes)))


@dataclass(frozen=True, slots=True)
class _Caches:
    sizes: Cache[Any, tuple[Size, ...]] = field(default_factory=lambda: Cache(_SIZES_CAPACITY))
    painted: Cache[Any, PaintedSlots] = field(default_factory=lambda: Cache(_PAINTED_CAPACITY))


@functools.cache
def _caches() -> _Caches:
    """Return the caches of this process."""
    return _Caches()


def _are_texts_inside(painted: PaintedText, slots: SlotBoxes) -> bool:
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


def _read_texts(painted: PaintedText, count: int) -> tuple[str, ...]:
    texts = [""] * count
    pages: dict[int, int] = {}
    for piece in painted.pieces:
        # In margins, the same is on several pages.
        if piece.figure is not None and pages.setdefault(piece.figure, piece.page) == piece.page:
            texts[piece.figure] += remove_space(piece.text)
    return tuple(texts)


def remove_space(text: str) -> str:
    """Remove white space, because lines may break anywhere in it, and straighten quotation marks, which are curled."""
    return "".join(straighten_quotes(text).split())
