"""Reading grades and sentence lengths held against their limits."""

from collections.abc import Iterator, Sequence

from handouts.check.plain_language.analysis import Analysed, AnalysedUnit
from handouts.check.plain_language.measures import Measures, measure
from handouts.check.plain_language.rules import (
    HARD_TO_READ,
    LONG_SENTENCE,
    LONG_SENTENCES,
    SECTION_HARD_TO_READ,
)
from handouts.problems.problem import Place, Problem
from handouts.schema.plain_language import PlainLanguage

_FEWEST_WORDS = 40  # a formula says nothing about a few lines
_SHOWN = 8


def whole_too_hard(units: Sequence[AnalysedUnit], place: Place, settings: PlainLanguage) -> Iterator[Problem]:
    """Report the reading grade and the sentence length of the whole."""
    whole = measure(passage for unit in units for passage in unit.passages)
    if whole.words < _FEWEST_WORDS:
        return
    if round(whole.flesch_kincaid, 1) > settings.grade:
        hardest = max(units, key=lambda unit: _grade(measure(unit.passages)))
        hint = f'shorten sentences and words; the hardest text is "{hardest.unit.title}"'
        yield HARD_TO_READ.found(f"the whole needs {_grades(whole)}, more than {settings.grade:g}", place, hint)
    if round(whole.words_per_sentence, 1) > settings.words_per_sentence:
        message = f"sentences have {whole.words_per_sentence:.1f} words on average, more than "
        message += str(settings.words_per_sentence)
        yield LONG_SENTENCES.found(message, place, "cut long sentences in two, or make lists of them")


def unit_too_hard(unit: AnalysedUnit, settings: PlainLanguage) -> Iterator[Problem]:
    """Report the reading grade of one section or block, unless it is very short."""
    measures = measure(unit.passages)
    if measures.words >= _FEWEST_WORDS and round(measures.flesch_kincaid, 1) > settings.section_grade:
        message = f'"{unit.unit.title}" needs {_grades(measures)}, more than {settings.section_grade:g}'
        yield SECTION_HARD_TO_READ.found(message, unit.unit.place, "shorten its sentences and words")


def long_sentences(passage: Analysed, settings: PlainLanguage) -> Iterator[Problem]:
    """Report each sentence that is too long, where it starts; a semicolon parts it like a full stop."""
    for first, last in passage.sentences:
        if last - first <= settings.long_sentence:
            continue
        start = first
        for end in range(first + 1, last + 1):
            if end < last and not passage.words[end - 1].written.endswith(";"):
                continue
            length = sum(word.counts for word in passage.words[start:end])
            if length > settings.long_sentence:
                yield _long_sentence(passage, start, length, settings)
            start = end


def _long_sentence(passage: Analysed, start: int, length: int, settings: PlainLanguage) -> Problem:
    begin = " ".join(passage.written(start, start + _SHOWN).split())
    message = f'the sentence "{begin} ..." has {length} words, more than {settings.long_sentence}'
    return LONG_SENTENCE.found(message, passage.place(start), "cut it in two, or make a list of it")


def _grade(measures: Measures) -> float:
    return measures.flesch_kincaid if measures.words >= _FEWEST_WORDS else 0


def _grades(measures: Measures) -> str:
    return (
        f"reading grade {measures.flesch_kincaid:.1f} (Flesch-Kincaid; SMOG {measures.smog:.1f}, "
        f"{measures.words_per_sentence:.1f} words in a sentence)"
    )
