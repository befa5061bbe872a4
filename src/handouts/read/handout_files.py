"""The files of all handouts of a project: content/handouts/<id>/<language>.md."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final

from handouts.model.edition import formats
from handouts.model.library import Handout
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity, did_you_mean
from handouts.problems.rule import Rule
from handouts.read.context import ReadContext
from handouts.read.file_names import find_copies, is_left_behind, names_language
from handouts.read.handout import read_handout
from handouts.read.markdown.sources import AUTHORS_GUIDE
from handouts.schema.base import BAD_LANGUAGE
from handouts.schema.ids import BAD_ID, is_id

WITHDRAWN: Final = Rule(
    code="withdrawn",
    severity=Severity.ERROR,
    title="a handout that handouts.yaml withdraws is still in the project",
    why="It must not be handed out any more, so nothing is made of it.",
    source="docs/release.md: withdrawing a handout",
    message="withdrawn on {date}: {reason}",
    hint="remove its file, or publish a new version and name the withdrawn one in handouts.yaml",
)
UNKNOWN_FORMAT: Final = Rule(
    "unknown-handout-format",
    Severity.ERROR,
    title="a handout is offered in a format that does not exist",
    why="It would never be printed in the format that its author means.",
    source=AUTHORS_GUIDE,
    message='no format "{name}"',
)
RULES: Final = (WITHDRAWN, UNKNOWN_FORMAT)

SectionIds = Mapping[str, frozenset[str] | None]
"""The section ids of each handout, in all its languages; None if one of them could not be read."""


def find_handout_files(project: Project) -> list[Path]:
    """Return the files of all handouts, without copies and files that programs leave behind."""
    folders: dict[Path, list[str]] = {}
    for path in (project.content / "handouts").glob("[!.]*/[!.]*.md"):
        if not is_left_behind(path.name):
            folders.setdefault(path.parent, []).append(path.name)
    return sorted(folder / name for folder, names in folders.items() for name in set(names) - find_copies(names).keys())


def read_handout_file(context: ReadContext, path: Path) -> tuple[Handout | None, tuple[Problem, ...]]:
    """Read the file of one handout; return None if it has errors, and every problem found."""
    problems = Problems()
    _check_names(path, context.project.place(path), problems)
    handout = read_handout(context, path, problems)
    if handout and (withdrawal := context.usual_settings.find_withdrawal(handout.id, handout.front.version)):
        place = handout.front_at.get(("version",), handout.place)
        problems.add(WITHDRAWN.at(place, date=withdrawal.date, reason=withdrawal.reason))
    if handout:
        _check_formats(handout, formats(context.usual_settings), problems)
    return (None if problems.has_errors else handout), problems.as_tuple()


def _check_formats(handout: Handout, known: Collection[str], problems: Problems) -> None:
    """Report formats of the front matter that the project does not have."""
    for position, name in enumerate(handout.front.formats):
        if name not in known:
            place = handout.front_at["formats", position]
            problems.add(UNKNOWN_FORMAT.at(place, hint=did_you_mean(name, known), name=name))


def _check_names(path: Path, place: Place, problems: Problems) -> None:
    """Check the names of a handout's folder and file, which are its id and its language."""
    handout, language = path.parent.name, path.stem
    if not is_id(handout):
        problems.add(BAD_ID.at(place, id=handout, hint="rename the folder: lowercase letters, digits and hyphens"))
    if not names_language(language):
        lower = language.lower()
        hint = f"rename it to {lower}.md" if names_language(lower) else "name the file en.md or es.md"
        problems.add(BAD_LANGUAGE.at(place, tag=language, hint=hint))


def collect_section_ids(handouts: Iterable[Handout], broken: Collection[str]) -> SectionIds:
    """Return the section ids of all handouts; `broken` are the ids of those that could not be read."""
    sections: dict[str, frozenset[str] | None] = {}
    for handout in handouts:
        sections[handout.id] = (sections.get(handout.id) or frozenset()) | {section.id for section in handout.sections}
    return {**sections, **dict.fromkeys(broken)}


def collect_replaceable_sections(handouts: Iterable[Handout]) -> frozenset[tuple[str, str]]:
    """Return the sections that practices may replace, as ids of handout and section."""
    return frozenset(
        (handout.id, section.id) for handout in handouts for section in handout.sections if section.replaceable
    )
