"""The banner on every page of a draft, an overdue handout or an unreviewed translation, whatever template is used.

Drafts have it where the project requires a release, handouts whose review is overdue at the front desk, unreviewed
translations always.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from markupsafe import Markup

from handouts.compose.labels import Labels
from handouts.language.tags import direction_of
from handouts.model.document import Composed, Makeup, Sheet
from handouts.model.imposition import get_page_width
from handouts.schema.print_terms import FileKind
from handouts.schema.translation import Translation

DRAFT_BANNER: Final = "DRAFT: do not give to patients"
"""Not a page label: no labels file can change it."""
OVERDUE_BANNER: Final = "OUT OF DATE: its review is overdue"
"""Likewise."""
UNREVIEWED: Final = {
    "machine": "Machine translation, not reviewed by a qualified translator",
    "human": "Translation not reviewed by a qualified translator",
}
"""Likewise, by the method of the translation."""

_SMALL: Final = 9.0  # points
_POINTS_OF_PIXEL: Final = 0.75
_SIDE_MARGINS: Final = 50.0  # points
_GAP: Final = 8.5  # points, between the banner and the text
_LIFT: Final = 2.5  # points of it that are taken from the margin
_BODY: Final = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
_END_OF_BODY: Final = "</body>"
_LINE: Final = Markup('<p class="draft-banner" lang="{}" dir="{}"><strong>{}</strong></p>')
# In the margin of printed pages, which all formats have. The sheet is final, so that no other one changes what it says.
_PAGE_STYLE: Final = """\
@page {{
  padding-top: {space:g}pt !important;
  @top-center {{
    content: "{text}" !important; display: table-cell !important; visibility: visible !important;
    font: 700 {size}/1.05 {font} !important; color: #000 !important;
    text-align: center !important; vertical-align: bottom !important; white-space: {white_space} !important;
    width: auto !important; height: auto !important; min-width: 0 !important; min-height: 0 !important;
    max-width: none !important; max-height: none !important; margin: 0 0 -{room:g}pt !important; padding: 0 !important;
    background: none !important; opacity: 1 !important; transform: none !important; overflow: visible !important;
    text-transform: none !important; text-indent: 0 !important; letter-spacing: normal !important;
    word-spacing: normal !important; direction: ltr !important; z-index: 9 !important;
  }}
}}
"""
_WEB_STYLE: Final = """\
.draft-banner {
  display: block !important; visibility: visible !important; position: sticky !important; top: 0 !important;
  z-index: 9 !important; margin: 0 !important; padding: 0.4em !important; text-align: center !important;
  color: #000 !important; background: #fff !important; border-bottom: 3px solid #000 !important;
}
@media print { .draft-banner { position: fixed !important; left: 0 !important; right: 0 !important } }
"""


@dataclass(frozen=True, slots=True)
class BannerLine:
    """One line of the banner, and its language (BCP 47)."""

    text: str
    language: str = "en"


def list_banner_lines(
    status: str, translation: Translation | None, labels: Labels, language: str
) -> tuple[BannerLine, ...]:
    """Return the lines of the banner for a status (may be empty) and an unreviewed translation (None for others)."""
    lines = [BannerLine(status)] if status else []
    if translation:
        lines.append(BannerLine(UNREVIEWED[translation.method]))
        if translation.method == "machine":
            lines.append(BannerLine(labels.file.words["machine_translation"], language))
    return tuple({line.text: line for line in lines}.values())


def write_banner_sheet(lines: Sequence[BannerLine], document: Composed, font: str) -> Sheet:
    """Return the style sheet that shows the banner on a PDF or web page, in a font family; it comes last."""
    style = _WEB_STYLE
    if document.file == "pdf":
        text = "\\A ".join(line.text.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
        size, white_space, room = "1rem", "nowrap", 0.0
        if len(lines) > 1 or lines[0].text not in {DRAFT_BANNER, OVERDUE_BANNER}:
            points = max(_SMALL, document.layout.smallest_type)
            size, white_space, room = f"{points:g}pt", "pre-line", _measure_room(lines, document.makeup, points)
        style = _PAGE_STYLE.format(
            text=text,
            size=size,
            font=font,
            white_space=white_space,
            room=room and room - _LIFT,
            space=room and room + _GAP - _LIFT,
        )
    return Sheet("draft banner", style, document.root, final=document.file == "pdf")


def _measure_room(lines: Sequence[BannerLine], makeup: Makeup, points: float) -> float:
    """Return the height in points that all lines but one may need above the text."""
    width = get_page_width(makeup) * _POINTS_OF_PIXEL - _SIDE_MARGINS
    count = sum(ceil(_measure_letters(line.text) * points / width) for line in lines)
    return (count - 1) * points * 1.1


def _measure_letters(text: str) -> float:
    """Return the width of a text in ems, more rather than less."""
    return sum(1.05 if unicodedata.east_asian_width(letter) in "WF" else 0.6 for letter in text)


def insert_banner(html: str, lines: Sequence[BannerLine], kind: FileKind) -> str:
    """Insert the banner at the top of a web page, and at both ends of plain text; pages of PDFs show it by style."""
    if kind == "pdf":
        return html
    element = "".join(_LINE.format(line.language, direction_of(line.language), line.text) for line in lines)
    html = _BODY.sub(lambda tag: tag.group() + element, html, count=1)
    if kind == "txt":
        before, end, after = html.rpartition(_END_OF_BODY)
        html = f"{before}{element}{end}{after}"
    return html
