"""Pictures, fonts and texts under content/ that nothing is printed from."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from handouts.model.library import Library
from handouts.model.project import Project
from handouts.problems.problem import Problem, Severity
from handouts.problems.rule import Rule
from handouts.read.file_names import is_left_behind

_UNUSED: Final = Rule(
    "unused-file",
    Severity.WARNING,
    "a picture, font or text beside a handout or practice is not used",
    "It may have been forgotten: what it shows or says is on no page.",
    "docs/authors.md and docs/practices.md, by design of handouts: nothing is left out silently",
)
RULES: Final = (_UNUSED,)
_PRINTED: Final = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".md", ".markdown", ".ttf", ".otf")


def unused_files(project: Project, library: Library) -> Iterator[Problem]:
    """Report files that could be printed and are not; the library has to be whole, for what is broken may use them."""
    used = _used(library)
    for kind in ("handouts", "practices"):
        for path in _files(project.content / kind):
            place = project.place(path)
            is_abstract = (
                kind == "practices" and path.parts[len(project.content.parts) + 1] in library.abstract_practices
            )
            if place.file not in used and not is_abstract:
                hint = "name it where it belongs, or remove it"
                yield _UNUSED.found(f'"{path.name}" is not used', place, hint)


def _used(library: Library) -> frozenset[str]:
    names = {handout.place.file for handout in library.handouts}
    for practice in library.practices.values():
        named = [practice.logo, practice.logo_black, *practice.fonts.values()]
        names |= {picture.name for picture in named if picture}
    bodies = [body for handout in library.handouts for body in handout.bodies]
    bodies += [body for practice in library.practices.values() for body in practice.bodies]
    names |= {picture.name for body in bodies for picture in body.pictures}
    return frozenset(names | {body.origin.file for body in bodies if body.origin})


def _files(folder: Path) -> Iterator[Path]:
    """Walk through the folders below one; files right in it belong to nothing, and are errors of their own."""
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_left_behind(name))
        for name in sorted(names):
            if name.lower().endswith(_PRINTED) and not is_left_behind(name) and Path(above) != folder:
                yield Path(above, name)
