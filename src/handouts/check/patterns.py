"""Patterns of words or signs, each with the rule that it breaks and what to write instead."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handouts.problems.rule import Rule


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern found at a position of a text: the words as written, and what to write instead."""

    rule: Rule
    position: int
    words: str
    instead: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern and what to write instead: a template for its groups, or a function of the match.

    `applies` is given the text and the position, and may look at the words around. With `cues`, in small letters, only
    texts that have one of these words need to be searched.
    """

    rule: Rule
    pattern: re.Pattern[str]
    instead: str | Callable[[re.Match[str]], str]
    applies: Callable[[str, int], bool] | None = None
    is_english: bool = False
    cues: frozenset[str] = frozenset()

    def find(self, text: str) -> Iterator[Found]:
        """Yield each place where the pattern occurs."""
        for match in self.pattern.finditer(text):
            if self.applies is None or self.applies(text, match.start()):
                instead = match.expand(self.instead) if isinstance(self.instead, str) else self.instead(match)
                yield Found(self.rule, match.start(), " ".join(match.group().split()), instead)


def make_phrase(rule: Rule, words: str, instead: str, cues: str = "") -> Pattern:
    """Return a pattern of whole English words, in capitals or not; `cues` by default are the words themselves."""
    cue_words = frozenset((cues or words).lower().split())
    return Pattern(rule, re.compile(rf"\b(?:{words})\b", re.IGNORECASE), instead, is_english=True, cues=cue_words)
