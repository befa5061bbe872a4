"""Write laid-out pages for the press: PDF/X-4 (ISO 15930-7) in cyan, magenta, yellow and black."""

import copy
import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from handouts.model.project import shipped
from handouts.pdf.finish.precompress import settle
from handouts.pdf.finish.preflight import NotForPressError
from handouts.pdf.press.conversion import print_with
from handouts.pdf.press.identification import identify
from handouts.pdf.press.inks import Inks
from handouts.pdf.press.pages import PaintedOnly

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pydyf
    import weasyprint

    from handouts.schema.provenance import Provenance


def write_for_press(
    document: "weasyprint.Document",
    pages: "Iterable[Any]",
    *,
    created: dt.date,
    made_from: "Provenance | None" = None,
) -> bytes:
    """Give the PDF/X-4 file of pages of a rendered document, or of objects that are like its pages.

    Colors are turned from sRGB into the inks of styles/color/coated-fogra39-300.icc, neutral ones into black alone;
    pictures likewise, without loss. Black letters are printed over what is under them. Marks that a page paints in the
    color space REGISTRATION are on all plates. Links, bookmarks, form fields and the structure tree are left out:
    nobody reads the file but the press. It says that it was made on the given day, and from what.

    The document stays as it was; finishing it again gives the same bytes. Raises NotForPressError when the document has
    no title or brings color profiles of its own, and RuntimeError when WeasyPrint writes something else than what this
    was made for.
    """
    _check(document)
    profile = (shipped() / "styles" / "color" / "coated-fogra39-300.icc").read_bytes()
    painting = document.copy([PaintedOnly(page) for page in pages])
    painting.metadata = metadata = copy.copy(document.metadata)
    metadata.created = metadata.modified = f"{created.isoformat()}T00:00:00Z"
    metadata.attachments = []
    # That of screens, which WeasyPrint adds when it writes PDF/A.
    painting.color_profiles, painting.output_intent = {}, None

    def complete(_: "weasyprint.Document", pdf: "pydyf.PDF") -> None:
        print_with(Inks(profile), pdf)
        identify(pdf, metadata, profile, made_from)
        settle(pdf)

    return cast("bytes", painting.write_pdf(finisher=complete, pdf_version="1.6", pdf_identifier=True))


def _check(document: "weasyprint.Document") -> None:
    reasons = []
    if not document.metadata.title:
        reasons.append("the document has no title")
    reasons += [
        f'a style sheet brings the color profile "{name}": colors have to be those of sRGB, or device-cmyk()'
        for name in document.color_profiles
        if name != "srgb"
    ]
    if reasons:
        raise NotForPressError(tuple(reasons))
