"""Lays out a group of slots: of those of another practice if only texts and pictures differ, and else alone."""

import functools
from collections.abc import Sequence
from typing import Final

from handouts.pdf.layers.letters import make_sample, replace_code
from handouts.pdf.layout.lay_out import OpenDocument
from handouts.pdf.layout.renderer import Context
from handouts.pdf.layout.slot_boxes import Blanks, SlotBoxes, SlotRenderer
from handouts.pdf.layout.slot_variants import SlotVariants, Values, looks_at_values, split_slots
from handouts.pdf.weasyprint_patches.block_recorder import recorded_blocks
from handouts.provenance.versions import uses_patches
from handouts.system.cache import Cache
from handouts.system.digests import digest, digest_of_text

_VARIANT_CAPACITY: Final = 20  # some 2 MB each
_MAX_VARIANTS: Final = 3  # of the same shape, with other numbers of lines


class GroupLayout:
    """Lays out one group of the slots of a document, once in each context."""

    def __init__(
        self, document: OpenDocument, index: int, slots: Sequence[str], *, has_code: bool, has_qr_code: bool
    ) -> None:
        """Take a document, which of its groups, and all slots; those with a print code or QR code have a stand-in."""
        self._document = document
        self._index = index
        self._group: Final = document.slotted.groups[index]
        self._slots = slots
        self._has_code = has_code
        self._has_qr_code = has_qr_code
        self._laid_out: dict[tuple[Context, Blanks], SlotBoxes | None] = {}

    @functools.cached_property
    def surroundings(self) -> object:
        """All that the slots depend on apart from what is in them."""
        document, made_from = self._document, self._document.composed.made_from
        return [
            # Not the templates: others may be used for other sections, with the same slots.
            [made_from.sources["fonts"] if made_from else "", document.composed.style_files],
            document.slotted.shared_head,
            [sorted(self._group), len(self._slots)],
            [(digest_of_text(sheet.text), str(sheet.folder), sheet.final) for sheet in document.sheets],
            [str(document.composed.root), *map(str, document.composed.folders)],
            [document.composed.language, document.composed.layout.smallest_type],
        ]

    def lay_out(self, context: Context, blanks: Blanks) -> SlotBoxes | None:
        """Lay out the slots, of those of another practice if that comes out the same; None if anything is reported."""
        key = context.select(self._group), blanks
        if key not in self._laid_out:
            self._laid_out[key] = self._vary(*key) or self._lay_out_alone(*key)
        slots = self._laid_out[key]
        is_fine = slots and not slots.pages.problems and not self._document.engine.has_problems
        return slots if is_fine else None

    def _vary(self, context: Context, blanks: Blanks) -> SlotBoxes | None:
        """Lay out the slots of another practice with texts and pictures of this one; None if that is not the same."""
        shape = self._shape
        if shape is None:
            return None
        cache, key = known_variants(), self._get_variant_key(context, blanks)
        variants = cache.pop(key) or ()  # if anything is raised, they are lost
        slots = next((slots for one in variants if (slots := one.vary(shape[1], self._document.engine))), None)
        cache.put(key, variants)
        return slots

    def _lay_out_alone(self, context: Context, blanks: Blanks) -> SlotBoxes | None:
        renderer, shape = self._renderer, self._shape
        if renderer is None or shape is None:
            return renderer.lay_out(context, blanks) if renderer else None
        with recorded_blocks() as recording:
            slots = renderer.lay_out(context, blanks)
        cache, key = known_variants(), self._get_variant_key(context, blanks)
        if not slots.pages.problems and recording.root is not None:
            elements = [slots.elements[number] for number in sorted(self._group)]
            variants = (SlotVariants(slots, elements, shape[1], recording), *(cache.get(key) or ()))
            cache.put(key, variants[:_MAX_VARIANTS])
        return slots

    @functools.cached_property
    def _shape(self) -> tuple[str, Values] | None:
        """The shape of the slots and their values; None if other practices may not have slots of the same shape."""
        css = self._document.engine.css
        if self._has_code or css is None or not uses_patches():
            return None
        if any(map(looks_at_values, (*css, self._document.slotted.head))):
            return None
        return split_slots(self._slots[number] for number in sorted(self._group))

    def _get_variant_key(self, context: Context, blanks: Blanks) -> tuple[object, ...]:
        shape = self._shape[0] if self._shape else ""
        return shape, digest(self.surroundings), context, blanks, self._document.engine.fonts

    @functools.cached_property
    def _renderer(self) -> SlotRenderer | None:
        if self._has_code or self._has_qr_code:
            return self._document.open_slots(self._slots, self._group)
        renderers = self._document.renderers
        return renderers[self._index] if renderers else None

    def lay_out_as_printed(self, context: Context, blanks: Blanks) -> SlotBoxes | None:
        """Lay out the slots as large as they are on the pages: with their print code, or a QR code of the same size.

        None if anything is reported.
        """
        if not self._has_code:
            return self.lay_out(context, blanks)
        renderers = self._document.renderers
        return renderers[self._index].lay_out(context, blanks) if renderers else None

    def lay_out_sample(self, context: Context, blanks: Blanks) -> tuple[str, SlotBoxes] | None:
        """Return a text with all letters of print codes, and the slots with that text; None if one is not shown."""
        text = make_sample()
        slots = [replace_code(slot, text) for slot in self._slots]
        renderer = self._document.open_slots(slots, self._group)
        laid_out = renderer.lay_out(context, blanks) if renderer else None
        is_whole = laid_out and all(laid_out.boxes[number] is not None for number in self._group)
        return (text, laid_out) if laid_out and is_whole else None


@functools.cache
def known_variants() -> Cache[tuple[object, ...], tuple[SlotVariants, ...]]:
    """Return the slots of this process that can be changed for other practices, by their shape and surroundings."""
    return Cache(_VARIANT_CAPACITY, size_of=len)
