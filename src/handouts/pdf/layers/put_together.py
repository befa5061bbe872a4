"""Puts a body and its slots together as a PDF file."""

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pydyf
import weasyprint
from weasyprint.pdf.metadata import DocumentMetadata

from handouts.pdf.finish.identification import identify
from handouts.pdf.layers.body_layer import BodyLayer
from handouts.pdf.layers.open_objects import Gap, fill_gaps
from handouts.pdf.layers.pdf_objects import ENTRY_LENGTH, Entry, pack_objects, write_entry, write_indirect
from handouts.pdf.layers.slot_layer import SlotLayer, Use
from handouts.schema.provenance import Provenance

_POINTS_PER_PIXEL: Final = 0.75
_FAST: Final = 1  # level of zlib
_CONFORMANCE: Final = ("a", 2, "A")


def put_together(
    body: BodyLayer,
    layers: Sequence[SlotLayer],
    colors: Sequence[str],
    metadata: DocumentMetadata,
    made_from: Provenance | None,
) -> bytes:
    """Return the file of a body with layers of slots; `colors` are those of the practice, as "#rrggbb"."""
    return _Assembly(body, layers, colors).write(metadata, made_from)


def put_alone(body: BodyLayer, layers: Sequence[SlotLayer], colors: Sequence[str]) -> bytes:
    """Return a file to look at: the pages of a body with nothing on them but slots."""
    return _Assembly(body.blank or body, layers, colors).write(None, None)


class _Assembly:
    def __init__(self, body: BodyLayer, layers: Sequence[SlotLayer], colors: Sequence[str]) -> None:
        self._body = body
        self._colors = colors
        self._layers: list[_NumberedLayer] = []
        number, entry = body.size, body.next_parent
        for layer in layers:
            self._layers.append(_NumberedLayer(layer, number, entry, body))
            number += len(layer.objects)
            entry += len(layer.parents)
        self._next_number, self._next_entry = number, entry
        self._by_slot = {slot: layer for layer in self._layers for slot in layer.slots}

    def write(self, metadata: DocumentMetadata | None, made_from: Provenance | None) -> bytes:
        body, content = self._body, bytearray(self._body.content)
        entries: dict[int, Entry] = {}
        packed: list[tuple[int, bytes]] = []

        def add(number: int, data: bytes, *, is_stream: bool) -> None:
            if is_stream:
                entries[number] = (1, len(content), 0)
                content.extend(write_indirect(number, data))
            else:
                packed.append((number, data))

        for number, item in body.open.items():
            add(number, fill_gaps(item.pieces, self._fill), is_stream=item.is_stream)
        for layer in self._layers:
            for number, item in enumerate(layer.layer.objects, start=layer.number):
                add(number, fill_gaps(item.pieces, layer.fill), is_stream=item.is_stream)
        info = self._next_number
        if metadata:
            add(body.metadata, _write_metadata(metadata, made_from), is_stream=True)
        add(info, _write_info(metadata) if metadata else b"<<>>", is_stream=False)
        stream = info + 1
        entries |= {number: (2, stream, index) for index, (number, _) in enumerate(packed)}
        add(stream, pack_objects(packed, _FAST), is_stream=True)
        return _write_end(content, _write_table(body, entries, stream + 1, len(content)), body.catalog, info)

    def _fill(self, gap: Gap) -> bytes:  # noqa: PLR0911 - one way for each kind
        body = self._body
        match gap.kind:
            case "kids":
                return self._by_slot[gap.first].write_kids(gap.first)
            case "annotations":
                return b" ".join(layer.write_annotations(gap.first) for layer in self._layers)
            case "forms":
                return b"".join(
                    b"/%s %s" % (place.name.encode(), self._by_slot[place.use.slot].write_form(place.use))
                    for place in body.places
                )
            case "parents":
                return b" ".join(layer.write_parents() for layer in self._layers)
            case "nextparent":
                return b"%d" % self._next_entry
            case "title":
                layer = self._by_slot[gap.first].layer
                title: bytes = pydyf.String(layer.titles[gap.first][int(gap.numbers[1])]).data
                return title
            case "color":
                return b"[/Indexed /DeviceRGB 0 <%s>]" % self._colors[gap.first].removeprefix("#").encode()
            case _:
                raise ValueError(gap.kind)


class _NumberedLayer:
    """A layer of slots in a file: the number of its first object, and of its first entry in the parent tree."""

    def __init__(self, layer: SlotLayer, number: int, entry: int, body: BodyLayer) -> None:
        self.layer = layer
        self.number = number
        self.slots: Final = frozenset(use.slot for use in layer.forms)
        self._entry = entry
        self._body = body
        self._tagged: Final = {
            place.use.slot: place for place in body.places if not place.use.is_artifact and place.use.slot in self.slots
        }

    def fill(self, gap: Gap) -> bytes:  # noqa: PLR0911 - one way for each kind
        match gap.kind:
            case "object":
                return b"%d" % (self.number + gap.first)
            case "page":
                return b"%d" % self._tagged[gap.first].page
            case "parent":
                return b"%d" % self._tagged[gap.first].parent
            case "entry":
                return b"%d" % (self._entry + gap.first)
            case "x":
                return _write_number(self._tagged[gap.first].left + gap.numbers[1] * _POINTS_PER_PIXEL)
            case "y":
                return _write_number(self._tagged[gap.first].top - gap.numbers[1] * _POINTS_PER_PIXEL)
            case "profile":
                return b"%d 0 R" % self._body.profile
            case "spaces":
                return b"%d 0 R" % self._body.spaces
            case "alternative":
                return self.layer.alternative
            case _:
                raise ValueError(gap.kind)

    def write_kids(self, slot: int) -> bytes:
        return fill_gaps(self.layer.kids[slot], self.fill)

    def write_annotations(self, page: int) -> bytes:
        here = (slot for slot, place in self._tagged.items() if place.page == page)
        numbers = (number for slot in here for number in self.layer.annotations.get(slot, ()))
        return b" ".join(b"%d 0 R" % (self.number + number) for number in numbers)

    def write_form(self, use: Use) -> bytes:
        return b"%d 0 R" % (self.number + self.layer.forms[use])

    def write_parents(self) -> bytes:
        values = (fill_gaps(value, self.fill) for value in self.layer.parents)
        return b" ".join(b"%d %s" % pair for pair in enumerate(values, start=self._entry))


def _write_number(number: float) -> bytes:
    return f"{number:.3f}".rstrip("0").rstrip(".").encode()


def _write_metadata(metadata: DocumentMetadata, made_from: Provenance | None) -> bytes:
    pdf = pydyf.PDF()
    metadata.include_in_pdf(pdf, *_CONFORMANCE, compress=False)
    identify(pdf, made_from)
    data: bytes = pdf.objects[-1].data
    return data


def _write_info(metadata: DocumentMetadata) -> bytes:
    texts: dict[str, Any] = {
        "Producer": f"WeasyPrint {weasyprint.VERSION}",
        "Title": metadata.title,
        "Author": ", ".join(metadata.authors),
        "Subject": metadata.description,
        "Keywords": ", ".join(metadata.keywords),
    }
    data: bytes = pydyf.Dictionary({name: pydyf.String(text) for name, text in texts.items() if text}).data
    return data


def _write_table(body: BodyLayer, entries: Mapping[int, Entry], number: int, position: int) -> bytes:
    """Return the cross-reference table up to the stream that holds it, which has a number and position."""
    table = bytearray(body.table)
    for opened in {*body.open, body.metadata} & entries.keys():
        table[opened * ENTRY_LENGTH : (opened + 1) * ENTRY_LENGTH] = write_entry(entries[opened])
    added = (write_entry(entries[key]) for key in range(body.size, number))
    return b"".join((table, *added, write_entry((1, position, 0))))


def _write_end(content: bytearray, table: bytes, catalog: int, info: int) -> bytes:
    """Return a file with its cross-reference stream (ISO 32000-1, 7.5.8)."""
    size, position = len(table) // ENTRY_LENGTH, len(content)
    identifier = hashlib.sha256(content).hexdigest()[:32].encode()
    stream = zlib.compress(table, _FAST)
    content += write_indirect(
        size - 1,
        b"<</Type /XRef/Index [0 %d]/W [1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID [<%s> <%s>]"
        b"/Filter /FlateDecode/Length %d>>\nstream\n%s\nendstream"
        % (size, size, catalog, info, identifier, identifier, len(stream), stream),
    )
    content += b"startxref\n%d\n%%%%EOF\n" % position
    return bytes(content)
