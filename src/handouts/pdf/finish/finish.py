"""Write the final PDF of laid-out pages: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) at once, or PDF/X-4."""

import copy
import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

from handouts.pdf.finish.identification import identify
from handouts.pdf.finish.images import forbid_interpolation
from handouts.pdf.finish.outline import outline_of
from handouts.pdf.finish.pdf_side import PaintedSide
from handouts.pdf.finish.precompress import settle
from handouts.pdf.finish.preflight import NotAccessibleError, NotForPressError, check
from handouts.pdf.tags.structure_reader import read_pages
from handouts.pdf.tags.write_tags import write_tags

if TYPE_CHECKING:
    import pydyf
    import weasyprint

    from handouts.model.document import Makeup
    from handouts.model.imposition import Side
    from handouts.schema.provenance import Provenance

__all__ = ["VARIANT", "NotAccessibleError", "NotForPressError", "finish", "finish_for_press"]

VARIANT: Final = "pdf/a-2a"
"""The pdf_variant with which documents have to be rendered to be finished."""


def finish(
    document: "weasyprint.Document",
    sides: Sequence["Side"],
    makeup: "Makeup",
    *,
    language: str,
    made_from: "Provenance | None" = None,
) -> bytes:
    """Give the PDF of a rendered document, its pages put on sides, whose text is in the language, a BCP 47 tag.

    What the document was made from is said in the metadata.

    The structure tree follows the HTML in place of WeasyPrint's own. Artifacts, and so not in it, are margin boxes,
    heads and feet of tables where they are repeated, pictures with alt="", and whatever is aria-hidden="true"; links
    there are dropped. Links are described by their aria-label, title or text. Not catered for: form fields and
    attachments.

    The document stays as it was; finishing it again gives the same bytes. Raises NotAccessibleError when the document
    has no title, a picture without text alternative or a gap in the levels of its headings, or when the language is
    no language tag; RuntimeError when WeasyPrint writes something else than what this was made for.
    """
    reading = read_pages(document.pages, sides)
    check(reading, title=document.metadata.title, language=language)

    def complete(_: "weasyprint.Document", pdf: "pydyf.PDF") -> None:
        identify(pdf, made_from)
        forbid_interpolation(pdf)
        write_tags(pdf, reading.root, pages)
        settle(pdf)

    pages = [PaintedSide(side, document.pages, reading.artifacts, makeup) for side in sides]
    painting = document.copy(pages)
    painting.metadata = copy.copy(document.metadata)
    painting.metadata.lang = language
    # WeasyPrint would list what is on the first side first.
    painting.make_bookmark_tree = lambda scale, **_: outline_of(document, sides, scale)
    return cast("bytes", painting.write_pdf(pdf_variant=VARIANT, finisher=complete))


def finish_for_press(
    document: "weasyprint.Document",
    sides: Sequence["Side"],
    makeup: "Makeup",
    *,
    created: dt.date,
    made_from: "Provenance | None" = None,
) -> bytes:
    """Give the PDF/X-4 file of a rendered document, its pages put on sides, that says it was made on the given day.

    What the document was made from is said in the metadata.

    The document stays as it was; finishing it again gives the same bytes. Raises NotForPressError when the document has
    no title or brings color profiles of its own.
    """
    from handouts.pdf.press.write_press import write_for_press  # noqa: PLC0415 - few files are for the press

    pages = [PaintedSide(side, document.pages, {}, makeup) for side in sides]
    return write_for_press(document, pages, created=created, made_from=made_from)
