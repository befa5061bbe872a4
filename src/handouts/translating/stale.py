"""Reports what has changed in a handout since it was translated, unit by unit."""

from pathlib import Path

from handouts.language.tags import is_same_language
from handouts.model.library import Handout, Library
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.translating.rules import STALE_SAFETY, STALE_TRANSLATION, UNRECORDED_TRANSLATION
from handouts.translating.sources import Translated, read_translated

_LONGEST_TEXT = 60


def check_stale_units(project: Project, translation: Handout, library: Library, problems: Problems) -> None:
    """Report units of the original that are new, or have changed, since a translation was imported.

    The original is the same handout in the language of the project. Translations that were written by hand have no
    record, and nothing is reported.
    """
    usual = library.settings.language
    if is_same_language(translation.language, usual):
        return
    original = next((one for one in library.handouts if one.id == translation.id and one.language == usual), None)
    folder = Path(project.root, translation.place.file).parent
    if original is None or not (folder / "translations.yaml").is_file():
        return
    found = Problems()
    translated = read_translated(project, folder, usual, translation.language, found)
    problems.extend(found)
    if translated is None:
        return
    if not translated.is_recorded:
        problems.add(UNRECORDED_TRANSLATION.at(translation.place, language=translation.language))
        return
    _report(translation, original, translated, problems)


def _report(translation: Handout, original: Handout, translated: Translated, problems: Problems) -> None:
    changes = dict.fromkeys(translated.pairing.stale, "has changed") | dict.fromkeys(
        translated.pairing.missing, "is new"
    )
    for unit in translated.original.units:
        if unit.id in changes:
            text = unit.text if len(unit.text) <= _LONGEST_TEXT else f"{unit.text[:_LONGEST_TEXT]} ..."
            rule = STALE_SAFETY if unit.is_safety else STALE_TRANSLATION
            fields = {"unit": unit.id, "original": original.place.file, "text": text, "change": changes[unit.id]}
            problems.add(rule.at(translation.place, language=translation.language, **fields))
    for identifier in translated.pairing.removed:
        fields = {"unit": identifier, "original": original.place.file, "text": translated.texts.get(identifier, "")}
        problems.add(
            STALE_TRANSLATION.at(translation.place, language=translation.language, change="was removed", **fields)
        )
