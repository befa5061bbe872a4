"""Reads RIS files, as Zotero, EndNote, Mendeley, Embase, Cochrane and publishers write them."""

from collections.abc import Iterator
from typing import Final

from handouts.importing.dates import read_date
from handouts.importing.names import parse_names
from handouts.importing.record import CslValue, Record
from handouts.importing.rules import UNKNOWN_RECORD_TYPE
from handouts.importing.tagged_lines import TaggedRecord, split_ris
from handouts.importing.texts import clean_text, clean_title, find_address, find_doi, find_retraction
from handouts.problems.collector import Problems

_TYPES: Final = {
    "ABST": "article-journal",
    "ADVS": "motion_picture",
    "AGGR": "dataset",
    "BILL": "bill",
    "BLOG": "post-weblog",
    "BOOK": "book",
    "CASE": "legal_case",
    "CHAP": "chapter",
    "COMP": "software",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "DATA": "dataset",
    "DBASE": "dataset",
    "DICT": "entry-dictionary",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia",
    "GEN": "document",
    "GOVDOC": "report",
    "INPR": "article-journal",
    "JFULL": "article-journal",
    "JOUR": "article-journal",
    "LEGAL": "legislation",
    "MGZN": "article-magazine",
    "MPCT": "motion_picture",
    "MULTI": "motion_picture",
    "NEWS": "article-newspaper",
    "PAMP": "pamphlet",
    "PAT": "patent",
    "RPRT": "report",
    "SLIDE": "speech",
    "SOUND": "song",
    "STAND": "standard",
    "STAT": "legislation",
    "THES": "thesis",
    "UNPB": "article",
    "VIDEO": "motion_picture",
    "WEB": "webpage",
}
_PARTS_OF_BOOKS: Final = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})
_PERIODICALS: Final = frozenset({"article", "article-journal", "article-magazine", "article-newspaper"})
_READ_TAG_NAMES: Final = """
TY ID AU A1 A2 ED A3 A4 TI T1 CT T2 BT JF JO JA J1 J2 T3 VL IS CP SP EP C7 M1 M3 ET PB CY SE DO UR L2 LK SN LA PY Y1 DA
Y2 C2 N1 DB AN
"""
_READ_TAGS: Final = frozenset(_READ_TAG_NAMES.split())


def read_ris(text: str, file: str, problems: Problems) -> Iterator[Record]:
    """Yield the records of an RIS file; those that are no reference are reported."""
    for tagged in split_ris(text, file, problems):
        written = tagged.first("TY").upper()
        kind = _TYPES.get(written)
        if kind is None:
            problems.add(UNKNOWN_RECORD_TYPE.at(tagged.place, type=written))
        else:
            yield _read_record(tagged, kind, problems)


def _read_record(tagged: TaggedRecord, kind: str, problems: Problems) -> Record:
    title = clean_title(tagged.first("TI", "T1", "CT", "BT" if kind == "book" else "TI"))
    is_part = kind in _PARTS_OF_BOOKS
    is_article = kind in _PERIODICALS
    notes = list(tagged.all("N1"))
    issued = read_date("issued", tagged.all("DA", "PY", "Y1"), tagged.place, notes, problems)
    visited = () if is_article and tagged.first("DO") else tagged.all("Y2")
    accessed = read_date("accessed", visited, tagged.place, notes, problems)
    number = tagged.first("C7") if is_article else tagged.first("M1")
    doi = find_doi(*tagged.all("DO", "UR", "M3", "LK"))
    fields: dict[str, CslValue] = {
        "type": kind,
        "author": parse_names(tagged.all("AU", "A1")),
        "editor": parse_names(tagged.all("A2", "ED") if is_part or kind == "book" else tagged.all("ED")),
        "translator": parse_names(tagged.all("A4") if is_part or kind == "book" else ()),
        "title": title,
        "container-title": _find_container(tagged, kind),
        "container-title-short": clean_text(tagged.first("J2", "JA")) if is_article else "",
        "collection-title": clean_text(tagged.first("T3")) if is_part or kind == "book" else "",
        "volume": clean_text(tagged.first("VL")),
        "issue": clean_text(tagged.first("IS", "CP") or (tagged.first("M1") if is_article and not number else "")),
        "page": _join_pages(tagged.first("SP"), tagged.first("EP")),
        "number": clean_text(number),
        "edition": clean_text(tagged.first("ET")),
        "section": clean_text(tagged.first("SE")) if kind in {"legislation", "bill"} else "",
        "genre": clean_text(tagged.first("M3")) if kind in {"thesis", "report", "webpage", "pamphlet"} else "",
        "publisher": clean_text(tagged.first("PB")) if kind == "article" or not is_article else "",
        "publisher-place": "" if is_article else clean_text(tagged.first("CY")),
        "issued": issued,
        "accessed": accessed,
        "URL": find_address(*tagged.all("UR", "LK", "L2")),
        "DOI": doi,
        "PMID": _find_pmid(tagged),
        "PMCID": clean_text(tagged.first("C2")) if tagged.first("C2").upper().startswith("PMC") else "",
        "ISSN" if is_article else "ISBN": clean_text(tagged.first("SN")),
        "language": clean_text(tagged.first("LA")),
        "note": clean_text("; ".join(notes)),
    }
    retracted = find_retraction(title, *notes, *tagged.all("M3", "KW"))
    unused = tagged.list_others(_READ_TAGS)
    return Record(
        {name: value for name, value in fields.items() if value}, tagged.place, tagged.first("ID"), retracted, unused
    )


def _find_container(tagged: TaggedRecord, kind: str) -> str:
    if kind in _PERIODICALS:
        return clean_text(tagged.first("JF", "T2", "JO", "J1", "JA", "J2"))
    if kind == "book":
        return ""
    return clean_text(tagged.first("T2", "BT", "JO", "JF"))


def _find_pmid(tagged: TaggedRecord) -> str:
    number = tagged.first("AN")
    database = " ".join(tagged.all("DB")).lower()
    return number if number.isdecimal() and ("pubmed" in database or "medline" in database) else ""


def _join_pages(first: str, last: str) -> str:
    return clean_text(f"{first}-{last}" if first and last and "-" not in first and first != last else first or last)
