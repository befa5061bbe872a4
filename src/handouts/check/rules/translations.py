"""Translations: each has all sections, blocks and citations of its original, and is not older than it."""

from collections.abc import Collection, Iterator
from typing import Final

from handouts.language.tags import is_same_language
from handouts.model.library import Citation, Handout, Library
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_SOURCE: Final = (
    "45 CFR 92.201, accurate translation (https://www.ecfr.gov/current/title-45/section-92.201); PIF TICK criteria, "
    "translated information (https://piftick.org.uk)"
)
INCOMPLETE_TRANSLATION: Final = Rule(
    code="incomplete-translation",
    severity=Severity.ERROR,
    title="a translation lacks a section, a block or a citation of its original",
    why="Patients who read it would not get what others get, such as the safety information. A release refuses it.",
    source=_SOURCE,
    message="the translation lacks {missing} of {original}",
    hint="translate it, with the same id, and have the translation reviewed",
)
OLDER_TRANSLATION: Final = Rule(
    code="older-translation",
    severity=Severity.ERROR,
    title="a translation is older than its original",
    why="The original was changed since: the translation may still say what is no longer true. A release refuses it.",
    source=_SOURCE,
    message="the translation was published on {published}, and {original} on {newer}",
    hint="bring the translation up to date, have it reviewed, and raise its version and its date of publication",
)
UNREAD_ORIGINAL: Final = Rule(
    code="unread-original",
    severity=Severity.ERROR,
    title="a translation whose original has errors",
    why="Nobody can tell whether something is missing from it. A release refuses it.",
    source=_SOURCE,
    message='the translation cannot be compared with "{handout}" in {language}, which has errors',
    hint="correct the original",
)
RULES: Final = (INCOMPLETE_TRANSLATION, OLDER_TRANSLATION, UNREAD_ORIGINAL)


def check_translation(translation: Handout, library: Library, problems: Problems) -> None:
    """Report what a handout lacks of its original, and a translation that is older.

    The original is the same handout in the language of the project; without one, nothing is compared.
    """
    usual = library.settings.language
    if is_same_language(translation.language, usual):
        return
    for name, language in library.broken_handouts:
        if name == translation.id and is_same_language(language, usual):
            problems.add(UNREAD_ORIGINAL.at(translation.place, handout=name, language=language))
    for original in library.handouts:
        if original.id == translation.id and is_same_language(original.language, usual):
            _compare(translation, original, problems)


def _compare(translation: Handout, original: Handout, problems: Problems) -> None:
    for missing in _find_missing(translation, original):
        problems.add(INCOMPLETE_TRANSLATION.at(translation.place, missing=missing, original=original.place.file))
    published, newer = translation.front.published, original.front.published
    if published < newer:
        place = translation.front_at.get(("published",), translation.place)
        problems.add(OLDER_TRANSLATION.at(place, published=published, newer=newer, original=original.place.file))


def _find_missing(translation: Handout, original: Handout) -> Iterator[str]:
    sections = {section.id for section in translation.sections}
    yield from (f'the section "{section.id}"' for section in original.sections if section.id not in sections)
    blocks = {block.id: block.always_with for block in translation.blocks}
    for block in original.blocks:
        if block.id not in blocks:
            yield f'the block "{block.id}"'
        elif blocks[block.id] not in {None, block.always_with}:
            yield f'the attribute always-with="{block.always_with}" of the block "{block.id}"'
    cited = _find_cited_keys(translation)
    yield from (f"the citation [@{key}]" for key in _find_cited_keys(original) if key not in cited)


def _find_cited_keys(handout: Handout) -> Collection[str]:
    marks = (mark for body in handout.bodies for mark in body.marks)
    return list(dict.fromkeys(key for mark in marks if isinstance(mark, Citation) for key in mark.keys))
