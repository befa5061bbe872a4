"""Reads CSL-JSON, the format of Zotero's "CSL JSON" and "Better CSL JSON" exports and of Pandoc."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final, get_args

from handouts.importing.dates import keep_unread_date, parse_date
from handouts.importing.record import CslName, CslValue, Record
from handouts.importing.rules import MALFORMED_RECORD, UNKNOWN_RECORD_TYPE, UNREAD_VALUE
from handouts.importing.texts import clean_text, clean_title, find_address, find_doi, find_retraction
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.schema.reference import ReferenceType

_LIST: Final = re.compile(r'\s*(?:\{[^\[\]]{0,2000}?"items"\s*:\s*)?\[')
_SPACE: Final = re.compile(r"[\s,]*")
_TEXT_NAMES: Final = """
container-title container-title-short collection-title volume issue supplement-number page number chapter-number edition
version section authority genre publisher publisher-place event-title event-place PMID PMCID ISBN ISSN language source
title-short
"""
_TEXTS: Final = frozenset(_TEXT_NAMES.split())
_NAMES: Final = ("author", "editor", "translator")
_DATES: Final = ("issued", "accessed")
_NAME_PARTS: Final = ("family", "given", "non-dropping-particle", "dropping-particle", "suffix", "literal")
# Earlier names of CSL and Zotero, and types that are printed alike.
_TYPES: Final = {
    "article": "article",
    "graphic": "document",
    "figure": "document",
    "hearing": "legislation",
    "interview": "broadcast",
    "manuscript": "document",
    "map": "document",
    "periodical": "article-journal",
    "review-book": "review",
    "treaty": "legislation",
}
_FIELD_NAMES: Final = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
}
_IN_NOTE: Final = re.compile(r"^(PMID|PMCID):\s*(\S+)[ \t]*$", re.MULTILINE | re.IGNORECASE)


def read_csl_json(text: str, file: str, problems: Problems) -> Iterator[Record]:
    """Yield the items of a list, or of an object with "items"; broken ones are reported."""
    for value, place in _split_items(text, file, problems):
        if not isinstance(value, dict):
            problems.add(MALFORMED_RECORD.at(place, reason="an item has to be an object"))
            continue
        item = {_FIELD_NAMES.get(str(name), str(name)): content for name, content in value.items()}
        written = item.get("type")
        kind = _TYPES.get(str(written), str(written))
        if kind in get_args(ReferenceType):
            yield _read_item(item, kind, place, problems)
        else:
            problems.add(UNKNOWN_RECORD_TYPE.at(place, type=clean_text(str(written))[:60]))


def _split_items(text: str, file: str, problems: Problems) -> Iterator[tuple[object, Place]]:
    """Yield the items of the list one by one, each with its place."""
    decoder = json.JSONDecoder()
    opened = _LIST.match(text)
    at, line, counted = _skip(text, opened.end() if opened else 0), 1, 0
    while at < len(text) and text[at] not in "]}":
        line, counted = line + text.count("\n", counted, at), at
        place = Place(file, line)
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as broken:
            problems.add(
                MALFORMED_RECORD.at(Place(file, broken.lineno, broken.colno), reason=f"not valid JSON: {broken.msg}")
            )
            return
        except (RecursionError, ValueError):  # a number of more digits than Python takes
            problems.add(MALFORMED_RECORD.at(place, reason="it is nested too deeply, or has a number without end"))
            return
        yield value, place
        at = _skip(text, end)
        if not opened:
            return
    if opened and at >= len(text):
        problems.add(MALFORMED_RECORD.at(Place(file, line), reason="the list is never closed: the file may be cut off"))


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _read_item(item: Mapping[str, object], kind: str, place: Place, problems: Problems) -> Record:
    note = item.get("note") if isinstance(item.get("note"), str) else ""
    notes = [_IN_NOTE.sub("", str(note)).strip()]
    fields: dict[str, CslValue] = {"type": kind, "title": clean_title(_read_text(item.get("title")))}
    for name in _NAMES:
        fields[name] = _read_names(item.get(name), place, problems)
    fields |= {name: clean_text(_read_text(item.get(name))) for name in sorted(_TEXTS)}
    for name in _DATES:
        fields[name] = _read_date(name, item.get(name), place, notes, problems)
    fields |= {found[1].upper(): found[2] for found in _IN_NOTE.finditer(str(note)) if not fields[found[1].upper()]}
    address, doi = _read_text(item.get("URL")), _read_text(item.get("DOI"))
    fields |= {"URL": find_address(address), "DOI": find_doi(doi, address)}
    fields["note"] = clean_text("; ".join(text for text in notes if text))
    keywords = _read_text(item.get("keyword"))
    sign = find_retraction(str(fields["title"]), keywords, *notes, _read_text(item.get("status")))
    read = {"id", "type", "title", "URL", "DOI", "note", *_NAMES, *_TEXTS, *_DATES}
    unused = frozenset(name for name, value in item.items() if value and name not in read)
    key = item.get("citation-key") or item.get("id")
    filled = {name: value for name, value in fields.items() if value}
    return Record(filled, place, str(key) if isinstance(key, str | int) else "", sign, unused - {"citation-key"})


def _read_text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _read_names(value: object, place: Place, problems: Problems) -> tuple[CslName, ...]:
    names: list[CslName] = []
    for name in value if isinstance(value, list) else []:
        parts = {part: clean_text(_read_text(name.get(part))) for part in _NAME_PARTS} if isinstance(name, dict) else {}
        filled = {part: text for part, text in parts.items() if text}
        if filled.keys() == {"given"}:  # programs write a mononym as either
            filled = {"family": filled["given"]}
        if filled:
            names.append(filled)
        else:
            problems.add(UNREAD_VALUE.at(place, field="name", value=clean_text(str(name))[:60]))
    return tuple(names)


def _read_date(name: str, value: object, place: Place, notes: list[str], problems: Problems) -> str:
    """Return a date as EDTF; one that is not understood goes into the notes."""
    if not value:
        return ""
    date = _convert_date(value)
    if date is None:
        written = clean_text(
            _read_text(value.get("literal") or value.get("raw")) if isinstance(value, dict) else str(value)
        )
        keep_unread_date(name, written, place, notes, problems)
    return date or ""


def _convert_date(value: object) -> str | None:
    match value:
        case {"date-parts": [[*start]], "season": season} if len(start) == 1:
            return parse_date(f"{season} {start[0]}") if not str(season).isdecimal() else f"{start[0]}-2{season}"
        case {"date-parts": [[*start]]}:
            return parse_date("-".join(map(str, start)))
        case {"date-parts": [[*start], [*end]]}:
            ends = [parse_date("-".join(map(str, parts))) for parts in (start, end)]
            return "/".join(part for part in ends if part) if all(ends) else None
        case {"literal": str(text)} | {"raw": str(text)} | {"edtf": str(text)} | str(text):
            return parse_date(text)
        case int():
            return parse_date(str(value))
    return None
