"""Reads the files of a project into a Library, with every problem in them.

    settings, references -> handouts -> practices with their inserts -> Library

Sources with errors are left out of the library and named there; nothing ever takes their place.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from handouts.model.conditions import list_conditions
from handouts.model.library import Handout, Library, Reading
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, Severity, did_you_mean, select_errors, sort_by_file
from handouts.problems.rule import Rule
from handouts.read.broken_sources import mark_all_as_broken, mark_citing_as_broken
from handouts.read.context import ReadContext, read_context
from handouts.read.handout_files import (
    collect_replaceable_sections,
    collect_section_ids,
    find_handout_files,
    read_handout_file,
)
from handouts.read.packs import check_packs
from handouts.read.practices import Practices, read_practices
from handouts.read.stray_files import find_stray_files

UNMATCHED_ONLY: Final = Rule(
    "unmatched-only",
    Severity.ERROR,
    title="a section or block is only for a practice that does not exist",
    why="It would never be printed.",
    source="docs/syntax.md, for some patients only",
    message='only="practice:{name}" matches no practice',
)
RULES: Final = (UNMATCHED_ONLY,)

BrokenHandouts = dict[tuple[str, str], tuple[Problem, ...]]


def read_project(project: Project) -> Reading:
    """Read all files of a project."""
    context = read_context(project)
    return build_library(context, [(path, *read_handout_file(context, path)) for path in find_handout_files(project)])


def build_library(context: ReadContext, files: Iterable[tuple[Path, Handout | None, tuple[Problem, ...]]]) -> Reading:
    """Build the library of a project from the handouts that were read: file, handout if it has no errors, problems."""
    problems = Problems(context.problems)
    settings = context.usual_settings
    # Stray files break the handout or practice that they should belong to.
    strays = find_stray_files(context.project, settings.language, settings.formats)
    problems.extend(stray.problem for stray in strays)
    broken: BrokenHandouts = {}
    for stray in strays:
        if stray.handout:
            _add_errors(broken, stray.handout, [stray.problem])
    handouts: list[Handout] = []
    for path, handout, handout_problems in files:
        key = path.parent.name, path.stem
        # With a stray file of the same text, it is unclear which of the two is right.
        if handout and key not in broken:
            handouts.append(handout)
        else:
            _add_errors(broken, key, select_errors(handout_problems))
        problems.extend(handout_problems)
    # Practices come after handouts: their inserts name sections.
    sections = collect_section_ids(handouts, {handout for handout, _ in broken})
    practices = read_practices(context, sections, collect_replaceable_sections(handouts), strays)
    problems.extend(practices.problems)
    check_packs(settings, handouts, {handout for handout, _ in broken}, problems)
    handouts = _drop_handouts_for_unknown_practices(handouts, practices, broken, problems)
    library = Library(
        settings,
        context.references.entries,
        practices.whole,
        tuple(handouts),
        broken,
        practices.broken,
        practices.abstract,
        context.language_fonts,
    )
    # Without a list of references, everything that cites one is broken too.
    reference_problems = tuple(stray.problem for stray in strays if stray.references)
    library = mark_citing_as_broken(library, (*context.references.unreadable, *reference_problems))
    # Errors of the project as a whole break everything.
    project_problems = tuple(stray.problem for stray in strays if stray.is_of_project)
    in_order = sort_by_file(problems)
    if context.settings and not project_problems:
        return Reading(library, in_order)
    return Reading(None, in_order, mark_all_as_broken(library, (*context.problems, *project_problems)))


def _drop_handouts_for_unknown_practices(
    handouts: Iterable[Handout], practices: Practices, broken: BrokenHandouts, problems: Problems
) -> list[Handout]:
    """Report texts that are only for practices that do not exist; return the handouts that have none."""
    known = practices.whole.keys() | practices.broken.keys() | practices.abstract
    right: list[Handout] = []
    for handout in handouts:
        unmatched = [
            UNMATCHED_ONLY.at(condition.place, hint=did_you_mean(pattern, known), name=pattern)
            for condition in list_conditions(handout)
            for pattern in condition.only
            if not any(fnmatchcase(name, pattern) for name in known)
        ]
        problems.extend(unmatched)
        if unmatched:
            _add_errors(broken, (handout.id, handout.language), unmatched)
        else:
            right.append(handout)
    return right


def _add_errors(broken: BrokenHandouts, key: tuple[str, str], errors: Iterable[Problem]) -> None:
    broken[key] = (*broken.get(key, ()), *errors)
