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
    return table.by_title.get(normalize_title(name)) or table.by_title.get(normalize_title(remove_additions(name)))


def remove_additions(title: str) -> str:
    """Return a title of the NLM catalog without place, subtitle and parallel title."""
    return _ADDED.sub("", title.strip())


def normalize_title(title: str) -> str:
    """Return a title in the form of the table: lowercase words without accents, punctuation and small words."""
    # Folded between two decompositions: mathematical capitals are letters only after the first.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", title).casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = re.findall(r"\w+", re.sub(r"['\u2019]", "", letters))
    return " ".join([word for word in words if word not in _SMALL_WORDS] or words)


@dataclass(frozen=True, slots=True)
class _Table:
    """The abbreviations, and the same by normalized title or by normalized abbreviation."""

    abbreviations: frozenset[str]
    by_title: Mapping[str, str]


@cache
def _read_table() -> _Table:
    by_title: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        title, tab, abbreviation = line.partition("\t")
        if tab and title:
            by_title[title] = abbreviation
        if tab:
            abbreviations[normalize_title(abbreviation)] = abbreviation
    # A title that is another journal's abbreviation stays the title.
    return _Table(frozenset(abbreviations.values()), {**abbreviations, **by_title})
