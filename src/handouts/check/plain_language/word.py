"""One word as it stands in a text, with all that the rules ask about it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from handouts.check.plain_language.capitals import abbreviation, is_stressed
from handouts.check.plain_language.syllables import syllables

_LETTERS: Final = re.compile("[a-z]+")
_OUTSIDE: Final = re.compile(r"^[\W_]+|[\W_]+$")
_POSSESSIVE: Final = re.compile(r"['\u2019]s$")
# Quotation marks and brackets may stand after the full stop.
_END: Final = re.compile(r"[.!?]+[\"'\u201d\u2019)\]]*$")
_NO_END: Final = frozenset(
    re.findall(
        r"\S+",
        """
    dr mr mrs ms st prof vs e.g i.e etc approx no nos fig vol dept inc jr sr a.m p.m u.s u.k
    """,
    )
)


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two spaces.

    `key` is the word in small letters, without signs around it and without 's; `plain` is without the signs alone.
    `ends` says that a sentence may end behind it, `counts` that it is a word and no dash or bullet.
    `abbreviation` is what it is short for others to read, "" for most words; `stressed` words only shout in capitals.
    """

    written: str
    plain: str
    key: str
    syllables: int
    counts: bool
    ends: bool
    is_small: bool
    abbreviation: str
    stressed: bool


@lru_cache(maxsize=50_000)
def word_of(written: str) -> Word:
    """Look at a word; `written` has no spaces. A number is one syllable, as the usual programs count."""
    plain = _OUTSIDE.sub("", written)
    key = _POSSESSIVE.sub("", plain.lower())
    bare = key.replace("'", "").replace("\u2019", "")
    spoken = sum(map(syllables, _LETTERS.findall(bare))) if plain else 0
    may_end = bool(_END.search(written))
    return Word(
        written,
        plain,
        key,
        max(1, spoken) if plain else 0,
        bool(plain),
        may_end and not (written.endswith(".") and (key in _NO_END or (len(plain) == 1 and plain.isupper()))),
        plain[:1].islower(),
        abbreviation(plain),
        is_stressed(plain),
    )


def words_of(text: str) -> list[Word]:
    """Split a text at spaces and long dashes; nothing else is left out."""
    return list(map(word_of, text.replace("\u2014", " ").split()))


@lru_cache(maxsize=16)
def spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """Give where each of those words stands in the text."""
    return tuple(found.span() for found in re.finditer(r"[^\s\u2014]+", text))
