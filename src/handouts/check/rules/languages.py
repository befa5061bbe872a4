"""Languages: file names that are no usual language tag, and handouts in a language that no practice has texts in."""

import re
from collections.abc import Iterable
from typing import Final

from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.compose.language_check import report_other_language
from handouts.language.tags import is_same_language
from handouts.model.library import Handout, Library
from handouts.numbering.select import ChoiceError
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

ODD_LANGUAGE: Final = Rule(
    code="odd-language",
    severity=Severity.WARNING,
    title="the file name of a handout is not a usual language tag",
    why="Screen readers choose the voice by it, and nobody understands the wrong one.",
    source="WCAG 2.2, 3.1.1 (https://www.w3.org/TR/WCAG22/#language-of-page); "
    "BCP 47 (https://www.rfc-editor.org/info/bcp47)",
    message='"{language}" is not a usual language tag',
    hint="name the file en.md, es.md or pt-BR.md",
)
LANGUAGE_WITHOUT_PRACTICE: Final = Rule(
    code="language-without-practice",
    severity=Severity.ERROR,
    title="no practice has texts in the language of a handout",
    why="In an emergency, patients would not understand whom to call, or when. So no print of it can be made.",
    source="45 CFR 92.201, meaningful access (https://www.ecfr.gov/current/title-45/section-92.201); docs/practices.md",
    message='"{handout}" is in "{language}", but no practice has its own texts in that language: emergency line, '
    "hours, when to call, names of phone numbers",
    hint="make a practice that extends another, with language: {language} and these texts in that language",
)

# Language, script and region of RFC 5646.
_USUAL_TAG: Final = re.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def check_language_tag(handout: Handout, problems: Problems) -> None:
    """Report a language tag of an unusual form."""
    if not _USUAL_TAG.fullmatch(handout.language):
        problems.add(ODD_LANGUAGE.at(handout.place, language=handout.language))


def check_practice_languages(library: Library, handouts: Iterable[Handout], problems: Problems) -> None:
    """Report each language of the handouts that no practice has, and prints of sets that would mix two languages."""
    practice_languages = {one.language for practice in library.practices.values() for one in practice.in_all_languages}
    first = {handout.language: handout for handout in reversed(tuple(handouts))}
    missing = {tag for tag in first if not any(is_same_language(tag, other) for other in practice_languages)}
    for tag in sorted(missing) if practice_languages else ():
        problems.add(LANGUAGE_WITHOUT_PRACTICE.at(first[tag].place, handout=first[tag].id, language=tag))
    reported: set[tuple[str, str]] = set()
    for set_name in library.settings.sets:
        try:
            planned = plan(library, Request(set_name=set_name))
        except ChoiceError:
            continue  # reported by check_sets
        for item in planned:
            practice, tag = item.practice, item.selection.handout.language
            is_reported = (practice.id, tag) in reported or tag in missing
            if not is_reported and not is_same_language(practice.language, tag):
                reported.add((practice.id, tag))
                report_other_language(item.selection, practice, problems)
