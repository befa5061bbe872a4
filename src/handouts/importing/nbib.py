"""Reads NBIB files, the format of PubMed (https://www.nlm.nih.gov/bsd/mms/medlineelements.html)."""

import re
from collections.abc import Iterator
from typing import Final

from handouts.importing.dates import parse_date, read_date
from handouts.importing.names import parse_names, parse_short_name
from handouts.importing.record import CslName, CslValue, Record
from handouts.importing.tagged_lines import TaggedRecord, split_nbib
from handouts.importing.texts import clean_text, clean_title, find_doi, find_retraction
from handouts.problems.collector import Problems

_READ_TAG_NAMES: Final = """
PMID PMC TI BTI AU FAU CN ED FED JT TA VI IP PG DP DEP AID LID LA PT PB EN ISBN IS CTI EIN RIN TT GN
"""
_READ_TAGS: Final = frozenset(_READ_TAG_NAMES.split())
_IDENTIFIER: Final = re.compile(r"(.+) \[(doi|pii)\]")
# As in "JAMA. 2019 Mar 12;321(10):1000. doi: 10.1001/... PMID: 30860551".
_NOTICE: Final = re.compile(
    r"(?P<journal>[^.]+)\. (?P<year>\d{4})[^;:.]*(?P<where>[;:][^ ]+?)?\.?(?: (?:doi|PMID|PMCID|pii):? .*)?"
)
_PAGE_NUMBER: Final = re.compile(r"e\d{4,}|[a-z]{1,3}\d{3,}", re.IGNORECASE)


def read_nbib(text: str, file: str, problems: Problems) -> Iterator[Record]:
    """Yield the records of a file from PubMed."""
    for tagged in split_nbib(text, file, problems):
        yield _read_record(tagged, problems)


def _read_record(tagged: TaggedRecord, problems: Problems) -> Record:
    types = tagged.all("PT")
    is_book = bool(tagged.first("BTI")) and not tagged.first("JT", "TA")
    is_chapter = is_book and bool(tagged.first("TI"))
    title = clean_title(tagged.first("TI") or tagged.first("BTI"))
    notes = list(tagged.all("GN"))
    identifiers = [match for text in tagged.all("LID", "AID") if (match := _IDENTIFIER.fullmatch(text))]
    page = clean_text(tagged.first("PG"))
    is_number = bool(_PAGE_NUMBER.fullmatch(page))
    kind = "chapter" if is_chapter else "book" if is_book else "article" if "Preprint" in types else "article-journal"
    fields: dict[str, CslValue] = {
        "type": kind,
        "author": _read_names(tagged, "FAU", "AU"),
        "editor": _read_names(tagged, "FED", "ED"),
        "title": title,
        "container-title": clean_title(tagged.first("BTI")) if is_chapter else clean_text(tagged.first("TA", "JT")),
        "collection-title": clean_title(tagged.first("CTI")) if is_book else "",
        "volume": clean_text(tagged.first("VI")),
        "issue": clean_text(tagged.first("IP")),
        "page": "" if is_number else page,
        "number": page if is_number else "",
        "edition": clean_text(tagged.first("EN")),
        "publisher": clean_text(tagged.first("PB")) if is_book else "",
        "issued": _read_date(tagged, notes, problems),
        "correction": _read_notice(tagged.first("EIN")),
        "DOI": find_doi(*(match[1] for match in identifiers if match[2] == "doi")),
        "PMID": tagged.first("PMID").split()[0] if tagged.first("PMID") else "",
        "PMCID": tagged.first("PMC"),
        "ISBN": clean_text(tagged.first("ISBN")),
        "ISSN": clean_text(tagged.first("IS")).split(" ")[0],
        "language": "" if tagged.first("LA") in {"eng", ""} else clean_text(tagged.first("LA")),
        "note": clean_text("; ".join([*notes, *(f"original title: {text}" for text in tagged.all("TT"))])),
    }
    notice = tagged.first("RIN")
    sign = f"retraction in {notice}" if notice else find_retraction(title, *types)
    unused = tagged.list_others(_READ_TAGS)
    return Record({name: value for name, value in fields.items() if value}, tagged.place, "", sign, unused)


def _read_names(tagged: TaggedRecord, full: str, short: str) -> tuple[CslName, ...]:
    persons = parse_names(tagged.all(full)) or tuple(map(parse_short_name, tagged.all(short)))
    groups = tagged.all("CN") if full == "FAU" else ()
    return (*persons, *({"literal": clean_text(group)} for group in groups))


def _read_date(tagged: TaggedRecord, notes: list[str], problems: Problems) -> str:
    """Return the date of publication; of an article that is ahead of print, the day that it went online."""
    online = tagged.first("DEP")
    if online and not tagged.first("VI", "IP"):
        day = parse_date(f"{online[:4]}-{online[4:6]}-{online[6:8]}".rstrip("-"))
        if day:
            return day
    return read_date("issued", [tagged.first("DP")], tagged.place, notes, problems)


def _read_notice(text: str) -> str:
    """Return where a correction was published, as AMA style prints it: "JAMA. 2019;321(10):1000"."""
    notice = _NOTICE.fullmatch(clean_text(text))
    return f"{notice['journal']}. {notice['year']}{notice['where'] or ''}" if notice else clean_text(text)
