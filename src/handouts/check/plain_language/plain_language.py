"""Plain language: reading grades, long sentences and words, jargon, abbreviations, passive voice and emphasis.

The formulas, the word list and the rules are for English. Texts in Spanish have an index of their own, those in other
languages are not checked.
"""

from collections.abc import Sequence
from typing import Final

from handouts.check.plain_language import emphasis, passive, reading_grades, spanish, vocabulary
from handouts.check.plain_language.analysis import AnalyzedUnit, analyze_handout, analyze_unit, collect_names
from handouts.check.plain_language.emphasis import check_capitals, check_italics
from handouts.check.plain_language.passive import check_passive_voice
from handouts.check.plain_language.printed_texts import PrintedUnit, find_printed_texts
from handouts.check.plain_language.reading_grades import (
    check_sentence_lengths,
    check_unit_grade,
    check_whole_handout,
)
from handouts.check.plain_language.spanish import check_spanish, check_spanish_unit
from handouts.check.plain_language.vocabulary import check_abbreviations, check_jargon, check_long_words
from handouts.check.plain_language.word_list import WordList
from handouts.check.plain_language.words import split_into_words
from handouts.model.library import Handout, Insert
from handouts.problems.collector import Problems
from handouts.schema.plain_language import PlainLanguage

RULES: Final = (*reading_grades.RULES, *vocabulary.RULES, *passive.RULES, *emphasis.RULES, *spanish.RULES)


def check_plain_language(handout: Handout, settings: PlainLanguage, word_list: WordList, problems: Problems) -> None:
    """Check the texts of a handout in English, and how easy those of one in Spanish are to read."""
    place = handout.front_at.get(("title",), handout.place)
    if _is_spanish(handout.language):
        check_spanish(analyze_handout(handout, settings), place, settings, problems)
    if not is_english(handout.language):
        return
    units = analyze_handout(handout, settings)
    check_whole_handout(units, place, settings, problems)
    check_passive_voice(units, settings, problems)
    for unit in units[1:]:  # the front matter counts for the whole, but is no section
        check_unit_grade(unit, settings, problems)
    _check_each_text(units, handout, settings, word_list, problems)


def check_plain_language_of_insert(
    insert: Insert, handout: Handout, settings: PlainLanguage, word_list: WordList, problems: Problems
) -> None:
    """Check the text of a practice in a handout in English or Spanish; the handout's glossary explains its words."""
    if not (is_english(handout.language) or _is_spanish(handout.language)):
        return
    texts = tuple(text for body in (insert.body, *insert.notes.values()) for text in find_printed_texts(body))
    unit = analyze_unit(PrintedUnit("insert", insert.place, texts), collect_names(handout, settings))
    if _is_spanish(handout.language):
        check_spanish_unit(unit, settings, problems)
        return
    check_unit_grade(unit, settings, problems)
    _check_each_text([unit], handout, settings, word_list, problems)


def is_english(language: str) -> bool:
    """Return whether a language tag is one of English."""
    return language.lower().partition("-")[0] == "en"


def _is_spanish(language: str) -> bool:
    return language.lower().partition("-")[0] == "es"


def _check_each_text(
    units: Sequence[AnalyzedUnit], handout: Handout, settings: PlainLanguage, word_list: WordList, problems: Problems
) -> None:
    glossary = handout.front.glossary
    explanations = [split_into_words(f"{entry.term} {entry.meaning}") for entry in glossary]
    abbreviations = {word.abbreviation for words in explanations for word in words if word.abbreviation}
    terms = [[word.key for word in split_into_words(entry.term)] for entry in glossary]
    explained = {match.phrase for keys in terms for match in word_list.medical.find(keys)}
    texts = [text for unit in units for text in unit.texts]
    for unit in units:
        check_sentence_lengths(unit, settings, problems)
    for text in texts:
        check_long_words(text, settings, word_list, problems)
        check_capitals(text, problems)
        check_italics(text, problems)
    # Headings come last: a heading may use a word that the text below it explains.
    placed = ((text, unit.texts) for unit in units for text in unit.texts)
    for text, section in sorted(placed, key=lambda pair: pair[0].text.kind == "heading"):
        check_jargon(text, section, word_list, explained, problems)
        check_abbreviations(text, settings, abbreviations, problems)
