"""Sources that the rules about the text of handouts refer to."""

from typing import Final

AUTHORS_GUIDE: Final = "docs/authors.md: a handout has to be complete for any choice of its sections"
MARKUP_GUIDE: Final = (
    "docs/syntax.md: the supported Markdown is text, lists, tables, links, citations, notes, blocks and pictures"
)
COMMONMARK: Final = "CommonMark 0.31 (https://spec.commonmark.org/0.31.2), which prints it differently or not at all"
AMA: Final = "AMA Manual of Style, 11th ed, 3.5 and 3.6 (https://academic.oup.com/amamanualofstyle)"
WCAG: Final = "WCAG 2.2, 1.1.1, 1.3.1 and 3.1.2 (https://www.w3.org/TR/WCAG22); PDF/UA-1, ISO 14289-1, 7.3 and 7.4.2"
