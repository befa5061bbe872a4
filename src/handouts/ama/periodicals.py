"""Formats what follows the title of an article: journal, date, volume, pages (AMA Manual of Style 11th ed., 3.11)."""

import re
from typing import Final

from handouts.ama.dates import format_date, format_year
from handouts.ama.journals import abbreviate_journal
from handouts.ama.names import format_editors
from handouts.ama.numbers import add_label, format_pages
from handouts.ama.styled_text import Part, Run, parse_text
from handouts.schema.reference import Reference

_SUPPLEMENT: Final = re.compile(r"(?:(?P<issue>\w+)\s*)?\(?suppl(?:ement)?\.?\s*(?P<number>\w*)\)?", re.IGNORECASE)
_ONLINE: Final = {
    "article": "Preprint posted online ",
    "article-journal": "Published online ",
    "review": "Published online ",
}
# Titles of newspapers and magazines are not abbreviated (3.13.1).
CATALOGED_TYPES: Final = frozenset({"article-journal", "review"})


def format_periodical(reference: Reference) -> list[Part]:
    """Return the parts that follow the title of an article, one a sentence."""
    server = reference.publisher if reference.type == "article" else None
    where = reference.number or format_pages(reference.page)
    dates = parse_text(_format_issue_date(reference))
    return [
        parse_text(format_editors(reference.editor if reference.author else ())),
        parse_text(format_journal(reference), italic=True),
        parse_text(server, italic=True),
        (*dates, *((Run(f":{where}" if dates else where),) if where else ())),
    ]


def format_journal(reference: Reference) -> str:
    """Return the journal as the NLM catalog abbreviates it, one that it does not have as it is written."""
    name = reference.container_title_short or reference.journal_abbreviation or reference.container_title or ""
    if reference.type not in CATALOGED_TYPES:
        return name.replace(".", "")
    return abbreviate_journal(name) or name.replace(".", "")


def _format_issue_date(reference: Reference) -> str:
    if reference.type != "article-newspaper" and (reference.volume or reference.issue or reference.supplement_number):
        return ";".join(part for part in (format_year(reference.issued), _format_volume_and_issue(reference)) if part)
    online = _ONLINE.get(reference.type or "", "")
    return online + format_date(reference.issued) if reference.issued else ""


def _format_volume_and_issue(reference: Reference) -> str:
    """Return volume, issue and supplement, as "13(4)(suppl 2)" (AMA Manual of Style 11th ed., 3.11)."""
    issue, number = reference.issue or "", reference.supplement_number
    supplement = add_label("suppl", number)
    combined = _SUPPLEMENT.fullmatch(issue)
    if combined and not number:
        issue, supplement = combined["issue"] or "", f"suppl {combined['number']}".strip()
    return f"{reference.volume or ''}{f'({issue})' if issue else ''}{f'({supplement})' if supplement else ''}"
