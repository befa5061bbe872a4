"""Runs the rules over one handout, practice or insert."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from handouts.check.doses.check_doses import check_doses
from handouts.check.markdown_texts import collect_texts
from handouts.check.patient_texts import (
    collect_handout_texts,
    collect_insert_texts,
    collect_profile_texts,
    find_block_attributes,
)
from handouts.check.plain_language import plain_language
from handouts.check.plain_language.plain_language import check_plain_language, check_plain_language_of_insert
from handouts.check.plain_language.printed_texts import split_into_units
from handouts.check.plain_language.word_list import WordList
from handouts.check.rules import accessibility, captions, citations
from handouts.check.rules.accessibility import check_accessibility
from handouts.check.rules.brand import check_colors, check_logos
from handouts.check.rules.captions import check_captions
from handouts.check.rules.citations import check_citations
from handouts.check.rules.contacts import check_contacts
from handouts.check.rules.currency import check_currency
from handouts.check.rules.emergency import check_emergency
from handouts.check.rules.evidence import check_evidence
from handouts.check.rules.hours import check_hours
from handouts.check.rules.languages import check_language_tag
from handouts.check.rules.letters import check_insert_letters, check_letters, check_profile_letters
from handouts.check.rules.placeholders import (
    check_attribute_placeholders,
    check_handout_placeholders,
    check_practice_placeholders,
    check_text_placeholders,
)
from handouts.check.rules.safety_texts import check_safety_texts
from handouts.check.rules.treatment import check_treatment
from handouts.check.rules.typed_references import check_typed_references
from handouts.check.rules.warning_signs import check_warning_signs, check_warning_signs_of_insert
from handouts.check.wording import check_wording as wording
from handouts.check.wording.check_wording import check_wording
from handouts.compose.language_check import MISSING_PRACTICE_TEXT
from handouts.language.tags import is_same_language
from handouts.model.edition import formats
from handouts.model.library import Body, Citation, FontFiles, Handout, Insert, Practice
from handouts.problems.collector import Problems
from handouts.problems.rule import Rule
from handouts.read.slow_files import run_with_time_limit
from handouts.schema.settings import Settings


@dataclass(frozen=True, slots=True)
class RuleContext:
    """The inputs of rules besides the content; `word_lists` has one for each language of the handouts.

    `language_fonts` are those that the project has for languages. `relevant_codes`, if any, are the codes of
    the findings that matter: checks that take long are not run if none of their findings has one of them.
    """

    settings: Settings
    today: dt.date
    word_lists: Mapping[str, WordList]
    language_fonts: Mapping[str, FontFiles] = field(default_factory=dict)
    relevant_codes: frozenset[str] | None = None

    def needs(self, rules: Iterable[Rule]) -> bool:
        """Return whether a finding of any of these rules is relevant."""
        return self.relevant_codes is None or any(rule.code in self.relevant_codes for rule in rules)


def check_handout(context: RuleContext, handout: Handout, problems: Problems) -> None:
    """Run all rules over a handout, within the time that reading a file may take."""
    run_with_time_limit(handout.place, lambda: _check_handout(context, handout, problems), problems)


def _check_handout(context: RuleContext, handout: Handout, problems: Problems) -> None:
    checks = context.settings.checks
    check_currency(handout, checks, context.today, problems)
    check_treatment(handout, problems)
    check_safety_texts(handout, problems)
    check_language_tag(handout, problems)
    texts = collect_texts(handout.bodies)
    check_evidence(handout, texts, problems)
    check_handout_placeholders(handout, texts, problems)
    check_attribute_placeholders(find_block_attributes(handout.bodies), handout.front.abbreviations, problems)
    if context.needs(citations.RULES):
        check_citations(texts, handout.notes, problems)
    if context.needs(captions.RULES):
        check_captions(handout.bodies, problems)
    units = split_into_units(handout)
    check_warning_signs(units, handout.language, problems)
    if context.needs(accessibility.RULES):
        check_accessibility(texts, problems)
    check_letters(handout, texts, context.language_fonts, problems)
    patient_texts = collect_handout_texts(handout, units)
    check_doses(patient_texts, handout.language, problems)
    check_typed_references(patient_texts, problems)
    if context.needs(wording.RULES):
        check_wording(patient_texts, handout.language, problems)
    if context.needs(plain_language.RULES):
        check_plain_language(handout, checks.plain_language, context.word_lists[handout.language], problems)


def check_practice(context: RuleContext, practice: Practice, handouts: Iterable[Handout], problems: Problems) -> None:
    """Run all rules over a practice and its inserts, in all its languages; `handouts` are all of the library."""
    all_handouts = tuple(handouts)
    for own in practice.in_all_languages:
        check_profile(context, own, problems)
        for insert in own.inserts:
            check_insert(context, insert, own.language, all_handouts, problems)
    for language, texts in practice.incomplete.items():
        place = practice.place
        problems.add(MISSING_PRACTICE_TEXT.at(place, practice=practice.id, language=language, texts=", ".join(texts)))


def check_profile(context: RuleContext, practice: Practice, problems: Problems) -> None:
    """Run all rules over the profile of a practice, within the time that reading a file may take."""
    run_with_time_limit(practice.place, lambda: _check_profile(context, practice, problems), problems)


def _check_profile(context: RuleContext, practice: Practice, problems: Problems) -> None:
    check_practice_placeholders(practice, problems)
    patient_texts = collect_profile_texts(practice)
    check_doses(patient_texts, practice.language, problems)
    if context.needs(wording.RULES):
        check_wording(patient_texts, practice.language, problems)
    check_profile_letters(practice, problems)
    check_contacts(practice, problems)
    check_hours(practice, problems)
    check_emergency(practice, problems)
    check_logos(practice, problems)
    check_colors(practice, [format_.settings.contrast for format_ in formats(context.settings).values()], problems)


def check_insert(
    context: RuleContext, insert: Insert, language: str, handouts: Iterable[Handout], problems: Problems
) -> None:
    """Run all rules over an insert in a language; `handouts` are all of the library. Its time is limited as well."""
    run_with_time_limit(insert.place, lambda: _check_insert(context, insert, language, handouts, problems), problems)


def _check_insert(
    context: RuleContext, insert: Insert, language: str, handouts: Iterable[Handout], problems: Problems
) -> None:
    hosts = [handout for handout in handouts if handout.id == insert.handout]
    in_language = (handout for handout in hosts if is_same_language(handout.language, language))
    host = next(in_language, next(iter(hosts), None))
    if host and is_same_language(host.language, language) and context.needs(plain_language.RULES):
        word_list = context.word_lists[host.language]
        check_plain_language_of_insert(insert, host, context.settings.checks.plain_language, word_list, problems)
    texts = collect_texts(insert.bodies)
    abbreviations = host.front.abbreviations if host else {}
    check_text_placeholders(texts, abbreviations, problems)
    check_attribute_placeholders(find_block_attributes(insert.bodies), abbreviations, problems)
    patient_texts = collect_insert_texts(insert)
    check_doses(patient_texts, language, problems)
    check_typed_references(patient_texts, problems)
    if context.needs(wording.RULES):
        check_wording(patient_texts, language, problems)
    check_insert_letters(texts, language, problems)
    if context.needs(citations.RULES):
        check_citations(texts, insert.notes, problems)
    if context.needs(captions.RULES):
        check_captions(insert.bodies, problems)
    check_warning_signs_of_insert(insert, language, problems)
    if context.needs(accessibility.RULES):
        check_accessibility(texts, problems)


def find_cited_keys(bodies: Iterable[Body]) -> frozenset[str]:
    """Return the keys of all sources that are cited in bodies."""
    marks = (mark for body in bodies for mark in body.marks)
    return frozenset(key for mark in marks if isinstance(mark, Citation) for key in mark.keys)
