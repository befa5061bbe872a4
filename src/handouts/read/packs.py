"""Checks that packs can be made: of handouts and sections that exist, in one language, under a name of their own."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from handouts.model.conditions import list_audiences
from handouts.model.library import Handout
from handouts.model.project import SETTINGS_FILE
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.schema.front_matter import FrontMatter
from handouts.schema.settings import Pack, Settings

_SOURCE: Final = "docs/front-desk.md, packs"
UNKNOWN_IN_PACK: Final = Rule(
    "unknown-in-pack",
    Severity.ERROR,
    title="a pack names a handout, section or audience that does not exist",
    why="A patient would not get what the pack is for.",
    source=_SOURCE,
    message='the pack "{pack}" names {what}, which does not exist',
)
PACK_NAME_TAKEN: Final = Rule(
    "pack-name-taken",
    Severity.ERROR,
    title="a pack has the id of a handout",
    why="Nobody could tell from a print, or from a report, which of them is meant.",
    source=_SOURCE,
    message='a pack cannot be named "{pack}": {reason}',
    hint="choose another name",
)
PACK_WITHOUT_LANGUAGE: Final = Rule(
    "pack-without-language",
    Severity.ERROR,
    title="a pack cannot be made in any language",
    why="A patient can read all of a pack only if it is in one language.",
    source=_SOURCE,
    message='the pack "{pack}" has {lacking}',
    hint="choose handouts that are written in the same language, and add the title in it to titles:",
)
AMBIGUOUS_ABBREVIATION: Final = Rule(
    "ambiguous-abbreviation",
    Severity.WARNING,
    title="an abbreviation stands for different things in the handouts of a pack",
    why="Readers see the handouts as one text. Screen readers read out no long form of it.",
    source="AMA Manual of Style, 11th ed., 13.1",
    message='in the pack "{pack}", {short} stands for different things: {long}',
    hint="write the long form in the text of one of them",
)
RULES: Final = (UNKNOWN_IN_PACK, PACK_NAME_TAKEN, PACK_WITHOUT_LANGUAGE, AMBIGUOUS_ABBREVIATION)

OF_ONE_PATIENT: Final = "pack"
"""The id of packs that are put together for one patient."""

_PLACE: Final = Place(SETTINGS_FILE)


def check_packs(
    settings: Settings, handouts: Sequence[Handout], broken_ids: Collection[str], problems: Problems
) -> None:
    """Report packs that cannot be made; a handout that cannot be read may have what is not found."""
    names: dict[str, set[str]] = {}
    for handout in handouts:
        parts = {part.id for part in handout.parts if part.id}
        sections = {section.id for section in handout.sections}
        names.setdefault(handout.id, set()).update(parts, sections, handout.front.selections)
    for pack_id, pack in settings.packs.items():
        if pack_id in names or pack_id == OF_ONE_PATIENT:
            reason = "a handout has this id" if pack_id in names else "packs for one patient are"
            problems.add(PACK_NAME_TAKEN.at(_PLACE, pack=pack_id, reason=reason))
        _check_names(pack_id, pack, names, broken_ids, problems)
        if all(item.handout in names and item.handout not in broken_ids for item in pack.handouts):
            _check_languages(pack_id, pack, settings, handouts, problems)
            _check_audience(pack_id, pack, handouts, problems)


def _check_names(
    pack_id: str, pack: Pack, names: dict[str, set[str]], broken_ids: Collection[str], problems: Problems
) -> None:
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


def _check_audience(pack_id: str, pack: Pack, handouts: Sequence[Handout], problems: Problems) -> None:
    named = {item.handout for item in pack.handouts}
    known = {audience for handout in handouts if handout.id in named for audience in list_audiences(handout)}
    if pack.audience and pack.audience not in known:
        _report(pack_id, f'the audience "{pack.audience}"', did_you_mean(pack.audience, known), problems)


def _report(pack: str, what: str, hint: str, problems: Problems) -> None:
    problems.add(UNKNOWN_IN_PACK.at(_PLACE, hint=hint, pack=pack, what=what))


def _check_languages(
    pack_id: str, pack: Pack, settings: Settings, handouts: Sequence[Handout], problems: Problems
) -> None:
    """Report a pack that has no language, and abbreviations that differ in one of its languages."""
    named = {item.handout for item in pack.handouts}
    by_language: dict[str, list[Handout]] = {}
    for handout in handouts:
        if handout.id in named:
            by_language.setdefault(handout.language, []).append(handout)
    shared = {language: found for language, found in by_language.items() if len(found) == len(named)}
    if not shared.keys() & {settings.language, *pack.titles}:
        lacking = f"no title in: {', '.join(shared)}" if shared else "no language that all of its handouts are in"
        problems.add(PACK_WITHOUT_LANGUAGE.at(_PLACE, pack=pack_id, lacking=lacking))
    for found in shared.values():
        for short, meanings in collect_long_forms(handout.front for handout in found).items():
            if len(meanings) > 1:
                long = ", ".join(sorted(meanings))
                problems.add(AMBIGUOUS_ABBREVIATION.at(_PLACE, pack=pack_id, short=short, long=long))


def collect_long_forms(fronts: Iterable[FrontMatter]) -> dict[str, set[str]]:
    """Return what the abbreviations of several handouts stand for; one that has several meanings is ambiguous."""
    long_forms: dict[str, set[str]] = {}
    for front in fronts:
        for short, long in front.abbreviations.items():
            long_forms.setdefault(short, set()).add(long)
    return long_forms
