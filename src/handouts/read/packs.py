"""Checks that packs name handouts and sections that the project has."""

from collections.abc import Collection, Sequence
from typing import Final

from handouts.model.library import Handout
from handouts.model.project import SETTINGS_FILE
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.schema.settings import Settings

UNKNOWN_IN_PACK: Final = Rule(
    "unknown-in-pack",
    Severity.ERROR,
    title="a pack names a handout or section that does not exist",
    why="A patient would not get what the pack is for.",
    source="docs/front-desk.md, packs",
    message='the pack "{pack}" names {what}, which does not exist',
)
RULES: Final = (UNKNOWN_IN_PACK,)


def check_packs(
    settings: Settings, handouts: Sequence[Handout], broken_ids: Collection[str], problems: Problems
) -> None:
    """Report what packs name and no handout has; a handout that cannot be read may have it."""
    names: dict[str, set[str]] = {}
    for handout in handouts:
        parts = {part.id for part in handout.parts if part.id}
        sections = {section.id for section in handout.sections}
        names.setdefault(handout.id, set()).update(parts, sections, handout.front.selections)
    for pack_id, pack in settings.packs.items():
        for item in pack.handouts:
            if item.handout in broken_ids:
                continue
            if item.handout not in names:
                _report(pack_id, f'the handout "{item.handout}"', did_you_mean(item.handout, names), problems)
                continue
            for section in item.sections:
                if section not in names[item.handout]:
                    what = f'the section "{section}" of "{item.handout}"'
                    _report(pack_id, what, did_you_mean(section, names[item.handout]), problems)


def _report(pack: str, what: str, hint: str, problems: Problems) -> None:
    problems.add(UNKNOWN_IN_PACK.at(Place(SETTINGS_FILE), hint=hint, pack=pack, what=what))
