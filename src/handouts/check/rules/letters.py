"""Finds letters that no bundled font has, so that they are known before pages are laid out."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from handouts.check.markdown_texts import MarkdownText
from handouts.model.library import Block, Handout, Part, Section
from handouts.model.project import shipped
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
RULES: Final = (LETTER_IN_NO_FONT,)

_WITHOUT_INK: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"})
_MAX_LETTERS: Final = 10  # of one handout


def check_letters(handout: Handout, texts: Iterable[MarkdownText], problems: Problems) -> None:
    """Report letters of a handout that no bundled font has, each where it first occurs, at most ten."""
    placed = [(text, handout.front_at.get(path, handout.place)) for path, text in list_field_texts(handout.front)]
    titled: tuple[Part | Section | Block, ...] = (*handout.parts, *handout.sections, *handout.blocks)
    placed += [(element.title, element.place) for element in titled]
    found: dict[str, Place] = {}
    for text, place in placed:
        for letter in _find_missing(text):
            found.setdefault(letter, place)
    for markdown in texts:
        for letter in _find_missing(markdown.markdown):
            found.setdefault(letter, markdown.place(markdown.markdown.index(letter)))
    for letter, place in list(found.items())[:_MAX_LETTERS]:
        problems.add(LETTER_IN_NO_FONT.at(place, letter=letter, number=ord(letter)))


def _find_missing(text: str) -> list[str]:
    if text.isascii():
        return []
    missing = sorted(set(text) - _read_bundled_letters())
    return [letter for letter in missing if unicodedata.category(letter) not in _WITHOUT_INK]


@cache
def _read_bundled_letters() -> frozenset[str]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow, and not needed for texts in ASCII

    letters: set[str] = set()
    for path in sorted((shipped() / "styles" / "fonts").glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            letters.update(map(chr, font.getBestCmap()))
    return frozenset(letters)
