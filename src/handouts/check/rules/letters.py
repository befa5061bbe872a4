"""Finds letters that no bundled font has, so that they are known before pages are laid out."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from handouts.assets.bundled_fonts import read_bundled_letters
from handouts.assets.language_fonts import MISSING_FONT, find_language_font, read_language_letters
from handouts.check.markdown_texts import MarkdownText
from handouts.model.library import Block, FontFiles, Handout, Part, Section
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
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
    message='"{word}" has "{letter}" (U+{number:04X}), which is no Latin letter',
    hint="type the word anew",
)
RULES: Final = (LETTER_IN_NO_FONT, LOOKALIKE_LETTER)

# Cyrillic, Armenian and Cherokee letters, Greek capitals and omicron, and Latin letters of full width.
_LOOKALIKE: Final = re.compile(
    "[\u0400-\u052f\u0531-\u0587\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf"
    "\u13a0-\u13f5\uff21-\uff5a]"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LATIN: Final = re.compile("[A-Za-z]")

_WITHOUT_INK: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"})
_MAX_LETTERS: Final = 10  # of one handout


def check_letters(
    handout: Handout, texts: Iterable[MarkdownText], own_fonts: Mapping[str, FontFiles], problems: Problems
) -> None:
    """Report letters that no font has, and words of mixed scripts, each where it first occurs, at most ten.

    `own_fonts` are those that the project has for languages.
    """
    placed = [(text, handout.front_at.get(path, handout.place)) for path, text in list_field_texts(handout.front)]
    titled: tuple[Part | Section | Block, ...] = (*handout.parts, *handout.sections, *handout.blocks)
    placed += [(element.title, element.place) for element in titled]
    found: dict[str, Place] = {}
    mixed: dict[str, Place] = {}
    font = find_language_font(handout.language, own_fonts)
    if font and not font.is_installed:
        problems.add(MISSING_FONT.at(None, language=handout.language, family=font.family, extra=font.extra))
        return
    known = read_language_letters(font) if font else frozenset[str]()
    for text, place in placed:
        for letter in _find_missing(text, known):
            found.setdefault(letter, place)
        for word in _find_mixed(text):
            mixed.setdefault(word, place)
    for markdown in texts:
        for letter in _find_missing(markdown.markdown, known):
            found.setdefault(letter, markdown.place(markdown.markdown.index(letter)))
        for word in _find_mixed(markdown.markdown):
            mixed.setdefault(word, markdown.place(markdown.markdown.index(word)))
    for word, place in list(mixed.items())[:_MAX_LETTERS]:
        letter = _LOOKALIKE.findall(word)[0]
        problems.add(LOOKALIKE_LETTER.at(place, word=word, letter=letter, number=ord(letter)))
    for letter, place in list(found.items())[:_MAX_LETTERS]:
        problems.add(LETTER_IN_NO_FONT.at(place, letter=letter, number=ord(letter)))


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
