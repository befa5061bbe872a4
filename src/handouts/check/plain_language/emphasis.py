"""Italics."""

from collections.abc import Iterator
from typing import Final

from handouts.check.plain_language.passages import Passage
from handouts.check.plain_language.rules import ITALICS
from handouts.problems.problem import Problem

_SHOWN: Final = 60


def italics(passage: Passage) -> Iterator[Problem]:
    """Report words in italics."""
    for start, end in passage.italics:
        message = f'"{_short(passage.text[start:end])}" is in italics'
        yield ITALICS.found(message, passage.place(start), "write **it like this** for bold, or leave it plain")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
