"""What stands between the title of a source and its address, by the kind of source."""

import re

from handouts.ama.names import editors
from handouts.ama.runs import Part, Run, marked
from handouts.ama.titles import in_title_case
from handouts.schema.reference import Name, Reference
from handouts.schema.reference_values import CslDate

_MONTHS = (
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
_NUMBERS = re.compile(r"\d+[a-z]*(?:\s*[-\u2013,&]\s*\d+[a-z]*)*", re.IGNORECASE)
_PAGES = re.compile(r"([^\W\d]*)(\d+)([^\W\d]*)-+([^\W\d]*)(\d+)([^\W\d]*)")
_SUPPLEMENT = re.compile(r"(?:(?P<issue>\w+)\s*)?\(?suppl(?:ement)?\.?\s*(?P<number>\w*)\)?", re.IGNORECASE)


def title(reference: Reference) -> Part:
    """Give the title: that of a work of its own in italics, with capitals (AMA Manual of Style 11th ed., 3.9.1)."""
    own_work = reference.type in {"book", "report", "thesis"}
    return marked(_capitals(reference, reference.title) if own_work else reference.title, italic=own_work)


def body(reference: Reference) -> list[Part]:
    """Give the parts that follow the title, each to become a sentence (AMA Manual of Style 11th ed., 3.11-3.15)."""
    match reference.type:
        case "book" | "report":
            return _book(reference)
        case "chapter" | "paper-conference" | "entry-dictionary" | "entry-encyclopedia":
            return _contribution(reference)
        case "post" | "post-weblog" | "webpage":
            return [marked(reference.container_title), marked(date(reference.issued))]
        case "speech":
            return [_meeting(reference)]
        case "thesis":
            return [marked(reference.genre), _published(reference)]
    return _periodical(reference)


def date(value: CslDate | None) -> str:
    """Write a date as "February 12, 2019", "February 2019" or "2019"; nothing for none."""
    if value is None or value.month is None:
        return str(value.year) if value else ""
    return " ".join([_MONTHS[value.month - 1], *([f"{value.day},"] if value.day else []), str(value.year)])


def pages(value: str | None) -> str:
    """Write pages with hyphens and in full, "S27-S31" for "S27-31" (AMA Manual of Style 11th ed., 3.11)."""
    hyphened = re.sub(r"\s*[-\u2013]+\s*", "-", value or "")
    return re.sub(r"[^\s,&]+", lambda found: _in_full(found[0]), hyphened)


def _in_full(span: str) -> str:
    found = _PAGES.fullmatch(span)
    if not found or found[4] not in {"", found[1]}:
        return span
    prefix, first, first_suffix, _, last, last_suffix = found.groups()
    return f"{prefix}{first}{first_suffix}-{prefix}{first[: max(0, len(first) - len(last))]}{last}{last_suffix}"


def _book(reference: Reference) -> list[Part]:
    names = editors(_named_editors(reference))
    imprint = [_volume(reference), _edition(reference), marked(f"({names})" if names else ""), _published(reference)]
    number = f"{reference.genre or ''} {reference.number or ''}".strip() if reference.type == "report" else ""
    return [*_paged(imprint, pages(reference.page)), marked(number if reference.number else "")]


def _contribution(reference: Reference) -> list[Part]:
    book = marked(_capitals(reference, reference.container_title), italic=True)
    parts = [
        marked(editors(_named_editors(reference))),
        book,
        _volume(reference),
        _edition(reference),
        marked(reference.collection_title),
        _published(reference),
    ]
    where = pages(reference.page) or _labelled("chap", reference.chapter_number)
    within = [part for part in parts if part]
    return _paged([(Run("In: "), *within[0]), *within[1:]] if within else [], where)


def _meeting(reference: Reference) -> Part:
    """Say where a paper was presented (AMA Manual of Style 11th ed., 3.13.9)."""
    where = "; ".join(part for part in (reference.event_title, date(reference.issued), reference.event_place) if part)
    if not (reference.event_title or reference.event_place):
        return marked(where)
    genre = reference.genre or ""
    return marked(f"{genre[0].upper()}{genre[1:]} presented at: {where}" if genre else f"Presented at: {where}")


def _periodical(reference: Reference) -> list[Part]:
    journal = (reference.container_title_short or reference.container_title or "").replace(".", "")
    server = reference.publisher if reference.type == "article" else None
    where = reference.number or pages(reference.page)
    when = [marked(_when(reference))]
    names = marked(editors(_named_editors(reference)))
    return [names, marked(journal, italic=True), marked(server, italic=True), *_paged(when, where)]


def _when(reference: Reference) -> str:
    if reference.type != "article-newspaper" and (reference.volume or reference.issue or reference.supplement_number):
        year = str(reference.issued.year) if reference.issued else ""
        return ";".join(part for part in (year, _volume_and_issue(reference)) if part)
    online = {"article": "Preprint posted online ", "article-journal": "Published online "}
    return online.get(reference.type or "", "") + date(reference.issued) if reference.issued else ""


def _volume_and_issue(reference: Reference) -> str:
    """Give volume, issue and supplement, as "13(4)(suppl 2)" (AMA Manual of Style 11th ed., 3.11)."""
    issue, number = reference.issue or "", reference.supplement_number
    supplement = _labelled("suppl", number)
    found = _SUPPLEMENT.fullmatch(issue)
    if found and not number:
        issue, supplement = found["issue"] or "", f"suppl {found['number']}".strip()
    return f"{reference.volume or ''}{f'({issue})' if issue else ''}{f'({supplement})' if supplement else ''}"


def _volume(reference: Reference) -> Part:
    several = re.search(r"\d\D+\d", reference.volume or "")
    return marked(_labelled("Vols" if several else "Vol", reference.volume))


def _edition(reference: Reference) -> Part:
    edition = reference.edition or ""
    number = f"{edition}{_ordinal_suffix(int(edition[-2:]))}" if edition.isdecimal() else edition
    return marked(f"{number} ed." if _NUMBERS.fullmatch(edition) else edition)


def _ordinal_suffix(last_two_digits: int) -> str:
    return "th" if last_two_digits in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(last_two_digits % 10, "th")


def _published(reference: Reference) -> Part:
    year = str(reference.issued.year) if reference.issued else ""
    return marked("; ".join(part for part in (reference.publisher, year) if part))


def _labelled(label: str, value: str | None) -> str:
    return f"{label} {value}" if value and _NUMBERS.fullmatch(value) else value or ""


def _named_editors(reference: Reference) -> tuple[Name, ...]:
    # Without an author, the editors stand where the author does.
    return reference.editor if reference.author else ()


def _capitals(reference: Reference, text: str | None) -> str | None:
    english = (reference.language or "en").lower().startswith("en")
    return in_title_case(text) if text and english else text


def _paged(parts: list[Part], where: str) -> list[Part]:
    there = [part for part in parts if part]
    if not where:
        return there
    return [*there[:-1], (*there[-1], Run(f":{where}"))] if there else [marked(where)]
