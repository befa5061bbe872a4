"""The sets of handouts.yaml: every name in them exists, and each leaves something to print."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from handouts.build.plan.choose import find_unread_handouts
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.model.library import Library
from handouts.numbering.select import ChoiceError, UnknownNameError
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.read.yaml.nodes import Node, Path, place_of
from handouts.schema.settings import SetEntry

_BAD_SET: Final = Rule(
    code="bad-set",
    severity=Severity.ERROR,
    title="a set names what does not exist, or leaves nothing to print",
    why="`handouts build --set` stops there, so no handout of the set is made.",
    source="docs/ci.md: nothing partial is ever written, and nothing fails silently",
    message='the set "{name}" cannot be built: {reason}',
    hint="correct the entry, or remove it",
)
RULES: Final = (_BAD_SET,)


def check_sets(library: Library, settings: Node, problems: Problems) -> None:
    """Report each name in a set that does not exist; `settings` is handouts.yaml, for the places."""
    for name, entries in library.settings.sets.items():
        for number, entry in enumerate(entries):
            for path, error in _find_errors(library, name, entry):
                hint = error.hint if isinstance(error, UnknownNameError) else ""
                place = place_of(settings, ("sets", name, number, *path))
                problems.add(_BAD_SET.at(place, hint=hint or None, name=name, reason=error))


def drop_bad_entries(library: Library) -> Library:
    """Return the library without the entries of sets that cannot be built."""
    sets = {
        name: tuple(entry for entry in entries if _try_to_plan(library, name, entry) is None)
        for name, entries in library.settings.sets.items()
    }
    return _replace_sets(library, sets)


def _find_errors(library: Library, name: str, entry: SetEntry) -> list[tuple[Path, ChoiceError]]:
    """Return all errors of an entry, each with its path in the entry.

    A plan stops at its first error, so each name is planned alone, in a library reduced to what it depends on.
    """
    errors: list[tuple[Path, ChoiceError]] = []
    for field in ("handouts", "except_handouts", "languages", "formats", "practices", "except_practices"):
        names_practices = field.endswith("practices")
        smaller = replace(library, handouts=()) if names_practices else replace(library, practices={})
        errors += _find_wrong_names(smaller, name, entry, SetEntry(), field)
    if any(path[0] in {"handouts", "except_handouts", "languages"} for path, _ in errors):
        return errors
    chosen = SetEntry(handouts=entry.handouts, except_handouts=entry.except_handouts, languages=entry.languages)
    request = Request(entry.handouts, languages=entry.languages, no_handouts=entry.except_handouts)
    if find_unread_handouts(library, request):
        return errors  # a handout that could not be read may have the sections
    for field in ("sections", "without"):
        errors += _find_wrong_names(replace(library, practices={}), name, entry, chosen, field)
    if not errors:
        one_practice = replace(library, practices=dict(list(library.practices.items())[:1]))
        for_any_practice = entry.model_copy(update={"practices": (), "except_practices": ()})
        error = _try_to_plan(one_practice, name, for_any_practice) or _try_to_plan(library, name, entry)
        errors += [((), error)] if error else []
    return errors


def _find_wrong_names(
    library: Library, name: str, entry: SetEntry, chosen: SetEntry, field: str
) -> Iterator[tuple[Path, ChoiceError]]:
    for position, value in enumerate(getattr(entry, field)):
        error = _try_to_plan(library, name, chosen.model_copy(update={field: (value,)}))
        # Whether anything is left to print depends on all sections together; that is tried for the whole entry.
        if error and (field.endswith("practices") or isinstance(error, UnknownNameError)):
            yield (field, position), error


def _try_to_plan(library: Library, name: str, entry: SetEntry) -> ChoiceError | None:
    try:
        plan(_replace_sets(library, {name: (entry,)}), Request(set_name=name))
    except ChoiceError as error:
        return error
    return None


def _replace_sets(library: Library, sets: dict[str, tuple[SetEntry, ...]]) -> Library:
    return replace(library, settings=library.settings.model_copy(update={"sets": sets}))
