"""Plain language: reading grades, long sentences and words, jargon, abbreviations, voice and emphasis of English texts.

The formulas, the word list and the rules are for English; of texts in other languages nothing is said.
"""

from collections.abc import Iterator, Sequence

from handouts.check.plain_language.abbreviations import abbreviations, capitals
from handouts.check.plain_language.analysis import AnalysedUnit, analyse
from handouts.check.plain_language.difficulty import long_sentences, unit_too_hard, whole_too_hard
from handouts.check.plain_language.emphasis import italics
from handouts.check.plain_language.passages import Unit, passages_of, units_of
from handouts.check.plain_language.passive import too_passive
from handouts.check.plain_language.phrases import Phrases
from handouts.check.plain_language.rules import RULES
from handouts.check.plain_language.vocabulary import jargon, long_words
from handouts.check.plain_language.word import words_of
from handouts.check.plain_language.word_list import WordList, read_word_list
from handouts.model.library import Handout, Insert
from handouts.problems.problem import Problem
from handouts.schema.plain_language import PlainLanguage

__all__ = ["RULES", "WordList", "analysed", "plain_language", "plain_language_of_insert", "read_word_list"]


def plain_language(handout: Handout, settings: PlainLanguage, known: WordList) -> Iterator[Problem]:
    """Report what is not in plain language in a handout, if it is in English."""
    if not is_english(handout.language):
        return
    units = analysed(handout, settings)
    place = handout.front_at.get(("title",), handout.place)
    yield from whole_too_hard(units, place, settings)
    yield from too_passive(units, settings)
    for unit in units[1:]:  # the front matter is part of the whole, and no section
        yield from unit_too_hard(unit, settings)
    yield from _in_passages(units, handout, settings, known)


def plain_language_of_insert(
    insert: Insert, handout: Handout, settings: PlainLanguage, known: WordList
) -> Iterator[Problem]:
    """Report what is not in plain language in a practice's own text; the handout it stands in explains its words."""
    if not is_english(handout.language):
        return
    bodies = (insert.body, *insert.notes.values())
    passages = tuple(passage for body in bodies for passage in passages_of(body))
    unit = analyse(Unit("insert", insert.place, passages), _names(handout, settings))
    yield from unit_too_hard(unit, settings)
    yield from _in_passages([unit], handout, settings, known)


def is_english(language: str) -> bool:
    """Tell whether a language tag is one of English."""
    return language.lower().partition("-")[0] == "en"


def analysed(handout: Handout, settings: PlainLanguage) -> tuple[AnalysedUnit, ...]:
    """Take all texts of a handout apart; the first unit is its front matter."""
    names = _names(handout, settings)
    return tuple(analyse(unit, names) for unit in units_of(handout))


def _names(handout: Handout, settings: PlainLanguage) -> Phrases:
    return Phrases([*(entry.term for entry in handout.front.glossary), *settings.names])


def _in_passages(
    units: Sequence[AnalysedUnit], handout: Handout, settings: PlainLanguage, known: WordList
) -> Iterator[Problem]:
    glossary = [words_of(f"{entry.term} {entry.meaning}") for entry in handout.front.glossary]
    written_out = {short for words in glossary for word in words if (short := word.abbreviation)}
    terms = [[word.key for word in words_of(entry.term)] for entry in handout.front.glossary]
    explained = {match.phrase for keys in terms for match in known.medical.find(keys)}
    for unit in units:
        for passage in unit.passages:
            yield from long_sentences(passage, settings)
            yield from long_words(passage, settings, known)
            yield from capitals(passage)
            yield from italics(passage.passage)
    # A heading may use a word that the text below it explains.
    for heading in (False, True):
        for unit in units:
            for passage in unit.passages:
                if (passage.passage.kind == "heading") is heading:
                    yield from jargon(passage, known, explained)
                    yield from abbreviations(passage, settings, written_out)
