"""Typographic quotation marks and apostrophes in place of those that keyboards have.

Each mark is replaced by one other, so that places in a text stay the same. A mark is left as typed where it can mean
something else: feet and inches, minutes and seconds, and quotation marks that are not in pairs. Dashes are not changed.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

# Opening and closing marks, outer and inner (Unicode CLDR 46, delimiters). Other languages get apostrophes only: they
# set spaces inside of the marks, or have one mark that closes one level and opens another.
_MARKS: Final[Mapping[str, str]] = {
    "en": "\u201c\u201d\u2018\u2019",
    "es": "\u201c\u201d\u2018\u2019",  # of America; Spain has «» too
    "pt": "\u201c\u201d\u2018\u2019",
    "vi": "\u201c\u201d\u2018\u2019",
    "fil": "\u201c\u201d\u2018\u2019",
    "tl": "\u201c\u201d\u2018\u2019",
}
_APOSTROPHE: Final = "\u2019"
_STRAIGHT: Final = str.maketrans(dict.fromkeys("\u201c\u201d", '"') | dict.fromkeys("\u2018\u2019", "'"))
_HAS_MARK: Final = re.compile("[\"']")
_WORD: Final = re.compile(r"\S+")
_ADDRESS: Final = re.compile(r"://|@|www\.")
# 5' 6", 5'6½", 10' x 12', 30' 15"
_MEASURE: Final = re.compile(r"\d[\d./\u00bc-\u00be]{0,20}\s?'(?:\s?[\d./\u00bc-\u00be]{1,20}\s?(?:\"|'')?)?(?![\w'])")
_BEFORE_OPENING: Final = " \t\n\u00a0([{\u2014\u2013-/\u00bf\u00a1\"'"
_SHORTENED_YEARS: Final = re.compile(r"'\d0s\b")


def curl_quotes(text: str, language: str) -> str:
    """Return a text of the same length with the quotation marks and apostrophes of a language (BCP 47)."""
    if not _HAS_MARK.search(text):
        return text
    letters = list(text)
    literal = {at for start, end in _find_literal(text) for at in range(start, end)}
    marks = [match.start() for match in _HAS_MARK.finditer(text) if match.start() not in literal]
    pairs = _MARKS.get(language.lower().partition("-")[0])
    if pairs:
        for opening, closing in _find_pairs(text, [at for at in marks if text[at] == '"']):
            letters[opening], letters[closing] = pairs[0], pairs[1]
        single = [at for at in marks if text[at] == "'" and not _is_apostrophe(text, at)]
        for opening, closing in _find_pairs(text, single):
            letters[opening], letters[closing] = pairs[2], pairs[3]
    for at in marks:
        if letters[at] == "'" and (_is_apostrophe(text, at) or (pairs and _stands_for_letters(text, at))):
            letters[at] = _APOSTROPHE
    return "".join(letters)


def straighten_quotes(text: str) -> str:
    """Return a text with the marks that keyboards have, to compare what is printed with what was typed."""
    return text.translate(_STRAIGHT)


def _find_literal(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of what is printed as typed: addresses and measures."""
    yield from (word.span() for word in _WORD.finditer(text) if _ADDRESS.search(word[0]))
    yield from (measure.span() for measure in _MEASURE.finditer(text))


def _find_pairs(text: str, marks: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the places of opening and closing marks that belong together.

    A mark after a digit closes only if the marks after it are in pairs: the second one in "a 6" tube" means inches.
    """
    opening: int | None = None
    for position, at in enumerate(marks):
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if opening is None:
            if (not before or before in _BEFORE_OPENING) and after.strip():
                opening = at
        elif before.strip() and not after.isalnum() and not (before.isdigit() and (len(marks) - position) % 2 == 0):
            yield opening, at
            opening = None


def _is_apostrophe(text: str, at: int) -> bool:
    """Return whether a mark is within a word, as in "don't" and "the 1990's"."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return before.isalnum() and after.isalpha()


def _stands_for_letters(text: str, at: int) -> bool:
    """Return whether a mark at an end of a word stands for letters: "the patients' room", "the '90s"."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before.isalpha():
        return not after.isalnum()
    return not before.strip() and (after.isalpha() or bool(_SHORTENED_YEARS.match(text, at)))
