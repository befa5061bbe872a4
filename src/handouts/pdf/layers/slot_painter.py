"""Paints slots that were laid out alone, and writes their fonts and structure: what makes a layer of slots."""

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Final

import pydyf
import weasyprint
from weasyprint.draw import draw_stacking_context
from weasyprint.matrix import Matrix
from weasyprint.pdf import _use_references
from weasyprint.pdf.anchors import add_links
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext

from handouts.pdf.finish.finish import forbid_interpolation
from handouts.pdf.finish.marks import Mark, finish_painting
from handouts.pdf.finish.numbers import check_numbers
from handouts.pdf.finish.pdf_side import is_clickable
from handouts.pdf.layers.letters import CodeForm, Letters, open_code, read_letters
from handouts.pdf.layers.open_objects import (
    Coordinate,
    Gap,
    OpenForm,
    OpenNumbers,
    Pieces,
    read_object,
    split_gaps,
)
from handouts.pdf.layers.qr_codes import QrCode, open_alternative, open_path
from handouts.pdf.layers.slot_layer import SlotLayer, Use
from handouts.pdf.layers.slot_traits import Anchors
from handouts.pdf.layout.slot_boxes import SlotBoxes
from handouts.pdf.tags.node import Box, Node
from handouts.pdf.tags.structure_reader import read_part, unwrap
from handouts.pdf.tags.write_tags import write_slot_tags
from handouts.problems.collector import Problems

_OPTIONS: Final = {**weasyprint.DEFAULT_OPTIONS, "pdf_version": "1.7"}
_PRINTED: Final = 4  # the flag of annotations that PDF/A requires
_POINTS_PER_PIXEL: Final = 0.75
_LEVEL: Final = 4  # of zlib: half the time of 9, for half a kilobyte more
_FAR: Final = 20_000  # in CSS pixels: content may stick out of a slot
_PLACES: Final = frozenset({"static", "relative", "absolute"})


def paint_slots(
    slots: SlotBoxes,
    uses: Sequence[Use],
    anchors: Sequence[Anchors | None],
    colors: Mapping[bytes, bytes],
    sample: tuple[str, SlotBoxes] | None = None,
    qr_code: QrCode | None = None,
) -> SlotLayer | None:
    """Paint slots that were laid out alone, in `colors`; None if one has content that belongs to the whole document.

    This is a target of links, a link to another place in the document, a note, or a picture without text alternative.
    `anchors` are those of each slot. With a sample text and the same slots with it, their text is a code, which is left
    open; so is a QR code, of which they have the stand-in.
    """
    document = slots.pages.document
    if set(document.color_profiles) - {"srgb"}:
        return None
    painter = _Painter(colors)
    for use in uses:
        of_slot = anchors[use.slot]
        if of_slot is None or not painter.add(slots.boxes[use.slot], use, _find_page(slots, use.slot), of_slot):
            return None
        if sample and not painter.read_sample(use, unwrap(slots.boxes[use.slot]).width, *sample):
            return None
    return painter.finish(tuple(of_slot.titles if of_slot else () for of_slot in anchors), qr_code)


def _find_page(slots: SlotBoxes, slot: int) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    box = slots.boxes[slot]
    for page in slots.pages.document.pages:
        if any(inner is box for inner in page._page_box.descendants(placeholders=True)):  # noqa: SLF001 - no public way to the boxes
            return page._page_box  # noqa: SLF001 - likewise
    raise ValueError("the slot is on no page")


class _Painter:
    """Paints slots one after another."""

    def __init__(self, colors: Mapping[bytes, bytes]) -> None:
        self._pdf = OpenNumbers()
        self._colors = colors
        self._fonts: dict[int, Any] = {}
        self._images: dict[str, Any] = {}
        # Both are objects of the body.
        self._profiles = {"srgb": SimpleNamespace(pdf_reference=Gap("profile"))}
        self._color_space = Gap("spaces")
        self._streams: dict[Use, Stream] = {}
        self._kids: dict[int, Pieces] = {}
        self._annotations: dict[int, tuple[Any, ...]] = {}
        self._parents: list[Any] = []
        self._letters: dict[Use, tuple[Letters, float]] = {}

    def add(self, slot: Any, use: Use, page: Any, anchors: Anchors) -> bool:  # noqa: ANN401 - as above
        """Paint a slot, and write its structure; return False if that cannot be."""
        box: Any = unwrap(slot)
        links = anchors.links
        structure = read_part(box, use.outer, [area for *_, area in links])
        if use.is_artifact:
            artifacts: dict[Box, str] = dict.fromkeys(map(unwrap, box.descendants(placeholders=True)), use.outer)
        else:
            artifacts = dict(structure.artifacts)
        has_forms = any(inner.is_input() for inner in box.descendants())
        has_ids = any(element.get("id") or element.get("name") for element in box.element.iter())
        is_external = all(kind == "external" for kind, *_ in links)
        if anchors.names or has_ids or has_forms or not is_external or box.style["position"] not in _PLACES:
            return False
        if structure.unnamed_pictures or _has_id(structure.root):
            return False
        stream = self._paint(box, page)
        marks = finish_painting(stream, artifacts, self._colors)
        self._streams[use] = stream
        if not use.is_artifact:
            if use.slot in self._kids:
                return False
            self._write_structure(use.slot, box, structure.root, links, marks, artifacts)
        return True

    def _paint(self, box: Any, page: Any) -> Stream:  # noqa: ANN401 - as above
        resources = pydyf.Dictionary(
            {
                "ExtGState": pydyf.Dictionary(),
                "XObject": pydyf.Dictionary(),
                "Pattern": pydyf.Dictionary(),
                "Shading": pydyf.Dictionary(),
                "ColorSpace": self._color_space,
                "Font": None,
            }
        )
        bounds = pydyf.Array([-_FAR, -_FAR, _FAR, _FAR])
        extra = pydyf.Dictionary({"Type": "/XObject", "Subtype": "/Form", "BBox": bounds, "Resources": resources})
        area = (0, 0, page.margin_width(), page.margin_height())
        stream = Stream(
            self._fonts, area, resources, self._images, {}, self._profiles, "srgb", extra=extra, compress=True
        )
        stream.set_alpha(1, fill=True, stroke=True)
        stream.transform(e=-box.border_box_x(), f=-box.border_box_y())
        draw_stacking_context(stream, StackingContext.from_box(box, page))
        return stream

    def _write_structure(
        self,
        slot: int,
        box: Any,  # noqa: ANN401 - as above
        root: Node,
        links: Sequence[Any],
        marks: dict[Box, Mark],
        artifacts: Mapping[Box, str],
    ) -> None:
        left, top = box.border_box_x(), box.border_box_y()
        self._pdf.add_object(self._streams[next(use for use in reversed(self._streams))])
        page: dict[str, Any] = {}
        clickable = []
        for kind, target, area, inner in links:
            inner.link_annotation = None
            if is_clickable(unwrap(inner), artifacts):
                clickable.append((kind, target, area, inner))
        add_links((clickable, ()), Matrix(), self._pdf, page, [], {})
        for _, _, (x1, y1, x2, y2), inner in clickable:
            annotation = inner.link_annotation
            annotation["F"] = _PRINTED
            annotation["Rect"] = pydyf.Array(
                [
                    Coordinate("x", slot, x1 - left),
                    Coordinate("y", slot, y1 - top),
                    Coordinate("x", slot, x2 - left),
                    Coordinate("y", slot, y2 - top),
                ]
            )
        self._annotations[slot] = tuple(inner.link_annotation for *_, inner in clickable)
        _open_bounds(root, slot, left, top)
        element = pydyf.Dictionary()
        element.number = Gap("parent", (slot,))
        part = SimpleNamespace(stream=None, marks=marks)
        entries = write_slot_tags(self._pdf, element, root, part, f"{Gap('page', (slot,))} 0 R".encode())
        for owner, value in entries:
            owner_key = "StructParents" if isinstance(owner, Stream) else "StructParent"
            (owner.extra if isinstance(owner, Stream) else owner)[owner_key] = Gap("entry", (len(self._parents),))
            self._parents.append(value)
        self._kids[slot] = split_gaps(b" ".join(_write_all(element["K"])))

    def read_sample(self, use: Use, width: float, text: str, slots: SlotBoxes) -> bool:
        """Read the letters of a code from a sample; return False if they do not stand alone.

        `width` is the room for a code in CSS pixels.
        """
        box: Any = unwrap(slots.boxes[use.slot])
        boxes_of_text = [inner for inner in box.descendants() if hasattr(inner, "text")]
        stream = self._paint(box, _find_page(slots, use.slot))
        names = {
            part.split()[0].decode() for part in stream.stream if isinstance(part, bytes) and part.endswith(b" Tf")
        }
        widths: dict[int, float] = {}
        for font in self._fonts.values():
            if f"/{font.hash}" in names:
                widths |= font.widths
        letters = read_letters(text, stream.stream, widths) if len(names) == len(boxes_of_text) == 1 else None
        if letters is None:
            return False
        self._letters[use] = letters, width * 1000 / boxes_of_text[0].style["font_size"]
        return True

    def finish(self, titles: tuple[tuple[str, ...], ...], qr_code: QrCode | None) -> SlotLayer | None:
        """Return what was painted; None if a form does not just show a code, or not the QR code."""
        for stream in self._streams.values():
            if stream.number is None:
                self._pdf.add_object(stream)
        fonts = build_fonts_dictionary(self._pdf, self._fonts, True, True, _OPTIONS)  # noqa: FBT003 - without keywords
        self._pdf.add_object(fonts)
        for stream in self._streams.values():
            resources = stream.extra["Resources"]
            resources["Font"] = fonts.reference
            _use_references(self._pdf, resources, self._images, self._profiles)
            self._pdf.add_object(resources)
            stream.extra["Resources"] = resources.reference
        forbid_interpolation(self._pdf)
        problems = Problems()
        check_numbers(self._pdf.objects, problems)
        if problems:
            return None
        codes: dict[int, CodeForm] = {}
        for use, (letters, room) in self._letters.items():
            form = open_code(self._streams[use], letters, room)
            if form is None:
                return None
            codes[self._streams[use].number.first] = form
        objects = tuple(read_object(item, _LEVEL) for item in self._pdf.objects)
        qr_codes: dict[int, OpenForm] = {}
        if qr_code:
            opened = {stream.number.first: open_path(stream, qr_code) for stream in self._streams.values()}
            qr_codes = {number: form for number, form in opened.items() if form}
            objects = tuple(map(open_alternative, objects))
            if not qr_codes:
                return None
        return SlotLayer(
            objects,
            {use: stream.number.first for use, stream in self._streams.items()},
            self._kids,
            {slot: tuple(link.number.first for link in links) for slot, links in self._annotations.items()},
            tuple(split_gaps(b"".join(_write_all([value]))) for value in self._parents),
            titles,
            codes,
            qr_codes,
        )


def _write_all(values: Iterable[Any]) -> list[bytes]:
    return [pydyf._to_bytes(value) for value in values]  # noqa: SLF001 - how pydyf writes values


def _open_bounds(node: Node, slot: int, left: float, top: float) -> None:
    """Replace the bounds of pictures by gaps: they are positions on the page."""
    layout = node.attributes.get("Layout", {})
    if "BBox" in layout:
        # As if the origin was at the top left of the page, in points that grow upwards.
        x1, y1, x2, y2 = (float(length) / _POINTS_PER_PIXEL for length in layout["BBox"])
        layout["BBox"] = pydyf.Array(
            [
                Coordinate("x", slot, x1 - left),
                Coordinate("y", slot, -y1 - top),
                Coordinate("x", slot, x2 - left),
                Coordinate("y", slot, -y2 - top),
            ]
        )
    for inner in node.nodes():
        _open_bounds(inner, slot, left, top)


def _has_id(node: Node) -> bool:
    return bool(node.texts.get("ID")) or any(map(_has_id, node.nodes()))
