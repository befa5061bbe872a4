"""Typographic quotation marks and apostrophes in place of those that keyboards have.

Each mark is replaced by one other, so that places in a text stay the same. A mark is left as typed where it can mean
something else: feet and inches, minutes and seconds, and quotation marks that are not in pairs. Dashes are not changed.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

_ENGLISH: Final = "\u201c\u201d\u2018\u2019"
_GUILLEMETS: Final = "\u00ab\u00bb"
_CORNERS: Final = "\u300c\u300d\u300e\u300f"
# Opening and closing marks by tag, outer and inner (Unicode CLDR 46, common/main, delimiters). Other languages get
# apostrophes only. A mark that opens or closes does so where it stands in the text, also from right to left.
_MARKS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("en", "es", "fil", "hi", "ko", "pt", "so", "tl", "tr", "vi", "zh"), _ENGLISH),  # es: of America
    **dict.fromkeys(("es-es", "it", "pt-pt"), _GUILLEMETS + "\u201c\u201d"),
    **dict.fromkeys(("ja", "zh-hant", "zh-hk", "zh-mo", "zh-tw"), _CORNERS),
    **dict.fromkeys(("am", "fa", "fr-ch"), _GUILLEMETS + "\u2039\u203a"),
    **dict.fromkeys(("ru", "uk"), _GUILLEMETS + "\u201e\u201c"),
    "ar": "\u201d\u201c\u2019\u2018",
    "de": "\u201e\u201c\u201a\u2018",
    "fr": _GUILLEMETS * 2,
    "he": "\u201d\u201d",  # a single mark is mostly a geresh, which is part of a word
    "pl": "\u201e\u201d\u00ab\u00bb",
    "ro": "\u201e\u201d\u00ab\u00bb",
}
_APOSTROPHE: Final = "\u2019"
# The inner marks of some languages are the outer ones of others, so all become one.
_STRAIGHT: Final = str.maketrans(dict.fromkeys("'" + _APOSTROPHE + "".join(_MARKS.values()), '"'))
_FRENCH: Final = re.compile(r"fr\b(?!-ch\b)", re.IGNORECASE)
_GUILLEMET: Final = re.compile("[\u00ab\u00bb]")
_OPENING_GUILLEMET: Final = re.compile(r"\u00ab[ \u00a0\u202f]?")
_CLOSING_GUILLEMET: Final = re.compile(r"[ \u00a0\u202f]?\u00bb")
_HANGUL: Final = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")  # Korean has spaces
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
    pairs = _find_marks(language)
    if pairs:
        for opening, closing in _find_pairs(text, [at for at in marks if text[at] == '"']):
            letters[opening], letters[closing] = pairs[0], pairs[1]
    has_inner = len(pairs) > 2  # noqa: PLR2004 - an opening and a closing mark
    if has_inner:
        single = [at for at in marks if text[at] == "'" and not _is_apostrophe(text, at)]
        for opening, closing in _find_pairs(text, single):
            letters[opening], letters[closing] = pairs[2], pairs[3]
    for at in marks:
        if letters[at] == "'" and (_is_apostrophe(text, at) or (has_inner and _stands_for_letters(text, at))):
            letters[at] = _APOSTROPHE
    return "".join(letters)


def space_quotes(text: str, language: str) -> str:
    """Return a text with no-break spaces inside of French guillemets; Swiss French has none.

    Source: Imprimerie nationale, Lexique des règles typographiques.
    """
    if not _GUILLEMET.search(text) or not _FRENCH.match(language):
        return text
    return _CLOSING_GUILLEMET.sub("\u00a0\u00bb", _OPENING_GUILLEMET.sub("\u00ab\u00a0", text))


def write_colon(label: str) -> str:
    """Return the colon behind a label and the space that follows; in Chinese and Japanese a full-width colon alone."""
    is_full = bool(label) and _is_wide(label[-1]) and not _HANGUL.match(label[-1])
    return "\N{FULLWIDTH COLON}" if is_full else ": "


def straighten_quotes(text: str) -> str:
    """Return a text with the same mark for all, to compare what is printed with what was typed."""
    return text.translate(_STRAIGHT)


def _find_marks(language: str) -> str:
    """Return the marks of a language (BCP 47), as its region has them if it has its own; "" if they are not known."""
    subtags = language.lower().split("-")
    tags = ("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    return next((_MARKS[tag] for tag in tags if tag in _MARKS), "")


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
            if (not before or before in _BEFORE_OPENING or _is_wide(before)) and after.strip():
                opening = at
        elif before.strip() and not _is_in_word(after) and not (before.isdigit() and (len(marks) - position) % 2 == 0):
            yield opening, at
            opening = None


def _is_apostrophe(text: str, at: int) -> bool:
    """Return whether a mark is within a word, as in "don't" and "the 1990's"."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return _is_in_word(before) and _is_in_word(after) and after.isalpha()


def _stands_for_letters(text: str, at: int) -> bool:
    """Return whether a mark at an end of a word stands for letters: "the patients' room", "the '90s"."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before.isalpha() and not _is_wide(before):
        return not after.isalnum()
    return not before.strip() and (after.isalpha() or bool(_SHORTENED_YEARS.match(text, at)))


def _is_in_word(letter: str) -> bool:
    """Return whether a letter goes on with a word: Chinese and Japanese have no spaces, Korean has particles."""
    return letter.isalnum() and not _is_wide(letter)


def _is_wide(letter: str) -> bool:
    return bool(letter) and unicodedata.east_asian_width(letter) in "WF"
