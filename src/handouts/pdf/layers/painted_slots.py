"""Slots that were laid out alone, checked and painted, and kept for other prints of the practice."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import quote

from handouts.pdf.layers.group_layout import GroupLayout
from handouts.pdf.layers.kept_files import read_kept, write_kept
from handouts.pdf.layers.letters import CANONICAL, find_code, replace_code
from handouts.pdf.layers.qr_codes import QrCode, set_qr_code_apart
from handouts.pdf.layers.slot_layer import SlotLayer, Use
from handouts.pdf.layers.slot_painter import paint_slots
from handouts.pdf.layers.slot_texts import are_texts_inside, is_painted_inside, list_pieces, read_texts
from handouts.pdf.layers.slot_traits import Traits, find_traits, read_all_anchors
from handouts.pdf.layout.brand_colors import use_palette
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.layout.lay_out import OpenDocument
from handouts.pdf.layout.renderer import Context
from handouts.pdf.layout.slot_boxes import Blanks, Size
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.breaks import check_page_breaks
from handouts.pdf.page_checks.ink import check_ink
from handouts.pdf.page_checks.inspection import check_edges, inspect_pages
from handouts.pdf.page_checks.painted_text import Piece
from handouts.pdf.page_checks.type_measures import check_type_size
from handouts.pdf.tags.structure_reader import unwrap
from handouts.problems.collector import Problems
from handouts.system.cache import Cache
from handouts.system.digests import digest
from handouts.system.kept_files import remove_oldest

_CAPACITY: Final = 200  # some 50 kB each
_FILE_CAPACITY: Final = 3_000
_MAX_PAINTED: Final = 8  # contexts of the same slots
_MAX_SEEN: Final = 1_000  # prints with the slots of one practice
_RARE: Final = "00"  # the start of one key in 256


@dataclass(frozen=True, slots=True)
class PaintedSlots:
    """A group of slots: its layer, and for each slot what a body depends on, and its text without white space.

    `is_drawn_right` if no drawing is printed as a picture; `is_inside` if nothing is painted outside the slots.
    `pieces` are its text and pictures, with areas from the top left of their slots; `key` says what was painted, apart
    from a print code or QR code.
    """

    key: str
    pieces: tuple[Piece, ...]
    layer: SlotLayer
    is_drawn_right: bool
    is_inside: bool
    traits: tuple[Traits | None, ...]
    texts: tuple[str, ...]

    def set_code(self, code: str) -> "PaintedSlots | None":
        """Return the slots with a print code in them; None if it is too wide."""
        layer = self.layer.set_code(code)
        texts = tuple(code if text else "" for text in self.texts)
        pieces = tuple(piece._replace(text=code) if piece.text else piece for piece in self.pieces)
        return replace(self, layer=layer, texts=texts, pieces=pieces) if layer else None

    def set_qr_code(self, qr_code: QrCode) -> "PaintedSlots":
        """Return the slots with another QR code in them."""
        return replace(self, layer=self.layer.set_qr_code(qr_code))


@dataclass(frozen=True, slots=True)
class KnownSlots:
    """Sizes of a group of slots by context and blank pages, and painted slots by these and their uses.

    The sizes are None if a slot is broken over pages. `seen` has digests of prints with these slots in which all
    required text was seen.
    """

    sizes: dict[tuple[Context, Blanks], tuple[Size, ...] | None]
    painted: dict[tuple[Context, Blanks, tuple[Use, ...]], PaintedSlots]
    seen: set[str] = field(default_factory=set)


class SlotGroup:
    """A group of the slots of a document; what was laid out of it before, for any document, is not laid out again.

    A group that shows nothing but the print code is laid out once for all codes; one with a QR code, once for all QR
    codes of a size.
    """

    def __init__(self, document: OpenDocument, index: int, start: Path | None) -> None:
        """Take a document, and which of its groups; `start` is the start of the path of files that keep slots."""
        self.group: Final = document.slotted.groups[index]
        self._document = document
        self._start = start
        self._is_changed = False
        slots = document.slotted.slots
        self._code = find_code([slots[number] for number in self.group])
        of_group, self._qr_code = set_qr_code_apart([slots[number] for number in sorted(self.group)])
        shown = dict(zip(sorted(self.group), of_group, strict=True))
        if self._code:
            shown = {number: replace_code(slot, CANONICAL) for number, slot in shown.items()}
        self._slots: Final = [shown.get(number, slot) for number, slot in enumerate(slots)]
        self.layout: Final = GroupLayout(
            document, index, self._slots, has_code=bool(self._code), has_qr_code=bool(self._qr_code)
        )

    @functools.cached_property
    def _key(self) -> str:
        files = [asset.digest for asset in self._document.composed.files if self._names(quote(asset.path.name))]
        return digest(
            [self.layout.surroundings, [self._slots[number] for number in sorted(self.group)], files], length=64
        )

    def _names(self, file: str) -> bool:
        return any(file in self._slots[number] for number in self.group)

    def measure(self, context: Context, blanks: Blanks) -> tuple[Size, ...] | None:
        """Return the sizes of the slots; None if one is broken, or is no single element."""
        key = context.select(self.group), blanks
        if key not in self._known.sizes:
            slots = self.layout.lay_out(context, blanks)
            if slots is None:
                return None
            self._known.sizes[key] = slots.sizes if slots.whole else None
            self._is_changed = True
        return self._known.sizes[key]

    def paint(self, context: Context, blanks: Blanks, uses: Sequence[Use]) -> PaintedSlots | None:
        """Return the slots as they are used; None if they cannot be shared, or if anything has to be reported."""
        uses = tuple(use for use in uses if use.slot in self.group)
        key = context.select(self.group), blanks, uses
        painted = self._known.painted.get(key)
        if painted is None:
            painted = self._paint(context, blanks, uses, digest([self._key, repr(key)], length=64))
            if painted:
                if len(self._known.painted) >= _MAX_PAINTED:
                    self._known.painted.clear()
                self._known.painted[key] = painted
                self._is_changed = True
        if painted and self._qr_code:
            return painted.set_qr_code(self._qr_code)
        return painted.set_code(self._code) if painted and self._code else painted

    @functools.cached_property
    def _known(self) -> KnownSlots:
        """What was laid out of these slots before, in this process or in an earlier build."""
        known = known_slots().get(self._key)
        if known is None:
            kept = read_kept(self._path, self._key) if self._path else None
            known = kept if isinstance(kept, KnownSlots) else KnownSlots({}, {})
            known_slots().put(self._key, known)
        return known

    def has_seen(self, key: str) -> bool:
        """Return whether all required text was seen in a print with these slots."""
        return key in self._known.seen

    def add_seen(self, key: str) -> None:
        """Note that all required text was seen in a print with these slots."""
        if key in self._known.seen:
            return  # so that the file is not written again
        if len(self._known.seen) >= _MAX_SEEN:
            self._known.seen.clear()
        self._known.seen.add(key)
        self._is_changed = True

    def keep(self) -> None:
        """Write what was laid out or seen since the last call for the next build."""
        if self._path and self._is_changed:
            self._is_changed = False
            write_kept(self._path, self._key, self._known)
            if self._key.startswith(_RARE):
                remove_oldest(self._path.parent, "*.slots", _FILE_CAPACITY)

    @property
    def _path(self) -> Path | None:
        return self._start and self._start.with_name(f"{self._start.name}-{self._key[:32]}.slots")

    def _paint(self, context: Context, blanks: Blanks, uses: Sequence[Use], key: str) -> PaintedSlots | None:
        slots, document, problems = self.layout.lay_out(context, blanks), self._document, Problems()
        if slots is None or not slots.whole:
            return None
        painted = read_painted_text(slots.pages.document, slots.elements)
        inspect_pages(painted, (), problems)
        check_type_size(painted, document.composed.layout.smallest_type, problems)
        check_page_breaks(painted, problems)
        check_edges(painted, problems)
        check_ink(slots.pages.pictures, problems)
        if problems or painted.missing or not are_texts_inside(painted, slots):
            return None
        sample = self.layout.lay_out_sample(context, blanks) if self._code else None
        if self._code and sample is None:
            return None
        with captured_log(problems):
            colors = use_palette(document.composed.sheets) if document.colors else {}
            anchors = read_all_anchors(slots)
            layer = paint_slots(slots, uses, anchors, colors, sample, self._qr_code)
        if layer is None or problems:
            return None
        pieces = tuple(list_pieces(painted, slots))
        texts = read_texts(pieces, len(slots.boxes))
        is_inside = all(map(is_painted_inside, map(unwrap, filter(None, slots.boxes))))
        traits, is_drawn_right = find_traits(slots, anchors), not document.drawing_problems
        return PaintedSlots(key, pieces, layer, is_drawn_right, is_inside, traits, texts)


@functools.cache
def known_slots() -> Cache[str, KnownSlots]:
    """Return the slots that were laid out in this process."""
    return Cache(_CAPACITY)
