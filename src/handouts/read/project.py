"""Read a project: its files to a Library, with every problem in them.

    settings, references -> handouts -> practices with their inserts -> Library

What has errors is left out of the library and named there; nothing ever takes its place.
"""

from collections.abc import Iterable
from pathlib import Path

from handouts.model.library import Handout, Library, Reading
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, errors_of, sort_by_file
from handouts.read.broken_sources import mark_all_as_broken, mark_citing_as_broken
from handouts.read.context import ReadContext, read_context
from handouts.read.handout_files import collect_section_ids, find_handout_files, read_handout_file
from handouts.read.practices import read_practices
from handouts.read.stray_files import find_stray_files

BrokenHandouts = dict[tuple[str, str], tuple[Problem, ...]]


def read_project(project: Project) -> Reading:
    """Read all files of a project."""
    context = read_context(project)
    return build_library(context, [(path, *read_handout_file(context, path)) for path in find_handout_files(project)])


def build_library(context: ReadContext, files: Iterable[tuple[Path, Handout | None, tuple[Problem, ...]]]) -> Reading:
    """Build the library of a project from the handouts that were read: file, handout if it has no errors, problems."""
    problems = Problems(context.problems)
    settings = context.usual_settings
    # Files that nothing reads break the handout or practice that they were meant as.
    strays = find_stray_files(context.project, settings.language, settings.formats)
    problems.extend(stray.problem for stray in strays)
    broken: BrokenHandouts = {}
    for stray in strays:
        if stray.handout:
            _add_errors(broken, stray.handout, [stray.problem])
    handouts: list[Handout] = []
    for path, handout, found in files:
        key = path.parent.name, path.stem
        # Beside a stray file that was meant as the same text, nobody can tell which of the two is right.
        if handout and key not in broken:
            handouts.append(handout)
        else:
            _add_errors(broken, key, errors_of(found))
        problems.extend(found)
    # Practices come after handouts: their inserts name sections.
    sections = collect_section_ids(handouts, {handout for handout, _ in broken})
    practices = read_practices(context, sections, strays)
    problems.extend(practices.problems)
    library = Library(
        settings,
        context.references.entries,
        practices.whole,
        tuple(handouts),
        broken,
        practices.broken,
        practices.abstract,
    )
    # Without a list of references, whatever cites one is broken too.
    of_references = tuple(stray.problem for stray in strays if stray.references)
    library = mark_citing_as_broken(library, (*context.references.unreadable, *of_references))
    # Errors of the project as a whole break everything.
    of_project = tuple(stray.problem for stray in strays if stray.is_of_project)
    in_order = sort_by_file(problems)
    if context.settings and not of_project:
        return Reading(library, in_order)
    return Reading(None, in_order, mark_all_as_broken(library, (*context.problems, *of_project)))


def _add_errors(broken: BrokenHandouts, key: tuple[str, str], errors: Iterable[Problem]) -> None:
    broken[key] = (*broken.get(key, ()), *errors)
