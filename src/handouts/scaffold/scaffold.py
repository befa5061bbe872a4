"""Scaffold: new projects, handouts and practices, ready to be filled in."""

import shutil
from pathlib import Path

from handouts.model.project import SETTINGS_FILE, Project, starter
from handouts.problems.exceptions import HandoutsError

_BLANKS = Path(__file__).parent / "blanks"


class AlreadyThereError(HandoutsError):
    """What is to be made exists: nothing is overwritten."""


def make_project(folder: Path) -> tuple[Path, ...]:
    """Copy the starter project into a folder; give the paths written. Raise AlreadyThereError if one is there."""
    source = starter()
    names = [path.relative_to(source) for path in sorted((source / "content").rglob("*")) if path.is_file()]
    files = [Path(SETTINGS_FILE), *names]
    for name in files:
        if (folder / name).exists():
            raise AlreadyThereError(f"{folder / name} exists")
    for name in files:
        _copy(source / name, folder / name)
    return tuple(folder / name for name in files)


def make_handout(project: Project, identifier: str) -> tuple[Path, ...]:
    """Make content/handouts/<id>/<language>.md from the blank one; raise AlreadyThereError if the id is taken."""
    from handouts.read.project import read_project  # noqa: PLC0415 - needed for the project's language only

    library = read_project(project).library
    language = library.settings.language if library else "en"
    return _fill("handout", project.content / "handouts" / identifier, {"handout.md": f"{language}.md"})


def make_practice(project: Project, identifier: str) -> tuple[Path, ...]:
    """Make content/practices/<id>/ with a blank profile and logo; raise AlreadyThereError if the id is taken."""
    names = {"practice.yaml": "practice.yaml", "logo.svg": "logo.svg"}
    return _fill("practice", project.content / "practices" / identifier, names)


def _fill(what: str, folder: Path, names: dict[str, str]) -> tuple[Path, ...]:
    if folder.exists():
        raise AlreadyThereError(f"the {what} {folder.name} exists")
    for blank, name in names.items():
        _copy(_BLANKS / blank, folder / name)
    return tuple(folder / name for name in names.values())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
