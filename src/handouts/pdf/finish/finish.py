"""Writes laid-out pages as the final PDF file: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) at once."""

import copy
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import pydyf

from handouts.pdf.finish.identification import identify
from handouts.pdf.finish.numbers import check_numbers
from handouts.pdf.finish.pdf_side import PdfSide
from handouts.pdf.finish.preflight import check_accessibility
from handouts.pdf.tags.structure_reader import read_structure
from handouts.pdf.tags.write_tags import write_tags
from handouts.problems.collector import Problems

if TYPE_CHECKING:
    import weasyprint

    from handouts.model.document import Makeup
    from handouts.model.imposition import Side
    from handouts.pdf.layout.renderer import Pages
    from handouts.schema.provenance import Provenance

VARIANT: Final = "pdf/a-2a"
"""The `pdf_variant` that documents must be rendered with before `finish`."""

OutlineEntry = tuple[str, tuple[int, float, float], list[Any], str]
"""A label, the page number and position of the target, the entries below, and whether the entry is open."""


def finish(
    laid_out: "Pages",
    sides: Sequence["Side"],
    makeup: "Makeup",
    problems: Problems,
    *,
    language: str,
    made_from: "Provenance | None" = None,
) -> bytes:
    """Return the PDF file of laid-out pages, imposed on sides; b"" if it cannot be made accessible.

    `language` is the BCP 47 tag of the text; `made_from` is written into the metadata.

    The structure tree follows the HTML and replaces WeasyPrint's own. Margin boxes, repeated heads and feet of tables,
    pictures with alt="", and elements with aria-hidden="true" are artifacts: they are not in the tree, and links in
    them are dropped. Links are described by their aria-label, title or text. Form fields and attachments are not
    supported.

    Does not change the document; finishing it again gives the same bytes. Raises RuntimeError if WeasyPrint
    writes something unexpected.
    """
    document = laid_out.document
    structure = read_structure(document.pages, sides)
    accessibility = Problems()
    check_accessibility(structure, document.metadata.title, language, accessibility)
    problems.extend(accessibility)
    if accessibility.has_errors:
        return b""

    def complete(_: "weasyprint.Document", pdf: pydyf.PDF) -> None:
        identify(pdf, made_from)
        forbid_interpolation(pdf)
        check_numbers(pdf.objects, problems)
        write_tags(pdf, structure.root, pages)
        precompress(pdf)

    pages = [PdfSide(side, document.pages, structure.artifacts, makeup, laid_out.colors) for side in sides]
    painting = document.copy(pages)
    painting.metadata = copy.copy(document.metadata)
    painting.metadata.lang = language
    # WeasyPrint would list the pages on the first side first.
    painting.make_bookmark_tree = lambda scale, **_: make_outline(document, sides, scale)
    return cast("bytes", painting.write_pdf(pdf_variant=VARIANT, finisher=complete))


def make_outline(document: "weasyprint.Document", sides: Sequence["Side"], scale: float) -> list[OutlineEntry]:
    """Return the outline of laid-out pages in reading order, with positions on sides, in points.

    `scale` is points per CSS pixel. Entries of pages that are on no side are left out, with all entries below them.
    """
    positions = {
        placed.page: (number, placed.x, placed.y, side.height)
        for number, side in enumerate(sides)
        for placed in side.placed
    }

    def impose_entries(entries: Iterable[OutlineEntry]) -> list[OutlineEntry]:
        imposed: list[OutlineEntry] = []
        for label, (page, x, y), below, state in entries:
            if page in positions:
                number, left, top, height = positions[page]
                target = (number, (x + left) * scale, (height - y - top) * scale)
                imposed.append((label, target, impose_entries(below), state))
        return imposed

    return impose_entries(document.make_bookmark_tree())


def forbid_interpolation(pdf: pydyf.PDF) -> None:
    """Turn off the smoothing of enlarged pictures, which WeasyPrint turns on and ISO 19005-2, 6.2.8 forbids."""
    for entry in pdf.objects:
        if "Interpolate" in getattr(entry, "extra", ()):
            entry.extra["Interpolate"] = "false"


def precompress(pdf: pydyf.PDF) -> None:
    """Replace all objects with their final bytes; they cannot be changed after that.

    pydyf would compress each stream twice: for the file, and for the identifier that is a hash of its content.
    """
    pdf.objects[1:] = [_FinalObject(entry) for entry in pdf.objects[1:]]


class _FinalObject(pydyf.Object):  # type: ignore[misc] # pydyf publishes no types
    """An object of a PDF as its final bytes."""

    data = b""
    compressible = False

    def __init__(self, entry: Any) -> None:  # noqa: ANN401 - as above
        super().__init__()
        self.number, self.generation, self.free = entry.number, entry.generation, entry.free
        self.data, self.compressible = entry.data, entry.compressible
