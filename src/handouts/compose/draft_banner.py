"""The banner on every page of a draft, an overdue handout or an unreviewed translation, whatever template is used.

Drafts have it where the project requires a release, handouts whose review is overdue at the front desk, unreviewed
translations always.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from handouts.compose.labels import Labels
from handouts.language.tags import direction_of
from handouts.model.document import Sheet
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

_BODY: Final = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_END_OF_BODY: Final = "</body>"
_LINE: Final = Markup('<p class="draft-banner" lang="{}" dir="{}"><strong>{}</strong></p>')
# In the margin of printed pages, which all formats have. The sheet is final, so that no other one changes what it says.
_PAGE_STYLE: Final = """\
@page {{
  @top-center {{
    content: "{text}" !important; display: table-cell !important; visibility: visible !important;
    font: 700 {size}/1.05 {font} !important; color: #000 !important;
    text-align: center !important; vertical-align: bottom !important; white-space: {white_space} !important;
    width: auto !important; height: auto !important; min-width: 0 !important; min-height: 0 !important;
    max-width: none !important; max-height: none !important; margin: 0 !important; padding: 0 !important;
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


def write_banner_sheet(lines: Sequence[BannerLine], kind: FileKind, root: Path, font: str) -> tuple[Sheet, ...]:
    """Return the style sheet that shows the banner, in a font family; it comes last. Plain text has none."""
    if kind == "txt":
        return ()
    style = _WEB_STYLE
    if kind == "pdf":
        is_short = len(lines) == 1 and lines[0].text in {DRAFT_BANNER, OVERDUE_BANNER}
        size, white_space = ("1rem", "nowrap") if is_short else ("9pt", "pre-line")
        text = "\\A ".join(line.text.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
        style = _PAGE_STYLE.format(text=text, size=size, font=font, white_space=white_space)
    return (Sheet("draft banner", style, root, final=kind == "pdf"),)


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
