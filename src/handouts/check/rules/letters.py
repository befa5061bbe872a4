"""Finds letters that no bundled font has, letters that only look Latin, and digits that readers do not know."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from handouts.assets.bundled_fonts import read_bundled_letters
from handouts.assets.language_fonts import MISSING_FONT, find_language_font, read_language_letters
from handouts.check.markdown_texts import MarkdownText
from handouts.language.tags import parse_language_tag
from handouts.model.library import Block, FontFiles, Handout, Part, Practice, Section
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.schema.base import list_texts
from handouts.schema.front_matter import list_field_texts

LETTER_IN_NO_FONT: Final = Rule(
    "letter-in-no-font",
    Severity.WARNING,
    title="a letter that no bundled font has",
    why="Pages and web pages would show a box in its place, so they are not made.",
    source="docs/syntax.md; The Unicode Standard, ch 5.3, unknown and missing characters",
    message='no bundled font has "{letter}" (U+{number:04X})',
    hint="write it another way; plain text can have it",
)
LOOKALIKE_LETTER: Final = Rule(
    "lookalike-letter",
    Severity.WARNING,
    title="a word that mixes Latin letters with those of another script that look the same",
    why="It looks right, but is read aloud, searched and looked up as another word; an address leads elsewhere.",
    source="Unicode Security Mechanisms, UTS 39, mixed-script detection (https://www.unicode.org/reports/tr39)",
    message='"{word}" has "{letter}" (U+{number:04X}), which is not a Latin letter',
    hint="type the word anew",
)
FOREIGN_DIGIT: Final = Rule(
    "foreign-digit",
    Severity.ERROR,
    title="a digit of another script in a language that is written in Latin letters",
    why="A dose or phone number that patients cannot read, or take for another.",
    source="Unicode Standard, ch 22.3, numerals; Unicode CLDR, default numbering systems (https://cldr.unicode.org)",
    message='"{number}" has digits of another script: {digits} in digits 0 to 9',
    hint="type it anew with the digits 0 to 9",
)
RULES: Final = (LETTER_IN_NO_FONT, LOOKALIKE_LETTER, FOREIGN_DIGIT)

# Cyrillic, Armenian and Cherokee letters, Greek capitals and omicron, and Latin letters of full width.
_LOOKALIKE: Final = re.compile(
    "[\u0400-\u052f\u0531-\u0587\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
    "\u13a0-\u13f5\uff21-\uff5a]"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile("[A-Za-z]")
_FOREIGN_NUMBER: Final = re.compile(r"(?=\d*[^\D0-9])\d+")

_WITHOUT_INK: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"})
_MAX_LETTERS: Final = 10  # of one handout


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a field, which has one place."""

    markdown: str
    at: Place

    def place(self, _offset: int) -> Place:
        """Return the place of the field."""
        return self.at


def check_letters(
    handout: Handout, texts: Iterable[MarkdownText], own_fonts: Mapping[str, FontFiles], problems: Problems
) -> None:
    """Report letters that no font has, words of mixed scripts and digits of others, each once, at most ten.

    `own_fonts` are those that the project has for languages.
    """
    placed = [(text, handout.front_at.get(path, handout.place)) for path, text in list_field_texts(handout.front)]
    titled: tuple[Part | Section | Block, ...] = (*handout.parts, *handout.sections, *handout.blocks)
    placed += [(element.title, element.place) for element in titled]
    font = find_language_font(handout.language, own_fonts)
    if font and not font.is_installed:
        problems.add(MISSING_FONT.at(None, language=handout.language, family=font.family, extra=font.extra))
        return
    found: dict[str, Place] = {}
    known = read_language_letters(font) if font else frozenset[str]()
    for text, place in placed:
        for letter in _find_missing(text, known):
            found.setdefault(letter, place)
    for markdown in texts:
        for letter in _find_missing(markdown.markdown, known):
            found.setdefault(letter, markdown.place(markdown.markdown.index(letter)))
    _check_scripts([*(_Text(text, place) for text, place in placed), *texts], handout.language, problems)
    for letter, place in list(found.items())[:_MAX_LETTERS]:
        problems.add(LETTER_IN_NO_FONT.at(place, letter=letter, number=ord(letter)))


def check_profile_letters(practice: Practice, problems: Problems) -> None:
    """Report words of mixed scripts, and digits of others, in a profile: names, addresses, phones and texts."""
    texts = list_texts(practice.profile)
    placed = [_Text(text, practice.profile_at.get(path, practice.place)) for path, text in texts]
    _check_scripts(placed, practice.language, problems)


def check_insert_letters(texts: Iterable[MarkdownText], language: str, problems: Problems) -> None:
    """Report words of mixed scripts, and digits of others, in an insert."""
    _check_scripts(texts, language, problems)


@lru_cache
def is_in_latin_letters(language: str) -> bool:
    """Return whether a language is written in Latin letters, by its tag or else as most write it (CLDR)."""
    from babel.core import get_global  # noqa: PLC0415 - not needed to start

    tag = parse_language_tag(language)
    if tag is None:
        return False
    script = tag.script or get_global("likely_subtags").get(tag.language.lower(), "").partition("_")[2][:4]
    return script.lower() == "latn"


def _check_scripts(texts: "Iterable[MarkdownText | _Text]", language: str, problems: Problems) -> None:
    mixed: dict[str, Place] = {}
    numbers: dict[str, Place] = {}
    is_latin = is_in_latin_letters(language)
    for text in texts:
        for word in _find_mixed(text.markdown):
            mixed.setdefault(word, text.place(text.markdown.index(word)))
        for number in _find_foreign_numbers(text.markdown) if is_latin else ():
            numbers.setdefault(number, text.place(text.markdown.index(number)))
    for word, place in list(mixed.items())[:_MAX_LETTERS]:
        letter = _LOOKALIKE.findall(word)[0]
        problems.add(LOOKALIKE_LETTER.at(place, word=word, letter=letter, number=ord(letter)))
    for number, place in list(numbers.items())[:_MAX_LETTERS]:
        digits = "".join(str(unicodedata.digit(digit)) for digit in number)
        problems.add(FOREIGN_DIGIT.at(place, number=number, digits=digits))


def _find_foreign_numbers(text: str) -> list[str]:
    """Return the runs of digits that have any but 0 to 9."""
    return [] if text.isascii() else _FOREIGN_NUMBER.findall(text)


def _find_mixed(text: str) -> list[str]:
    """Return the words that have letters of another script among Latin ones."""
    if text.isascii() or not _LOOKALIKE.search(text):
        return []
    return [word for word in _WORD.findall(text) if _LATIN.search(word) and _LOOKALIKE.search(word)]


def _find_missing(text: str, known: frozenset[str]) -> list[str]:
    if text.isascii():
        return []
    missing = sorted(set(text) - known - read_bundled_letters())
    return [letter for letter in missing if unicodedata.category(letter) not in _WITHOUT_INK]
