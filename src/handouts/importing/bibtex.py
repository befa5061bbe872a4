"""Reads BibTeX and BibLaTeX files, as Zotero, Mendeley, JabRef and publishers write them."""

import logging
import re
from collections.abc import Iterator
from typing import Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import DuplicateBlockKeyBlock, Entry

from handouts.importing.dates import read_date
from handouts.importing.latex import decode_latex
from handouts.importing.names import make_person, parse_name
from handouts.importing.record import CslName, CslValue, Record
from handouts.importing.rules import MALFORMED_RECORD, UNKNOWN_RECORD_TYPE
from handouts.importing.texts import clean_text, clean_title, find_address, find_doi, find_retraction
from handouts.problems.collector import Problems
from handouts.problems.problem import Place

_TYPES: Final = {
    "article": "article-journal",
    "audio": "song",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "manual": "report",
    "mastersthesis": "thesis",
    "misc": "document",
    "mvbook": "book",
    "mvcollection": "book",
    "online": "webpage",
    "patent": "patent",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "article",
    "video": "motion_picture",
    "www": "webpage",
}
_READ_FIELD_NAMES: Final = """
author editor translator title subtitle journal journaltitle shortjournal booktitle maintitle series volume number issue
pages eid chapter edition version publisher institution school organization address location type howpublished date
year month urldate url doi pmid pmcid eprint eprinttype archiveprefix isbn issn language langid note keywords
eventtitle venue
"""
_READ_FIELDS: Final = frozenset(_READ_FIELD_NAMES.split())
_GENRES: Final = {"phdthesis": "Dissertation", "mastersthesis": "Master's thesis"}
_ORDINAL_WORDS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINALS: Final = {word: str(number) for number, word in enumerate(_ORDINAL_WORDS, start=1)}
_ARTICLES: Final = frozenset({"article", "article-journal", "article-magazine", "article-newspaper"})
_AND: Final = re.compile(r"[{}]|(?<=\s)and(?=\s)", re.IGNORECASE)
_COMMA: Final = re.compile(r"[{}]|,")
_SPACE: Final = re.compile(r"[{}]|\s+")


def read_bibtex(text: str, file: str, problems: Problems) -> Iterator[Record]:
    """Yield the entries of a file; those that cannot be parsed are reported."""
    library = _parse(text)
    for block in library.failed_blocks:
        entry = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else None
        if isinstance(entry, Entry):  # of two entries with one key, both are read
            library.add(
                Entry(entry.entry_type, f"{entry.key}-{block.start_line}", entry.fields, entry.start_line, entry.raw)
            )
        else:
            reason = " ".join(str(getattr(block.error, "abort_reason", block.error) or "not valid BibTeX").split())
            problems.add(MALFORMED_RECORD.at(Place(file, (block.start_line or 0) + 1), reason=reason[:200]))
    for entry in library.entries:
        place = Place(file, (entry.start_line or 0) + 1)
        kind = _TYPES.get(entry.entry_type.lower())
        if kind is None:
            problems.add(UNKNOWN_RECORD_TYPE.at(place, type=entry.entry_type[:60]))
        else:
            yield _read_entry(entry, kind, place, problems)


def _parse(text: str) -> Library:
    log = logging.getLogger("bibtexparser")
    handler = logging.NullHandler()  # what it logs is in the failed blocks
    log.addHandler(handler)
    propagated, log.propagate = log.propagate, False
    try:
        return parse_string(text)
    finally:
        log.removeHandler(handler)
        log.propagate = propagated


def _read_entry(entry: Entry, kind: str, place: Place, problems: Problems) -> Record:
    raw = {field.key.lower(): str(field.value) for field in entry.fields}
    values = {name: clean_text(decode_latex(value)) for name, value in raw.items()}

    def get(*names: str) -> str:
        return next((values[name] for name in names if values.get(name)), "")

    if kind == "document" and (get("url") or "http" in get("howpublished")):
        kind = "webpage"
    is_article = kind in _ARTICLES
    eprint = get("eprint")
    is_pmid = "pubmed" in get("eprinttype", "archiveprefix").lower()
    notes = [get("note")]
    issued = read_date("issued", [get("date") or f"{get('month')} {get('year')}".strip()], place, notes, problems)
    howpublished = get("howpublished")
    fields: dict[str, CslValue] = {
        "type": kind,
        "author": _parse_names(raw.get("author", "")),
        "editor": _parse_names(raw.get("editor", "")),
        "translator": _parse_names(raw.get("translator", "")),
        "title": clean_title(": ".join(text for text in (get("title"), get("subtitle")) if text)),
        "container-title": get("journal", "journaltitle", "booktitle", "maintitle"),
        "container-title-short": get("shortjournal") if is_article else "",
        "collection-title": "" if is_article else get("series"),
        "volume": get("volume"),
        "issue": get("number", "issue") if is_article else "",
        "page": re.sub(r"\s*[\u2013\u2014-]+\s*", "-", get("pages")),
        "number": get("eid") if is_article else get("number"),
        "chapter-number": get("chapter"),
        "edition": _ORDINALS.get(get("edition").lower(), get("edition")),
        "version": get("version"),
        "genre": get("type") or _GENRES.get(entry.entry_type.lower(), ""),
        "publisher": "" if kind == "article-journal" else get("publisher", "institution", "school", "organization"),
        "publisher-place": get("address", "location"),
        "event-title": get("eventtitle"),
        "event-place": get("venue"),
        "issued": issued,
        "accessed": read_date("accessed", [get("urldate")], place, notes, problems),
        "URL": find_address(raw.get("url", ""), howpublished),
        "DOI": find_doi(raw.get("doi", "").replace("\\", ""), get("url"), howpublished),
        "PMID": eprint if is_pmid else get("pmid"),
        "PMCID": get("pmcid"),
        "ISBN": get("isbn"),
        "ISSN": get("issn"),
        "language": get("langid", "language"),
    }
    fields["note"] = "; ".join(text for text in notes if text)
    sign = find_retraction(str(fields["title"]), get("keywords"), *notes)
    unused = frozenset(name for name, value in values.items() if value and name not in _READ_FIELDS)
    filled = {name: value for name, value in fields.items() if value}
    return Record(filled, place, entry.key, sign, unused)


def _parse_names(text: str) -> tuple[CslName, ...]:
    return tuple(_parse_one_name(name) for name in _split(text, _AND) if name)


def _parse_one_name(text: str) -> CslName:
    """Parse a name in one of BibTeX's three forms; one in braces is that of an organization."""
    if text.lower() == "others":
        return {"literal": "et al"}
    is_whole = text.startswith("{") and text.endswith("}") and len(list(_split(text, _SPACE))) == 1
    parts = [clean_text(decode_latex(part)) for part in _split(text, _COMMA)]
    if is_whole:
        return {"literal": parts[0]}
    if len(parts) == 1:
        words = [clean_text(decode_latex(word)) for word in _split(text, _SPACE)]
        # First von Last: the family name starts with the first lowercase word, or is the last one.
        last = next((at for at, word in enumerate(words[:-1]) if at and word[:1].islower()), len(words) - 1)
        return make_person(" ".join(words[last:]), " ".join(words[:last]))
    if len(parts) == 2:  # noqa: PLR2004 - Last, First
        return parse_name(", ".join(parts))
    return make_person(parts[0], parts[2], parts[1])  # Last, Jr, First


def _split(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield the parts of a text between separators that are outside of braces."""
    depth = start = 0
    for found in pattern.finditer(text):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif depth <= 0:
            yield text[start : found.start()].strip()
            start = found.end()
    yield text[start:].strip()
