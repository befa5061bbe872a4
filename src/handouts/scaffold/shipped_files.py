"""Shipped templates, style sheets and labels files, copied into a project to be changed there."""

from pathlib import Path
from typing import Final

from handouts.model.project import Project, shipped
from handouts.problems.exceptions import HandoutsError
from handouts.scaffold.scaffold import AlreadyExistsError

_FOLDERS: Final = ("templates", "styles")
_ENDINGS: Final = frozenset({".j2", ".yaml", ".css", ".svg"})


class UnknownShippedFileError(HandoutsError):
    """No shipped file has this name."""


def list_shipped_files() -> tuple[str, ...]:
    """Return the names of the shipped files that a project can replace, such as `templates/handout.html.j2`."""
    root = shipped()
    paths = (path for folder in _FOLDERS for path in sorted((root / folder).rglob("*")))
    return tuple(path.relative_to(root).as_posix() for path in paths if path.suffix in _ENDINGS)


def eject_file(project: Project, name: str) -> Path:
    """Copy a shipped file to the same place in the project, and return its path there.

    Raises UnknownShippedFileError, AlreadyExistsError, or OutsideProjectError if a symbolic link leads out.
    """
    if name not in list_shipped_files():
        raise UnknownShippedFileError(name)
    target = project.root / name
    project.inside(target.parent)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as file:
            file.write((shipped() / name).read_bytes())
    except FileExistsError:
        raise AlreadyExistsError(name) from None
    return target
