"""Italics and underlining."""

import re
from collections.abc import Iterator
from typing import Final

from handouts.check.plain_language.passages import Passage
from handouts.check.plain_language.rules import ITALICS, UNDERLINE
from handouts.problem import Problem

_UNDERLINE: Final = re.compile(r"<(?:u|ins)\b[^>]{0,200}>", re.IGNORECASE)
_SHOWN: Final = 60


def italics(passage: Passage) -> Iterator[Problem]:
    """Report words in italics."""
    for start, end in passage.italics:
        message = f'"{_short(passage.text[start:end])}" is in italics'
        yield ITALICS.found(message, passage.place(start), "write **it like this** for bold, or leave it plain")


def underlines(passage: Passage) -> Iterator[Problem]:
    """Report HTML for underlining, which Markdown does not know: it is printed as it stands."""
    if "<" in passage.text:
        for tag in _UNDERLINE.finditer(passage.text):
            message = f"{tag.group()} is to underline words, and is printed as it stands"
            yield UNDERLINE.found(message, passage.place(tag.start()), "write **it like this** for bold")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
