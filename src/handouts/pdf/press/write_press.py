"""Writes laid-out pages for the press: PDF/X-4 (ISO 15930-7) in cyan, magenta, yellow and black."""

import copy
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from handouts.model.project import shipped
from handouts.pdf.finish.finish import precompress
from handouts.pdf.finish.numbers import check_numbers
from handouts.pdf.finish.pdf_side import PdfSide
from handouts.pdf.finish.preflight import check_for_press
from handouts.pdf.press.conversion import convert_to_inks
from handouts.pdf.press.identification import identify
from handouts.pdf.press.inks import Inks
from handouts.problems.collector import Problems

if TYPE_CHECKING:
    import pydyf
    import weasyprint

    from handouts.model.document import Makeup
    from handouts.model.imposition import Side
    from handouts.pdf.layout.renderer import Pages
    from handouts.schema.provenance import Provenance


def finish_for_press(
    laid_out: "Pages",
    sides: Sequence["Side"],
    makeup: "Makeup",
    problems: Problems,
    *,
    created: dt.date,
    made_from: "Provenance | None" = None,
) -> bytes:
    """Return the PDF/X-4 file of laid-out pages, imposed on sides; b"" if they cannot be printed in inks.

    `created` is the day that the file states as its own, `made_from` is written into the metadata.

    Does not change the document; finishing it again gives the same bytes. Raises RuntimeError if WeasyPrint
    writes something unexpected.
    """
    document = laid_out.document
    preflight = Problems()
    check_for_press(document, preflight)
    problems.extend(preflight)
    if preflight.has_errors:
        return b""
    pages = [PdfSide(side, document.pages, {}, makeup, laid_out.colors) for side in sides]
    return write_for_press(document, pages, problems, created=created, made_from=made_from)


def write_for_press(
    document: "weasyprint.Document",
    pages: Iterable[Any],
    problems: Problems,
    *,
    created: dt.date,
    made_from: "Provenance | None" = None,
) -> bytes:
    """Return the PDF/X-4 file of pages of a rendered document, or of objects with the same interface.

    Colors are converted from sRGB to the inks of styles/color/coated-fogra39-300.icc, neutral ones to black alone;
    pictures likewise, without loss. Black letters overprint what is below them. Marks that a page paints in the color
    space REGISTRATION are on all plates. Links, bookmarks, form fields and the structure tree are left out: only the
    press reads the file. Raises RuntimeError if WeasyPrint writes something unexpected.
    """
    profile = (shipped() / "styles" / "color" / "coated-fogra39-300.icc").read_bytes()
    painting = document.copy([_PaintOnlyPage(page) for page in pages])
    painting.metadata = metadata = copy.copy(document.metadata)
    metadata.created = metadata.modified = f"{created.isoformat()}T00:00:00Z"
    metadata.attachments = []
    # The profile of screens, which WeasyPrint adds when it writes PDF/A.
    painting.color_profiles, painting.output_intent = {}, None

    def complete(_: "weasyprint.Document", pdf: "pydyf.PDF") -> None:
        check_numbers(pdf.objects, problems)
        convert_to_inks(Inks(profile), pdf)
        identify(pdf, metadata, profile, made_from)
        precompress(pdf)

    return cast("bytes", painting.write_pdf(finisher=complete, pdf_version="1.6", pdf_identifier=True))


class _PaintOnlyPage:
    """A page without links, anchors, bookmarks and form fields; otherwise like the page that it wraps."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 - a weasyprint Page, which has no types, or like one
        self._page = page
        self.links: Final[list[object]] = []
        self.anchors: Final[dict[str, object]] = {}
        self.bookmarks: Final[list[object]] = []
        self.forms: Final[dict[None, list[object]]] = {None: []}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the page has
        return getattr(self._page, name)
