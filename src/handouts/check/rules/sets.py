"""The sets of handouts.yaml: whether what they name is there."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from handouts.build.plan.plan import plan, unread_handouts
from handouts.build.plan.request import Request
from handouts.model.library import Library
from handouts.numbering.select import ChoiceError, UnknownNameError
from handouts.problems.problem import Problem, Severity
from handouts.problems.rule import Rule
from handouts.read.yaml.nodes import Node, Path, place_of
from handouts.schema.settings import SetEntry

_BAD_SET: Final = Rule(
    "bad-set",
    Severity.ERROR,
    "a set names what is not there, or leaves nothing to print",
    "`handouts build --set` stops at it, so no handout of the set is made.",
    "docs/ci.md: nothing partial is ever written, and nothing fails silently",
)
RULES: Final = (_BAD_SET,)


def set_findings(library: Library, settings: Node) -> Iterator[Problem]:
    """Report each name in a set that nothing bears; `settings` is handouts.yaml, for the places."""
    for name, entries in library.settings.sets.items():
        for n, entry in enumerate(entries):
            for path, fault in _faults(library, name, entry):
                hint = fault.hint if isinstance(fault, UnknownNameError) else ""
                place = place_of(settings, ("sets", name, n, *path))
                yield _BAD_SET.found(str(fault), place, hint or "correct the entry, or remove it")


def with_sound_sets(library: Library) -> Library:
    """Leave out the entries of sets that cannot be built."""
    sets = {
        name: tuple(entry for entry in entries if _fault(library, name, entry) is None)
        for name, entries in library.settings.sets.items()
    }
    return _with_sets(library, sets)


def _faults(library: Library, name: str, entry: SetEntry) -> Iterator[tuple[Path, ChoiceError]]:
    # A plan stops at the first wrong name, so each is tried alone; of what does not matter to it there is none.
    told: list[tuple[Path, ChoiceError]] = []
    for field in ("handouts", "except_handouts", "languages", "formats", "practices", "except_practices"):
        little = replace(library, handouts=()) if field.endswith("practices") else replace(library, practices={})
        told += _wrong_names(little, name, entry, SetEntry(), field)
    if not any(path[0] in {"handouts", "except_handouts", "languages"} for path, _ in told):
        excepted = entry.except_handouts
        chosen = SetEntry(handouts=entry.handouts, except_handouts=excepted, languages=entry.languages)
        # What cannot be read may have the sections.
        if not unread_handouts(library, Request(entry.handouts, languages=entry.languages, no_handouts=excepted)):
            for field in ("sections", "without"):
                told += _wrong_names(replace(library, practices={}), name, entry, chosen, field)
            if not told:
                practices = dict(list(library.practices.items())[:1])
                alone = entry.model_copy(update={"practices": (), "except_practices": ()})
                fault = _fault(replace(library, practices=practices), name, alone) or _fault(library, name, entry)
                told += [((), fault)] if fault else []
    yield from told


def _wrong_names(
    library: Library, name: str, entry: SetEntry, chosen: SetEntry, field: str
) -> Iterator[tuple[Path, ChoiceError]]:
    for position, wanted in enumerate(getattr(entry, field)):
        fault = _fault(library, name, chosen.model_copy(update={field: (wanted,)}))
        # Whether a choice of sections leaves anything is told of all of them together.
        if fault and (field.endswith("practices") or isinstance(fault, UnknownNameError)):
            yield (field, position), fault


def _fault(library: Library, name: str, entry: SetEntry) -> ChoiceError | None:
    try:
        plan(_with_sets(library, {name: (entry,)}), Request(set_name=name))
    except ChoiceError as fault:
        return fault
    return None


def _with_sets(library: Library, sets: dict[str, tuple[SetEntry, ...]]) -> Library:
    return replace(library, settings=library.settings.model_copy(update={"sets": sets}))
