"""Finds translations in a print that no qualified human has reviewed: of the handout, the practice and the labels."""

from typing import Final

from handouts.compose.labels import Labels
from handouts.model.library import Handout, Practice
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.schema.translation import Translation

UNREVIEWED_TRANSLATION: Final = Rule(
    "unreviewed-translation",
    Severity.WARNING,
    title="a translation that no qualified translator has reviewed",
    why="A wrong word in a dose or a warning can do harm. Each page says so, and a release refuses it.",
    source="45 CFR 92.201(c)(3), machine translation (https://www.ecfr.gov/current/title-45/section-92.201)",
    message='{what} in "{language}": {state}, not reviewed by a qualified translator',
    hint="have it compared with the original by a qualified translator, then add reviewed_by: to {field}",
)
RULES: Final = (UNREVIEWED_TRANSLATION,)

_STATES: Final = {"machine": "machine translation", "human": "translation"}


def report_unreviewed(handout: Handout, practice: Practice, labels: Labels | None, problems: Problems) -> None:
    """Report the translations of a print that are not reviewed."""
    report_unreviewed_handout(handout, problems)
    report_unreviewed_practice(practice, problems)
    if labels:
        report_unreviewed_labels(labels, handout.language, problems)


def report_unreviewed_handout(handout: Handout, problems: Problems) -> None:
    """Report a handout whose translation is not reviewed."""
    place = handout.front_at.get(("translation",), handout.place)
    _report(f'the handout "{handout.id}"', handout.front.translation, handout.language, place, "translation:", problems)


def report_unreviewed_practice(practice: Practice, problems: Problems) -> None:
    """Report a practice whose texts in its language are a translation that is not reviewed."""
    if practice.translation:
        tag, state = practice.translation
        place = practice.profile_at.get(("translations", tag), practice.place)
        _report(f'the texts of "{practice.id}"', state, practice.language, place, f"{tag}: in translations:", problems)


def report_unreviewed_labels(labels: Labels, language: str, problems: Problems) -> None:
    """Report words of the page whose translation is not reviewed."""
    place = Place(f"templates/labels.{language}.yaml", 1)
    field = f"translation: in {place.file} of your project, which `handouts eject` copies there"
    _report("the words of the page", labels.file.translation, language, place, field, problems)


def _report(
    what: str, translation: Translation | None, language: str, place: Place, field: str, problems: Problems
) -> None:
    if translation and not translation.is_reviewed:
        state = _STATES[translation.method]
        problems.add(UNREVIEWED_TRANSLATION.at(place, what=what, language=language, state=state, field=field))


def find_unreviewed(handout: Handout, practice: Practice, labels: Labels) -> Translation | None:
    """Return a translation of a print that is not reviewed, one by a machine if there is one."""
    of_practice = practice.translation[1] if practice.translation else None
    all_translations = (handout.front.translation, of_practice, labels.file.translation)
    unreviewed = [one for one in all_translations if one and not one.is_reviewed]
    return min(unreviewed, key=lambda one: one.method != "machine", default=None)
