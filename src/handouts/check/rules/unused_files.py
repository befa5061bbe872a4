"""Unused files: pictures, fonts and texts under content/ that no print contains."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from handouts.model.library import Library
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.read.file_names import is_left_behind

_UNUSED_FILE: Final = Rule(
    code="unused-file",
    severity=Severity.WARNING,
    title="a picture, font or text in the folder of a handout or practice is not used",
    why="It may have been forgotten: what it shows or says is on no page.",
    source="docs/authors.md and docs/practices.md, by design of handouts: nothing is left out silently",
    message='"{name}" is not used',
    hint="name it where it belongs, or remove it",
)
RULES: Final = (_UNUSED_FILE,)

_PRINTABLE: Final = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".md", ".markdown", ".ttf", ".otf")


def check_unused_files(project: Project, library: Library, problems: Problems) -> None:
    """Report files that could be printed and are not.

    The library must be complete: a handout or practice that could not be read may use the files.
    """
    used = _collect_used_files(library)
    for kind in ("handouts", "practices"):
        for path in _find_printable_files(project.content / kind):
            folder = path.parts[len(project.content.parts) + 1]
            is_abstract = kind == "practices" and folder in library.abstract_practices
            place = project.place(path)
            if place.file not in used and not is_abstract:
                problems.add(_UNUSED_FILE.at(place, name=path.name))


def _collect_used_files(library: Library) -> frozenset[str]:
    names = {handout.place.file for handout in library.handouts}
    for practice in library.practices.values():
        named = [practice.logo, practice.logo_black, *practice.fonts.values()]
        names |= {picture.name for picture in named if picture}
    bodies = [body for handout in library.handouts for body in handout.bodies]
    practices = [one for practice in library.practices.values() for one in practice.in_all_languages]
    bodies += [body for practice in practices for body in practice.bodies]
    names |= {picture.name for body in bodies for picture in body.pictures}
    return frozenset(names | {body.origin.file for body in bodies if body.origin})


def _find_printable_files(folder: Path) -> Iterator[Path]:
    """Walk through the folders in a folder; files in the folder itself are reported when the project is read."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_left_behind(name))
        for name in sorted(names):
            if name.lower().endswith(_PRINTABLE) and not is_left_behind(name) and Path(parent) != folder:
                yield Path(parent, name)
