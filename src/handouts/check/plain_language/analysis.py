"""A passage taken apart once, for all rules."""

from dataclasses import dataclass

from handouts.check.plain_language.passages import Passage, Unit
from handouts.check.plain_language.phrases import Phrases
from handouts.check.plain_language.sentences import sentences
from handouts.check.plain_language.word import Word, spans_of, words_of
from handouts.problems.problem import Place


@dataclass(frozen=True, slots=True)
class Analysed:
    """The words and sentences of a passage.

    `named` are the words that names of drugs and procedures are made of, `capitals` those in capitals.
    """

    passage: Passage
    words: list[Word]
    keys: list[str]
    sentences: list[tuple[int, int]]
    named: frozenset[int]
    capitals: tuple[int, ...]

    @property
    def is_prose(self) -> bool:
        """Whether it is running text."""
        return self.passage.kind in {"prose", "front"}

    def place(self, position: int) -> Place:
        """Give the place of a word."""
        return self.passage.place(self.span(position, position + 1)[0])

    def written(self, start: int, end: int) -> str:
        """Give words as they are written, from one to before another."""
        first, last = self.span(start, end)
        return self.passage.text[first:last]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the offsets of words in the text."""
        spans = spans_of(self.passage.text)
        return spans[start][0], spans[end - 1][1]


@dataclass(frozen=True, slots=True)
class AnalysedUnit:
    """A unit whose passages are taken apart."""

    unit: Unit
    passages: tuple[Analysed, ...]


def analyse(unit: Unit, names: Phrases) -> AnalysedUnit:
    """Take the passages of a unit apart."""
    return AnalysedUnit(unit, tuple(_analysed(passage, names) for passage in unit.passages))


def _analysed(passage: Passage, names: Phrases) -> Analysed:
    words = words_of(passage.text)
    keys = [word.key for word in words]
    named = frozenset(n for found in names.find(keys) for n in range(found.start, found.end))
    capitals = tuple(n for n, word in enumerate(words) if word.abbreviation or word.stressed)
    return Analysed(passage, words, keys, sentences(words), named, capitals)
