"""Printed texts split into words and sentences once, for all rules."""

from dataclasses import dataclass

from handouts.check.plain_language.printed_texts import PrintedText, PrintedUnit, split_into_units
from handouts.check.plain_language.word_list import Phrases
from handouts.check.plain_language.words import Word, find_word_spans, split_into_sentences, split_into_words
from handouts.model.library import Handout
from handouts.problems.problem import Place
from handouts.schema.plain_language import PlainLanguage


@dataclass(frozen=True, slots=True)
class AnalyzedText:
    """A text with its words and sentences; a sentence is its first word and the one after its last.

    `keys` are those of the words. `in_names` are the positions of words that belong to the name of a drug or a
    procedure, `in_capitals` those of abbreviations and of words in capitals.
    """

    text: PrintedText
    words: list[Word]
    keys: list[str]
    sentences: list[tuple[int, int]]
    in_names: frozenset[int]
    in_capitals: tuple[int, ...]

    @property
    def is_prose(self) -> bool:
        """Whether it is running text, not a heading or a table cell."""
        return self.text.kind in {"prose", "front"}

    def place(self, position: int) -> Place:
        """Return the place of a word."""
        return self.text.place(self.find_span(position, position + 1)[0])

    def extract_text(self, start: int, end: int) -> str:
        """Return the text of the words from `start` to before `end`."""
        first, last = self.find_span(start, end)
        return self.text.text[first:last]

    def find_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets of the text of the words from `start` to before `end`."""
        spans = find_word_spans(self.text.text)
        return spans[start][0], spans[end - 1][1]


@dataclass(frozen=True, slots=True)
class AnalyzedUnit:
    """A unit with its texts analyzed."""

    unit: PrintedUnit
    texts: tuple[AnalyzedText, ...]


def analyze_handout(handout: Handout, settings: PlainLanguage) -> tuple[AnalyzedUnit, ...]:
    """Analyze all texts of a handout; the first unit is its front matter."""
    names = collect_names(handout, settings)
    return tuple(analyze_unit(unit, names) for unit in split_into_units(handout))


def analyze_unit(unit: PrintedUnit, names: Phrases) -> AnalyzedUnit:
    """Analyze the texts of a unit; `names` are those of drugs and procedures."""
    return AnalyzedUnit(unit, tuple(_analyze_text(text, names) for text in unit.texts))


def collect_names(handout: Handout, settings: PlainLanguage) -> Phrases:
    """Return the names that cannot be replaced by shorter words: glossary terms, and `names` of the settings."""
    return Phrases([*(entry.term for entry in handout.front.glossary), *settings.names])


def _analyze_text(text: PrintedText, names: Phrases) -> AnalyzedText:
    words = split_into_words(text.text)
    keys = [word.key for word in words]
    in_names = frozenset(position for match in names.find(keys) for position in range(match.start, match.end))
    in_capitals = tuple(n for n, word in enumerate(words) if word.abbreviation or word.is_emphatic)
    return AnalyzedText(text, words, keys, split_into_sentences(words), in_names, in_capitals)
