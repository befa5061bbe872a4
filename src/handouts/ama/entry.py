"""Formats a reference as the AMA Manual of Style (11th ed.) prints it."""

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from handouts.ama.books import capitalize_english, format_book, format_contribution, format_publisher, is_drug_label
from handouts.ama.dates import format_date
from handouts.ama.law import format_inventors, format_law, format_patent
from handouts.ama.names import format_editors, format_names
from handouts.ama.online import format_page, format_post, format_software, is_news_release
from handouts.ama.periodicals import format_periodical
from handouts.ama.styled_text import Part, Run, end_sentence, join_parts, parse_text, to_plain_text
from handouts.schema.reference import Reference

__all__ = ["Run", "format_reference", "to_plain_text"]

_MISSING: Final = "Source to be confirmed: the document this handout draws on cites it but does not list it."
_LAW_TYPES: Final = frozenset({"bill", "legal_case", "legislation", "regulation"})
# Works of their own have a title in italics, with capitals (3.9); recordings unless they are part of a website.
_OWN_WORKS: Final = frozenset({"book", "pamphlet", "report", "standard", "thesis"})
_RECORDINGS: Final = frozenset({"motion_picture", "song"})
# A notice in a title or a field names a journal, which is italic: "Published correction appears in JAMA. 2019;...".
_NOTICE: Final = re.compile(
    r"((?:Published correction appears|Correction published|Retracted|Retraction published|Retraction) in:?\s+)"
    r"([^.*<>]+)(?=\.\s)",
    re.IGNORECASE,
)


def format_reference(reference: Reference) -> tuple[Run, ...]:
    """Return the entry of a reference list, without its number (AMA Manual of Style 11th ed., 3.4-3.16)."""
    if reference.status == "missing":
        return (Run(_MISSING),)
    if reference.type in _LAW_TYPES:
        parts = [parse_text(format_names(reference.author)), format_law(reference)]
    else:
        parts = [
            _format_authors(reference),
            _format_title(reference),
            _format_notice("Published correction appears in", reference.correction),
            *_format_details(reference),
            _format_notice("Retracted in:", reference.retraction),
        ]
    ended = [end_sentence(part) for part in (*parts, *_format_dates_of_use(reference))]
    return join_parts([*ended, _format_address(reference)])


def _format_authors(reference: Reference) -> Part:
    if reference.type == "patent":
        return format_inventors(reference)
    return parse_text(format_names(reference.author) or format_editors(reference.editor))


def _format_title(reference: Reference) -> Part:
    title = _NOTICE.sub(r"\1*\2*", reference.title or "")
    is_roman = is_drug_label(reference) or is_news_release(reference)
    is_own_work = reference.type in _OWN_WORKS or (reference.type in _RECORDINGS and not reference.container_title)
    if not is_own_work or is_roman:
        return parse_text(title)
    return capitalize_english(reference, parse_text(title, italic=True))


def _format_notice(words: str, where: str | None) -> Part:
    """Return where a correction or retraction was published, with the journal in italics."""
    return parse_text(_NOTICE.sub(r"\1*\2*", f"{words} {where}")) if where else ()


def _format_details(reference: Reference) -> list[Part]:
    """Return the parts that follow the title, one a sentence (AMA Manual of Style 11th ed., 3.11-3.15)."""
    is_on_a_website = is_news_release(reference) or (reference.type in _RECORDINGS and reference.container_title)
    format_details = format_page if is_on_a_website else _DETAILS.get(str(reference.type), format_periodical)
    return format_details(reference)


def _format_thesis(reference: Reference) -> list[Part]:
    return [parse_text(reference.genre), format_publisher(reference)]


def _format_meeting(reference: Reference) -> list[Part]:
    """Return where a paper was presented (AMA Manual of Style 11th ed., 3.13.9)."""
    where = "; ".join(
        part for part in (reference.event_title, format_date(reference.issued), reference.event_place) if part
    )
    if not (reference.event_title or reference.event_place):
        return [parse_text(where)]
    genre = reference.genre or ""
    return [parse_text(f"{genre[0].upper()}{genre[1:]} presented at: {where}" if genre else f"Presented at: {where}")]


def _format_dates_of_use(reference: Reference) -> list[Part]:
    """Return when a page was updated and accessed (AMA Manual of Style 11th ed., 3.15); a DOI needs no access date."""
    dates = {"Updated": reference.updated, "Accessed": None if reference.doi else reference.accessed}
    return [parse_text(f"{label} {format_date(day)}") for label, day in dates.items() if day]


def _format_address(reference: Reference) -> Part:
    if reference.doi:
        return (Run(f"doi:{reference.doi}", url=f"https://doi.org/{quote(reference.doi, safe='/:;()')}"),)
    return (Run(reference.url, url=reference.url),) if reference.url else ()


# What follows the title, by type; that of any other type is like that of an article.
_DETAILS: Final[Mapping[str, Callable[[Reference], list[Part]]]] = {
    "book": format_book,
    "broadcast": format_page,
    "chapter": format_contribution,
    "dataset": format_page,
    "document": format_page,
    "entry": format_page,
    "entry-dictionary": format_contribution,
    "entry-encyclopedia": format_contribution,
    "motion_picture": format_book,
    "pamphlet": format_book,
    "paper-conference": format_contribution,
    "patent": format_patent,
    "post": format_post,
    "post-weblog": format_post,
    "report": format_book,
    "software": format_software,
    "song": format_book,
    "speech": _format_meeting,
    "standard": format_book,
    "thesis": _format_thesis,
    "webpage": format_page,
}
