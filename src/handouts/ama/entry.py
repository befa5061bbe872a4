"""Formats a reference as the AMA Manual of Style (11th ed.) prints it."""

import re
from typing import Final
from urllib.parse import quote

from handouts.ama.names import format_editors, format_names
from handouts.ama.styled_text import (
    Part,
    Run,
    end_sentence,
    join_with_spaces,
    parse_emphasis,
    to_plain_text,
    to_title_case,
)
from handouts.schema.reference import Name, Reference
from handouts.schema.reference_values import CslDate

__all__ = ["Run", "format_reference", "to_plain_text"]

_MISSING: Final = "Source to be confirmed: the document this handout draws on cites it but does not list it."
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NUMBERS: Final = re.compile(r"\d+[a-z]*(?:\s*[-\u2013,&]\s*\d+[a-z]*)*", re.IGNORECASE)
_PAGES: Final = re.compile(r"([^\W\d]*)(\d+)([^\W\d]*)-+([^\W\d]*)(\d+)([^\W\d]*)")
_SUPPLEMENT: Final = re.compile(r"(?:(?P<issue>\w+)\s*)?\(?suppl(?:ement)?\.?\s*(?P<number>\w*)\)?", re.IGNORECASE)


def format_reference(reference: Reference) -> tuple[Run, ...]:
    """Return the entry of a reference list, without its number (AMA Manual of Style 11th ed., 3.4-3.15)."""
    if reference.status == "missing":
        return (Run(_MISSING),)
    by = format_names(reference.author) or format_editors(reference.editor)
    parts = [
        parse_emphasis(by),
        _format_title(reference),
        *_format_details(reference),
        *_format_dates_of_use(reference),
    ]
    return join_with_spaces([*(end_sentence(part) for part in parts), _format_address(reference)])


def _format_dates_of_use(reference: Reference) -> list[Part]:
    """Return when a page was updated and accessed (AMA Manual of Style 11th ed., 3.15); a DOI needs no access date."""
    dates = {"Updated": reference.updated, "Accessed": None if reference.doi else reference.accessed}
    return [parse_emphasis(f"{label} {_format_date(day)}") for label, day in dates.items() if day]


def _format_address(reference: Reference) -> Part:
    if reference.doi:
        return (Run(f"doi:{reference.doi}", url=f"https://doi.org/{quote(reference.doi, safe='/:;()')}"),)
    return (Run(reference.url, url=reference.url),) if reference.url else ()


def _format_title(reference: Reference) -> Part:
    """Return the title, italic and capitalized for a book, report or thesis (AMA Manual of Style 11th ed., 3.9.1)."""
    own_work = reference.type in {"book", "report", "thesis"}
    return parse_emphasis(
        _capitalize_english(reference, reference.title) if own_work else reference.title, italic=own_work
    )


def _format_details(reference: Reference) -> list[Part]:
    """Return the parts that follow the title, one a sentence (AMA Manual of Style 11th ed., 3.11-3.15)."""
    match reference.type:
        case "book" | "report":
            return _format_book(reference)
        case "chapter" | "paper-conference" | "entry-dictionary" | "entry-encyclopedia":
            return _format_contribution(reference)
        case "post" | "post-weblog" | "webpage":
            return [parse_emphasis(reference.container_title), parse_emphasis(_format_date(reference.issued))]
        case "speech":
            return [_format_meeting(reference)]
        case "thesis":
            return [parse_emphasis(reference.genre), _format_publisher(reference)]
    return _format_periodical(reference)


def _format_date(value: CslDate | None) -> str:
    """Return a date as "February 12, 2019", "February 2019" or "2019"; an empty string for None."""
    if value is None or value.month is None:
        return str(value.year) if value else ""
    return " ".join([_MONTHS[value.month - 1], *([f"{value.day},"] if value.day else []), str(value.year)])


def _format_pages(value: str | None) -> str:
    """Return pages with hyphens and complete numbers: "S27-S31" for "S27-31" (AMA Manual of Style 11th ed., 3.11)."""
    hyphened = re.sub(r"\s*[-\u2013]+\s*", "-", value or "")
    return re.sub(r"[^\s,&]+", lambda span: _complete_page_range(span[0]), hyphened)


def _complete_page_range(span: str) -> str:
    page_range = _PAGES.fullmatch(span)
    if not page_range or page_range[4] not in {"", page_range[1]}:
        return span
    prefix, first, first_suffix, _, last, last_suffix = page_range.groups()
    return f"{prefix}{first}{first_suffix}-{prefix}{first[: max(0, len(first) - len(last))]}{last}{last_suffix}"


def _format_book(reference: Reference) -> list[Part]:
    names = format_editors(_select_editors(reference))
    imprint = [
        _format_volume(reference),
        _format_edition(reference),
        parse_emphasis(f"({names})" if names else ""),
        _format_publisher(reference),
    ]
    number = f"{reference.genre or ''} {reference.number or ''}".strip() if reference.type == "report" else ""
    return [*_append_pages(imprint, _format_pages(reference.page)), parse_emphasis(number if reference.number else "")]


def _format_contribution(reference: Reference) -> list[Part]:
    book = parse_emphasis(_capitalize_english(reference, reference.container_title), italic=True)
    parts = [
        parse_emphasis(format_editors(_select_editors(reference))),
        book,
        _format_volume(reference),
        _format_edition(reference),
        parse_emphasis(reference.collection_title),
        _format_publisher(reference),
    ]
    where = _format_pages(reference.page) or _add_label("chap", reference.chapter_number)
    within = [part for part in parts if part]
    return _append_pages([(Run("In: "), *within[0]), *within[1:]] if within else [], where)


def _format_meeting(reference: Reference) -> Part:
    """Return where a paper was presented (AMA Manual of Style 11th ed., 3.13.9)."""
    where = "; ".join(
        part for part in (reference.event_title, _format_date(reference.issued), reference.event_place) if part
    )
    if not (reference.event_title or reference.event_place):
        return parse_emphasis(where)
    genre = reference.genre or ""
    return parse_emphasis(f"{genre[0].upper()}{genre[1:]} presented at: {where}" if genre else f"Presented at: {where}")


def _format_periodical(reference: Reference) -> list[Part]:
    journal = (reference.container_title_short or reference.container_title or "").replace(".", "")
    server = reference.publisher if reference.type == "article" else None
    where = reference.number or _format_pages(reference.page)
    when = [parse_emphasis(_format_issue_date(reference))]
    names = parse_emphasis(format_editors(_select_editors(reference)))
    return [
        names,
        parse_emphasis(journal, italic=True),
        parse_emphasis(server, italic=True),
        *_append_pages(when, where),
    ]


def _format_issue_date(reference: Reference) -> str:
    if reference.type != "article-newspaper" and (reference.volume or reference.issue or reference.supplement_number):
        year = str(reference.issued.year) if reference.issued else ""
        return ";".join(part for part in (year, _format_volume_and_issue(reference)) if part)
    online = {"article": "Preprint posted online ", "article-journal": "Published online "}
    return online.get(reference.type or "", "") + _format_date(reference.issued) if reference.issued else ""


def _format_volume_and_issue(reference: Reference) -> str:
    """Return volume, issue and supplement, as "13(4)(suppl 2)" (AMA Manual of Style 11th ed., 3.11)."""
    issue, number = reference.issue or "", reference.supplement_number
    supplement = _add_label("suppl", number)
    combined = _SUPPLEMENT.fullmatch(issue)
    if combined and not number:
        issue, supplement = combined["issue"] or "", f"suppl {combined['number']}".strip()
    return f"{reference.volume or ''}{f'({issue})' if issue else ''}{f'({supplement})' if supplement else ''}"


def _format_volume(reference: Reference) -> Part:
    several = re.search(r"\d\D+\d", reference.volume or "")
    return parse_emphasis(_add_label("Vols" if several else "Vol", reference.volume))


def _format_edition(reference: Reference) -> Part:
    edition = reference.edition or ""
    number = f"{edition}{_select_ordinal_suffix(int(edition[-2:]))}" if edition.isdecimal() else edition
    return parse_emphasis(f"{number} ed." if _NUMBERS.fullmatch(edition) else edition)


def _select_ordinal_suffix(last_two_digits: int) -> str:
    return "th" if last_two_digits in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(last_two_digits % 10, "th")


def _format_publisher(reference: Reference) -> Part:
    year = str(reference.issued.year) if reference.issued else ""
    return parse_emphasis("; ".join(part for part in (reference.publisher, year) if part))


def _add_label(label: str, value: str | None) -> str:
    return f"{label} {value}" if value and _NUMBERS.fullmatch(value) else value or ""


def _select_editors(reference: Reference) -> tuple[Name, ...]:
    # Without an author, the editors take the place of the author.
    return reference.editor if reference.author else ()


def _capitalize_english(reference: Reference, text: str | None) -> str | None:
    english = (reference.language or "en").lower().startswith("en")
    return to_title_case(text) if text and english else text


def _append_pages(parts: list[Part], where: str) -> list[Part]:
    present = [part for part in parts if part]
    if not where:
        return present
    return [*present[:-1], (*present[-1], Run(f":{where}"))] if present else [parse_emphasis(where)]
