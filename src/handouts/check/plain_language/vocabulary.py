"""Long words and jargon for which the word list has plainer words."""

from collections.abc import Iterator

from handouts.check.plain_language.analysis import Analysed
from handouts.check.plain_language.explained import is_explained
from handouts.check.plain_language.phrases import Match
from handouts.check.plain_language.rules import JARGON, LONG_WORD
from handouts.check.plain_language.word_list import WordList
from handouts.problems.problem import Problem
from handouts.schema.plain_language import PlainLanguage


def long_words(passage: Analysed, settings: PlainLanguage, known: WordList) -> Iterator[Problem]:
    """Report every long word and phrase with a plainer one, unless it is part of a name."""
    for match in known.everyday.find(passage.keys):
        length = sum(word.syllables for word in passage.words[match.start : match.end])
        if length >= settings.long_word and match.start not in passage.named:
            message = f'"{_written(passage, match)}" is long'
            hint = f"plainer: {known.plainer[match.phrase]}"
            yield LONG_WORD.found(message, passage.place(match.start), hint)


def jargon(passage: Analysed, known: WordList, explained: set[str]) -> Iterator[Problem]:
    """Report each medical word once; `explained` has those that need no more explaining, and gets more."""
    for match in known.medical.find(passage.keys):
        if match.phrase in explained:
            continue
        explained.add(match.phrase)
        if match.start not in passage.named and not is_explained(passage, match.start, match.end):
            message = f'"{_written(passage, match)}" is a medical word that is not explained'
            hint = f"say: {known.plainer[match.phrase]}; or explain it here or in the glossary"
            yield JARGON.found(message, passage.place(match.start), hint)


def _written(passage: Analysed, match: Match) -> str:
    return " ".join(word.plain for word in passage.words[match.start : match.end])
