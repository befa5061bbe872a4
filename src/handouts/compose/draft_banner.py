"""The banner on every page of a draft where the project requires a release: in words, whatever template is used."""

import re
from pathlib import Path
from typing import Final

from handouts.model.document import Sheet
from handouts.schema.print_terms import FileKind

BANNER: Final = "DRAFT: do not give to patients"
"""Not a page label: no labels file can change it."""

_BODY: Final = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_END_OF_BODY: Final = "</body>"
_ELEMENT: Final = f'<p class="draft-banner" lang="en" dir="ltr"><strong>{BANNER}</strong></p>'
# In the margin of printed pages, which all formats have. The sheet is final, so that no other one changes what it says.
_PAGE_STYLE: Final = f"""\
@page {{
  @top-center {{
    content: "{BANNER}" !important; display: table-cell !important; visibility: visible !important;
    font: 700 1rem/1.05 "Atkinson Hyperlegible Next" !important; color: #000 !important;
    text-align: center !important; vertical-align: bottom !important; white-space: nowrap !important;
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


def write_banner_sheet(kind: FileKind, root: Path) -> tuple[Sheet, ...]:
    """Return the style sheet that shows the banner; it comes last. Plain text has none."""
    if kind == "txt":
        return ()
    return (Sheet("draft banner", _PAGE_STYLE if kind == "pdf" else _WEB_STYLE, root, final=kind == "pdf"),)


def insert_banner(html: str, kind: FileKind) -> str:
    """Insert the banner at the top of a web page, and at both ends of plain text; pages of PDFs show it by style."""
    if kind == "pdf":
        return html
    html = _BODY.sub(lambda tag: tag.group() + _ELEMENT, html, count=1)
    if kind == "txt":
        before, end, after = html.rpartition(_END_OF_BODY)
        html = f"{before}{_ELEMENT}{end}{after}"
    return html
