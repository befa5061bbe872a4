"""Abbreviates titles of journals as the NLM catalog does, from the table journals.tsv beside this module."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).with_name("journals.tsv")
# NLM adds place, subtitle and parallel title: "Lancet (London, England)", "Chest : official journal of ...".
_ADDED: Final = re.compile(r"\s+[:=]\s.*|\s*\([^()]*(?:,|: ?\d{4})[^()]*\)(?=$|\.)|\s*\([^()]*\)\s*$")
# Titles differ in these from catalog to catalog.
_SMALL_WORDS: Final = frozenset({"a", "an", "and", "for", "of", "on", "the"})


def abbreviate_journal(name: str) -> str | None:
    """Return the abbreviation of a title, or of an abbreviation with or without stops; None if NLM does not have it."""
    table = _read_table()
    plain = name.replace(".", "")
    if plain in table.abbreviations:
        return plain
    return _look_up(normalize_title(name)) or _look_up(normalize_title(remove_additions(name)))


def _look_up(title: str) -> str | None:
    """Return the abbreviation of a normalized title or abbreviation; as another journal's title, it is that one."""
    return _read_table().by_title.get(title) or _normalize_abbreviations().get(title)


def remove_additions(title: str) -> str:
    """Return a title of the NLM catalog without place, subtitle and parallel title."""
    return _ADDED.sub("", title.strip())


def normalize_title(title: str) -> str:
    """Return a title in the form of the table: lowercase words without accents, punctuation and small words."""
    letters = title.lower() if title.isascii() else _remove_accents(title)
    words = re.findall(r"\w+", letters.replace("'", "").replace("\u2019", ""))
    return " ".join([word for word in words if word not in _SMALL_WORDS] or words)


def _remove_accents(title: str) -> str:
    """Return a title in lowercase letters without accents."""
    # Folded between two decompositions: mathematical capitals are letters only after the first.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", title).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@dataclass(frozen=True, slots=True)
class _Table:
    """The abbreviations, and those by normalized title whose title is another."""

    abbreviations: frozenset[str]
    by_title: Mapping[str, str]


@cache
def _read_table() -> _Table:
    lines = (line.partition("\t") for line in TABLE.read_text("utf-8").splitlines())
    rows = [(title, abbreviation) for title, tab, abbreviation in lines if tab]
    return _Table(frozenset(abbreviation for _, abbreviation in rows), {title: short for title, short in rows if title})


@cache
def _normalize_abbreviations() -> Mapping[str, str]:
    """Return the abbreviations by their normalized form: few names need it, and it takes longer than to read them."""
    return {normalize_title(abbreviation): abbreviation for abbreviation in sorted(_read_table().abbreviations)}
