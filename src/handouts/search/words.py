"""Words as they are compared: without accents, in small letters, and by their stems."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_TEXT_AND_NUMBER: Final = re.compile(r"(\D*)(\d*)")
# The letters that decomposition leaves as they are (Unicode 16, UnicodeData.txt).
_WITHOUT_DECOMPOSITION: Final = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "\u0131": "i", "æ": "ae", "œ": "oe"})
# Spellings of words from Greek and Latin that people type as they hear them.
_SOUNDS: Final = (("ph", "f"), ("rrh", "r"), ("rh", "r"), ("ck", "k"), ("y", "i"), ("z", "s"))
_REPEATED: Final = re.compile(r"(.)\1+")
# The algorithms of Snowball (https://snowballstem.org) by the tag of their language.
_STEMMERS: Final[Mapping[str, str]] = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}


def fold(text: str) -> str:
    """Return a text in small letters without accents, so that hasty typing finds it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(
        _WITHOUT_DECOMPOSITION
    )


def make_sort_key(name: str) -> tuple[tuple[str, int, str], ...]:
    """Return a key that sorts names as people list them: accents and capitals aside, Clinic 2 before Clinic 10."""
    numbers = (match.groups() for match in _TEXT_AND_NUMBER.finditer(fold(name)))
    return tuple((text, len(digits.lstrip("0")), digits.lstrip("0")) for text, digits in numbers)


def split_words(text: str) -> list[str]:
    """Return the folded words of a text."""
    return _WORD.findall(fold(text))


def write_sound(word: str) -> str:
    """Return a folded word as it sounds, with one letter for letters that are heard as one: kyphosis is kifosis."""
    for spelled, heard in _SOUNDS:
        word = word.replace(spelled, heard)
    return _REPEATED.sub(r"\1", word)


@cache
def find_stemmer(language: str) -> Callable[[str], str]:
    """Return the function that stems folded words of a language; it changes nothing where Snowball has none."""
    algorithm = _STEMMERS.get(language.split("-", maxsplit=1)[0].lower())
    if algorithm is None:
        return str
    import snowballstemmer  # noqa: PLC0415 - some 50 ms

    stem: Callable[[str], str] = snowballstemmer.stemmer(algorithm).stemWord
    return stem
