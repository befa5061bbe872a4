"""Counts the units of translations by their state."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from handouts.language.tags import is_same_language
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.translating.sources import read_translated


class Counts(NamedTuple):
    """The numbers of units of a translation; `translated` includes those that are `reviewed`."""

    handout: str
    language: str
    units: int
    translated: int
    reviewed: int
    stale: int
    missing: int


def count_units(project: Project, library: Library, problems: Problems) -> Iterator[Counts]:
    """Yield the counts of each translation of a project, by handout and language."""
    usual = library.settings.language
    originals = {handout.id for handout in library.handouts if handout.language == usual}
    for handout in library.handouts:
        if is_same_language(handout.language, usual) or handout.id not in originals:
            continue
        folder = Path(project.root, handout.place.file).parent
        found = read_translated(project, folder, usual, handout.language, problems)
        if found:
            current = found.pairing.current.values()
            reviewed = sum(unit.state == "reviewed" for unit in current)
            counts = len(found.original.units), len(current), reviewed, len(found.pairing.stale)
            yield Counts(handout.id, handout.language, *counts, len(found.pairing.missing))
