"""The layer of a body: all of a PDF file except the content of slots, the colors of a practice, and metadata."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pydyf
import weasyprint
from weasyprint.document import DocumentMetadata, Page
from weasyprint.pdf import VARIANTS, generate_pdf

from handouts.model.document import Composed
from handouts.model.imposition import Side, impose
from handouts.pdf.finish.finish import VARIANT, OutlineEntry, forbid_interpolation, make_outline
from handouts.pdf.finish.numbers import check_numbers
from handouts.pdf.finish.pdf_side import PdfSide
from handouts.pdf.layers.holes import Hole, holes_in_place
from handouts.pdf.layers.open_objects import Gap, OpenObject, read_object
from handouts.pdf.layers.pdf_objects import FREE, Entry, pack_objects, write_entry, write_indirect
from handouts.pdf.layers.places import Place, find_places
from handouts.pdf.layers.slot_layer import Use
from handouts.pdf.layers.slot_traits import read_anchors
from handouts.pdf.layout.brand_colors import find_palette, use_palette
from handouts.pdf.layout.renderer import Pages
from handouts.pdf.layout.slot_boxes import Spot
from handouts.pdf.tags.structure_reader import read_structure, unwrap
from handouts.pdf.tags.write_tags import write_tags
from handouts.problems.collector import Problems

_POINTS_PER_PIXEL: Final = 0.75
_HEADER: Final = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_FORM: Final = b"q 0.75 0 0 -0.75 %f %f cm /%s Do Q"  # in CSS pixels that grow downwards


@dataclass(frozen=True, slots=True)
class BodyLayer:
    """A body as bytes.

    `content` is the start of the file, with all objects that have no gaps; `table` is their cross-reference table. The
    objects with gaps are in `open`, by number. `metadata`, `profile` and `spaces` are numbers of objects. `blank` has
    the same pages with nothing on them but slots.
    """

    content: bytes
    table: bytes
    open: Mapping[int, OpenObject]
    places: tuple[Place, ...]
    size: int
    catalog: int
    metadata: int
    profile: int
    spaces: int
    next_parent: int
    page_count: int
    blank: "BodyLayer | None" = None

    @property
    def uses(self) -> tuple[Use, ...]:
        """The uses of slots, each once."""
        return tuple(dict.fromkeys(place.use for place in self.places))


def make_body_layer(composed: Composed, laid_out: Pages, spots: Sequence[Spot], problems: Problems) -> BodyLayer | None:
    """Write laid-out pages, with holes in place of slots.

    None if a slot is tagged twice, or is in something translucent.
    """
    sides = impose(composed.makeup, laid_out.names, laid_out.sizes)
    outline = make_outline(_open_titles(laid_out.document, spots), sides, _POINTS_PER_PIXEL)
    with holes_in_place(laid_out.document, spots) as (pages, holes):
        return _write_pages(composed, laid_out, sides, pages, holes, outline, problems)


def _open_titles(document: Any, spots: Sequence[Spot]) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return a document in whose outline the titles of slots are gaps."""
    pages = [copy.copy(page) for page in document.pages]
    for spot in spots:
        for index, bookmark in enumerate(read_anchors(unwrap(spot.box)).bookmarks):
            level, _, position, state = bookmark
            bookmarks = pages[spot.page].bookmarks
            opened = level, Gap("title", (spot.slot, index)), position, state
            pages[spot.page].bookmarks = [opened if other == bookmark else other for other in bookmarks]
    return document.copy(pages)


def _write_pages(  # noqa: PLR0913, PLR0917 - all of them are different things
    composed: Composed,
    laid_out: Pages,
    sides: Sequence[Side],
    pages: Sequence[Page],
    holes: Sequence[Hole],
    outline: list[OutlineEntry],
    problems: Problems,
) -> BodyLayer | None:
    structure = read_structure(pages, sides)
    palette = find_palette(composed.sheets) if laid_out.colors else {}
    operators = use_palette(composed.sheets) if laid_out.colors else {}
    painted = [PdfSide(side, pages, structure.artifacts, composed.makeup, operators) for side in sides]
    painting = laid_out.document.copy(painted)
    painting.metadata = DocumentMetadata(lang=composed.language)
    painting.make_bookmark_tree = lambda *_, **__: outline
    _, properties = VARIANTS[VARIANT]
    options = {**weasyprint.DEFAULT_OPTIONS, "pdf_variant": VARIANT}
    options |= {name: value for name, value in properties.items() if options.get(name) is None}
    pdf = generate_pdf(painting, None, 1, **options)
    forbid_interpolation(pdf)
    check_numbers(pdf.objects, problems)
    write_tags(pdf, structure.root, painted)
    if any(hole.stream not in [side.stream for side in painted] for hole in holes):
        return None
    places = find_places(pdf, holes, sides, structure)
    if places is None:
        return None
    _open_gaps(pdf, list(palette))
    next_parent = _find(pdf, pdf.catalog["StructTreeRoot"])["ParentTreeNextKey"].first
    metadata = int(pdf.catalog["Metadata"].split()[0])
    return replace(_write(pdf, places, metadata, next_parent), blank=_write_blank(pdf, places))


def _write_blank(pdf: pydyf.PDF, places: tuple[Place, ...]) -> BodyLayer:
    """Write the pages of a PDF with nothing on them but slots, and without structure and metadata."""
    blank = pydyf.PDF()
    profile, spaces = copy.copy(_find_profile(pdf)), copy.copy(_find_spaces(pdf))
    blank.add_object(profile)
    spaces["srgb"] = pydyf.Array(["/ICCBased", profile.reference])
    blank.add_object(spaces)
    resources = pydyf.Dictionary({"XObject": _OpenDictionary({}, Gap("forms")), "ColorSpace": spaces.reference})
    blank.add_object(resources)
    for reference in pdf.page_references:
        here = (place for place in places if place.page == int(reference.split()[0]))
        content = pydyf.Stream([_FORM % (place.left, place.top, place.name.encode()) for place in here])
        blank.add_object(content)
        page = {name: edges for name, edges in _find(pdf, reference).items() if name.endswith("Box")}
        page |= {"Parent": blank.pages.reference, "Resources": resources.reference, "Contents": content.reference}
        blank.add_page(pydyf.Dictionary({"Type": "/Page"} | page))
    return _write(blank, places, 0, 0)


def _open_gaps(pdf: pydyf.PDF, palette: Sequence[str]) -> None:
    """Leave gaps in the objects of a PDF for what slots add: forms, colors, titles, links, and their structure."""
    spaces = _find_spaces(pdf)
    for number, name in enumerate(palette):
        spaces[name] = Gap("color", (number,))
    tree = _find(pdf, pdf.catalog["StructTreeRoot"])
    _find(pdf, tree["ParentTree"])["Nums"].append(Gap("parents"))
    tree["ParentTreeNextKey"] = Gap("nextparent", (tree["ParentTreeNextKey"],))
    resources = next(item for item in pdf.objects if isinstance(item, dict) and "ExtGState" in item)
    resources["XObject"] = _OpenDictionary(resources["XObject"], Gap("forms"))
    for entry in pdf.objects:
        if isinstance(entry, dict) and isinstance(getattr(entry.get("Title"), "string", None), Gap):
            entry["Title"] = entry["Title"].string
    for reference in pdf.page_references:
        page = _find(pdf, reference)
        page.setdefault("Annots", pydyf.Array()).append(Gap("annotations", (int(reference.split()[0]),)))


def _find_spaces(pdf: pydyf.PDF) -> Any:  # noqa: ANN401 - pydyf publishes no types
    """Return the dictionary of color spaces, which WeasyPrint always writes."""
    return next(item for item in pdf.objects if isinstance(item, dict) and "lab-d50" in item)


class _OpenDictionary(pydyf.Dictionary):  # type: ignore[misc] # pydyf publishes no types
    """A dictionary with a gap for more entries."""

    def __init__(self, values: Mapping[str, Any], gap: Gap) -> None:
        super().__init__(values)
        self._gap = gap

    @property
    def data(self) -> bytes:
        data: bytes = super().data
        return data.removesuffix(b">>") + str(self._gap).encode() + b">>"


def _find_profile(pdf: pydyf.PDF) -> Any:  # noqa: ANN401 - as above
    return next(item for item in pdf.objects if "N" in getattr(item, "extra", ()))


def _write(pdf: pydyf.PDF, places: tuple[Place, ...], metadata: int, next_parent: int) -> BodyLayer:
    content = bytearray(_HEADER)
    entries: dict[int, Entry] = {}
    opened: dict[int, OpenObject] = {}
    packed: list[tuple[int, bytes]] = []
    for number, item in enumerate(pdf.objects):
        if number in {0, metadata}:
            continue
        written = read_object(item)
        if written.has_gaps:
            opened[number] = written
        elif written.is_stream:
            entries[number] = (1, len(content), 0)
            content += write_indirect(number, _get_bytes(written))
        else:
            packed.append((number, _get_bytes(written)))
    stream = len(pdf.objects)
    entries |= {number: (2, stream, index) for index, (number, _) in enumerate(packed)}
    entries[stream] = (1, len(content), 0)
    content += write_indirect(stream, pack_objects(packed))
    return BodyLayer(
        bytes(content),
        b"".join(write_entry(entries.get(number, FREE)) for number in range(stream + 1)),
        opened,
        places,
        stream + 1,
        pdf.catalog.number,
        metadata,
        _find_profile(pdf).number,
        _find_spaces(pdf).number,
        next_parent,
        len(pdf.page_references),
    )


def _get_bytes(item: OpenObject) -> bytes:
    return b"".join(piece for piece in item.pieces if isinstance(piece, bytes))


def _find(pdf: pydyf.PDF, reference: bytes) -> Any:  # noqa: ANN401 - as above
    return pdf.objects[int(reference.split()[0])]
