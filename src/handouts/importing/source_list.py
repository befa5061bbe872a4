"""Finds the list of sources of a document, and reads its entries as references."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from handouts.importing.blocks import CITATION_END, CITATION_START, Block, remove_markdown
from handouts.importing.dates import parse_date
from handouts.importing.names import parse_short_name
from handouts.importing.record import CslName, CslValue, Record
from handouts.importing.texts import find_address, find_doi
from handouts.problems.problem import Place

_TITLE: Final = re.compile(
    r"(?:references?|sources?|bibliography|literature|works cited|quellen|referencias)\W*", re.IGNORECASE
)
_OWN_NUMBER: Final = re.compile(r"\[?(\d{1,3})[.)\]]\s+(?=\S)")
# "[1] Doe J." was taken for a citation; several such entries may be in one paragraph.
_MARKED_NUMBER: Final = re.compile(f"{CITATION_START}(\\d{{1,3}}){CITATION_END}\\s*")
_BEFORE_NUMBER: Final = re.compile(f"(?={CITATION_START}\\d{{1,3}}{CITATION_END}\\s+\\S)")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SIGN: Final = re.compile(r"\d{4}[;.]\s?\d+|\bAccessed\b|\bdoi\b|\bet al\b|https?://|\d+\(\d+\):", re.IGNORECASE)
_LONGEST: Final = 800
_ARTICLE: Final = re.compile(
    r"(?P<authors>[^.?!]{2,300})\.\s(?P<title>.{2,400}?[.?!])\s(?P<journal>[A-Z][\w&() -]{1,80})\.\s(?P<year>\d{4})"
    r"(?:\s[A-Z][a-z]{2}[^;:.]{0,20})?[;.]\s?(?P<volume>\d+)\s?(?:\((?P<issue>[^()]{1,20})\)|(?P<supplement>Suppl\.?\s?\d*))?"
    r":\s?(?P<pages>\w+(?:\s?[-\u2013]\s?\w+)?)\.?(?:\s*doi:\s?(?P<doi>\S+?)\.?)?(?:\s+(?P<rest>.{1,300}))?"
)
_PAGE: Final = re.compile(
    r"(?P<title>.{5,300}?)\.\s(?:(?P<site>[^.]{2,120})\.\s)?Accessed\s(?P<date>[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4})\.?"
    r"(?:\s*(?P<url>https?://\S+))?"
)


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the list: its number, None if the list has none, and its words."""

    number: int | None
    text: str
    where: str


def split_sources(blocks: Sequence[Block], dropped: list[str]) -> tuple[list[Block], list[Source]]:
    """Return the blocks without the list of sources, and its entries in order; its heading is dropped."""
    start, end = find_list(blocks)
    sources: list[Source] = []
    for block in blocks[start:end]:
        if block.kind == "heading":
            dropped.append(f"{block.where}: the heading of the sources: {remove_markdown(block.text)}")
            continue
        if block.kind == "continued" and sources:
            sources[-1] = replace(sources[-1], text=f"{sources[-1].text} {remove_markdown(block.text)}")
            continue
        for written in _BEFORE_NUMBER.split(block.text):
            marked = _MARKED_NUMBER.match(written)
            text = remove_markdown(written[marked.end() :] if marked else written)
            own = marked or _OWN_NUMBER.match(text)
            number = int(own[1]) if own else len(sources) + 1 if block.kind == "numbered" else None
            if text:
                sources.append(Source(number, text[own.end() :] if own and not marked else text, block.where))
    return [*blocks[:start], *blocks[end:]], sources


def read_source(source: Source, file: str) -> Record | None:
    """Return an entry as a record, None if its parts cannot be separated."""
    article = _ARTICLE.fullmatch(source.text)
    place = Place(file)
    if article:
        issue = article["issue"] or (article["supplement"] or "").replace(".", "")
        fields: dict[str, CslValue] = {
            "type": "article-journal",
            "author": _read_authors(article["authors"]),
            "title": article["title"].rstrip("."),
            "container-title": article["journal"],
            "volume": article["volume"],
            "issue": issue,
            "page": re.sub(r"\s?[-\u2013]\s?", "-", article["pages"]),
            "issued": article["year"],
            "DOI": find_doi(article["doi"] or ""),
            "note": article["rest"] or "",
        }
        return Record({name: value for name, value in fields.items() if value}, place)
    page = _PAGE.fullmatch(source.text)
    if page:
        fields = {
            "type": "webpage",
            "title": page["title"],
            "container-title": page["site"] or "",
            "accessed": parse_date(page["date"]) or "",
            "URL": find_address(page["url"] or ""),
        }
        return Record({name: value for name, value in fields.items() if value}, place)
    return None


def find_list(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return where the list starts and ends: below its heading, else two entries or more that look like sources."""
    for at, block in enumerate(blocks):
        if block.kind == "heading" and _TITLE.fullmatch(remove_markdown(block.text)):
            end = at + 1
            while (
                end < len(blocks)
                and blocks[end].kind in {"paragraph", "item", "numbered", "continued"}
                and not _is_note(blocks[end])
            ):
                end += 1
            return at, end
    runs: list[tuple[int, int]] = []
    start = None
    for at in range(len(blocks) + 1):
        goes_on = start is not None and at < len(blocks) and blocks[at].kind == "continued"
        is_source = at < len(blocks) and (goes_on or _looks_like_source(blocks[at]))
        if is_source and start is None:
            start = at
        elif not is_source and start is not None:
            runs.append((start, at))
            start = None
    longest = max(runs, key=lambda run: run[1] - run[0], default=(len(blocks), len(blocks)))
    return longest if longest[1] - longest[0] > 1 else (len(blocks), len(blocks))


def _is_note(block: Block) -> bool:
    return block.text.startswith("[^")


def _looks_like_source(block: Block) -> bool:
    text = remove_markdown(block.text)
    is_text = block.kind in {"paragraph", "item", "numbered"} and len(text) <= _LONGEST
    return bool(is_text and text[:1].isalnum() and _YEAR.search(text) and _SIGN.search(text) and ". " in text)


def _read_authors(text: str) -> tuple[CslName, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    return tuple({"literal": "et al"} if name == "et al" else parse_short_name(name) for name in names)
