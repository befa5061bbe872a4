"""The record of a translation, translations.yaml beside the handout: the digest and the state of each unit."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.read.text_file import read_text
from handouts.read.yaml.load import load_yaml
from handouts.schema.translation import TranslationRecord, UnitState
from handouts.translating.units import Unit

RECORD_FILE: Final = "translations.yaml"
_HEAD: Final = """\
# Written by `handouts translate import`: the digest of the original of each unit, in order, and its state. Do not edit.
languages:
"""


@dataclass(frozen=True, slots=True)
class RecordedUnit:
    """A unit as it was translated: its id and the digest of its original then, and its state."""

    id: str
    digest: str
    state: UnitState


@dataclass(frozen=True, slots=True)
class Pairing:
    """What became of the units of an original since it was translated.

    `current` has the id that each unit had then, `stale` those whose original has changed since, `missing` are new.
    `removed` are the ids of recorded units that the original no longer has.
    """

    current: Mapping[str, RecordedUnit]
    stale: Mapping[str, RecordedUnit]
    missing: tuple[str, ...]
    removed: tuple[str, ...]


def read_records(project: Project, folder: Path, problems: Problems) -> Mapping[str, tuple[RecordedUnit, ...]]:
    """Return the recorded units of the translations in the folder of a handout, by language."""
    path = folder / RECORD_FILE
    if not path.is_file():
        return {}
    text = read_text(project, path, problems)
    loaded = load_yaml(TranslationRecord, text, project.place(path).file, problems) if text is not None else None
    if loaded is None:
        return {}
    return {
        language: tuple(RecordedUnit(unit.id, unit.digest, unit.state) for unit in units)
        for language, units in loaded.value.languages.items()
    }


def write_record(records: Mapping[str, Sequence[RecordedUnit]]) -> str:
    """Return the text of translations.yaml."""
    lines = [_HEAD]
    for language, units in sorted(records.items()):
        lines.append(f"  {language}:\n")
        lines += [
            f"    - {{id: {json.dumps(unit.id)}, digest: {json.dumps(unit.digest)}, state: {unit.state}}}\n"
            for unit in units
        ]
    return "".join(lines)


def pair_units(units: Sequence[Unit], recorded: Sequence[RecordedUnit]) -> Pairing:
    """Pair the units of an original with those that were translated, by their digests within each section.

    So a new paragraph does not make the ones after it stale. A unit that stands in the place of another one is taken
    for a changed one.
    """
    current: dict[str, RecordedUnit] = {}
    stale: dict[str, RecordedUnit] = {}
    missing: list[str] = []
    removed: list[str] = []
    before: defaultdict[str, list[RecordedUnit]] = defaultdict(list)
    now: defaultdict[str, list[Unit]] = defaultdict(list)
    for recorded_unit in recorded:
        before[recorded_unit.id.rpartition("/")[0]].append(recorded_unit)
    for unit in units:
        now[unit.section].append(unit)
    for name, group in now.items():
        old = before.get(name, [])
        matcher = SequenceMatcher(None, [one.digest for one in old], [one.digest for one in group], autojunk=False)
        for what, first, last, start, end in matcher.get_opcodes():
            pairs = list(zip(old[first:last], group[start:end], strict=False))
            (current if what == "equal" else stale).update({of_now.id: one for one, of_now in pairs})
            missing += [of_now.id for of_now in group[start + len(pairs) : end]]
            removed += [one.id for one in old[first + len(pairs) : last]]
    removed += [one.id for name, old in before.items() if name not in now for one in old]
    return Pairing(current, stale, tuple(missing), tuple(removed))
