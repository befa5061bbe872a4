"""The banner on every page of a draft, or of a handout that is out of date: in words, whatever template is used."""

import re
from pathlib import Path
from typing import Final

from handouts.model.document import Sheet
from handouts.schema.print_terms import FileKind

DRAFT_BANNER: Final = "DRAFT: do not give to patients"
"""Not a page label: no labels file can change it."""

OVERDUE_BANNER: Final = "OUT OF DATE: its review is overdue"
"""Likewise."""

_BODY: Final = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_END_OF_BODY: Final = "</body>"
_ELEMENT: Final = '<p class="draft-banner" lang="en" dir="ltr"><strong>{}</strong></p>'
# In the margin of printed pages, which all formats have; !important, so that no other style sheet hides it.
_PAGE_STYLE: Final = """\
@page {
  @top-center {
    content: "$BANNER" !important; display: table-cell !important; visibility: visible !important;
    font: 700 1rem/1.05 "Atkinson Hyperlegible Next" !important; color: #000 !important;
    text-align: center !important; vertical-align: bottom !important; white-space: nowrap !important;
    width: auto !important;
  }
}
"""
_WEB_STYLE: Final = """\
.draft-banner {
  display: block !important; visibility: visible !important; position: sticky !important; top: 0 !important;
  z-index: 9 !important; margin: 0 !important; padding: 0.4em !important; text-align: center !important;
  color: #000 !important; background: #fff !important; border-bottom: 3px solid #000 !important;
}
@media print { .draft-banner { position: fixed !important; left: 0 !important; right: 0 !important } }
"""


def write_banner_sheet(banner: str, kind: FileKind, root: Path) -> tuple[Sheet, ...]:
    """Return the style sheet that shows the banner; it comes last. Plain text has none."""
    if kind == "txt":
        return ()
    text = _PAGE_STYLE.replace("$BANNER", banner) if kind == "pdf" else _WEB_STYLE
    return (Sheet("draft banner", text, root),)


def insert_banner(html: str, banner: str, kind: FileKind) -> str:
    """Insert the banner at the top of a web page, and at both ends of plain text; pages of PDFs show it by style."""
    if kind == "pdf":
        return html
    element = _ELEMENT.format(banner)
    html = _BODY.sub(lambda tag: tag.group() + element, html, count=1)
    if kind == "txt":
        before, end, after = html.rpartition(_END_OF_BODY)
        html = f"{before}{element}{end}{after}"
    return html
