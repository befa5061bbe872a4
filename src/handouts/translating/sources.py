"""The units of a handout in its original language, and those of a translation with what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.read.text_file import read_text
from handouts.translating.record import Pairing, RecordedUnit, pair_units, read_records
from handouts.translating.units import Cut, Unit, cut_handout


@dataclass(frozen=True, slots=True)
class Translated:
    """A handout and its translation: the units of the original, and the text and state that each has."""

    original: Cut
    pairing: Pairing
    texts: Mapping[str, str]
    is_recorded: bool

    @property
    def current_texts(self) -> Mapping[str, str]:
        """The translated texts whose originals have not changed, by the ids that these have now."""
        return {now: self.texts[unit.id] for now, unit in self.pairing.current.items() if unit.id in self.texts}

    @property
    def stale_texts(self) -> Mapping[str, str]:
        """The translated texts whose originals have changed, likewise."""
        return {now: self.texts[unit.id] for now, unit in self.pairing.stale.items() if unit.id in self.texts}


def read_translated(
    project: Project, folder: Path, source_language: str, language: str, problems: Problems
) -> Translated | None:
    """Read a handout, whose files have no errors, and its translation; None if a file cannot be read.

    A translation without a record is paired unit by unit, if it has the same ones.
    """
    own_problems = Problems()
    original = _read_cut(project, folder / f"{source_language}.md", own_problems)
    if original is None:
        problems.extend(own_problems)
        return None
    path = folder / f"{language}.md"
    translation = _read_cut(project, path, own_problems) if path.is_file() else Cut("", ())
    records = read_records(project, folder, own_problems)
    problems.extend(own_problems)
    if translation is None or own_problems.has_errors:
        return None
    texts = {unit.id: unit.text for unit in translation.units}
    recorded = records.get(language, ())
    has_same_units = [unit.id for unit in translation.units] == [unit.id for unit in recorded]
    if recorded and has_same_units:
        return Translated(original, pair_units(original.units, recorded), texts, is_recorded=True)
    assumed = tuple(
        RecordedUnit(unit.id, unit.digest, "translated")
        for unit in original.units
        if _has_same_form(original.units, translation.units)
    )
    return Translated(original, pair_units(original.units, assumed), texts, is_recorded=False)


def _has_same_form(units: tuple[Unit, ...], others: tuple[Unit, ...]) -> bool:
    return [(unit.id, unit.kind) for unit in units] == [(unit.id, unit.kind) for unit in others]


def _read_cut(project: Project, path: Path, problems: Problems) -> Cut | None:
    text = read_text(project, path, problems)
    return cut_handout(text, path) if text is not None else None
