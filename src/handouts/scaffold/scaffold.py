"""New projects, handouts and practices, copied from the starter and from blank files, with the dates of today."""

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Final, Literal

from handouts.model.project import SETTINGS_FILE, Project, starter
from handouts.problems.exceptions import HandoutsError

Kind = Literal["form", "medicine", "schedule", "exercises", "procedure", "condition"]
"""The kinds of handouts that have a blank file of their own."""

_WITH_PICTURE: Final = frozenset({"exercises"})
_BLANKS: Final = Path(__file__).parent / "blanks"
# In this order, as they are in all of these files.
_DATES: Final = re.compile(rb"^published: (\S+)\nreview_due: (\S+)$", re.MULTILINE)


class AlreadyExistsError(HandoutsError):
    """Something to be created exists already; the text names it. Nothing is overwritten."""


def make_project(folder: Path, today: dt.date) -> tuple[Path, ...]:
    """Copy the starter project into a folder and return the paths written; its handouts are published today.

    Raises AlreadyExistsError, before anything is written, if one of the files exists.
    """
    source = starter()
    names = [path.relative_to(source) for path in sorted((source / "content").rglob("*")) if path.is_file()]
    files = [Path(SETTINGS_FILE), *names]
    for name in files:
        if (folder / name).exists():
            raise AlreadyExistsError(folder / name)
    for name in files:
        _copy(source / name, folder / name, today)
    return tuple(folder / name for name in files)


def make_handout(project: Project, identifier: str, today: dt.date, kind: Kind | None = None) -> tuple[Path, ...]:
    """Copy the blank handout, or that of a kind, to content/handouts/<id>/<language>.md and return the paths written.

    The language is that of the project's settings. Raises AlreadyExistsError if the id is taken.
    """
    from handouts.read.project import read_project  # noqa: PLC0415 - needed for the project's language only

    library = read_project(project).library
    language = library.settings.language if library else "en"
    names = {f"kinds/{kind}.md" if kind else "handout.md": f"{language}.md"}
    if kind in _WITH_PICTURE:
        names["kinds/picture.svg"] = "picture.svg"
    return _copy_blanks("handout", project.content / "handouts" / identifier, names, today)


def make_practice(project: Project, identifier: str) -> tuple[Path, ...]:
    """Copy the blank profile and logo to content/practices/<id>/ and return the paths written.

    Raises AlreadyExistsError if the id is taken.
    """
    names = {"practice.yaml": "practice.yaml", "logo.svg": "logo.svg"}
    return _copy_blanks("practice", project.content / "practices" / identifier, names)


def _copy_blanks(kind: str, folder: Path, names: dict[str, str], today: dt.date | None = None) -> tuple[Path, ...]:
    if folder.exists():
        raise AlreadyExistsError(f'{kind} "{folder.name}"')
    for blank, name in names.items():
        _copy(_BLANKS / blank, folder / name, today)
    return tuple(folder / name for name in names.values())


def _copy(source: Path, target: Path, today: dt.date | None = None) -> None:
    """Copy a file; a handout is published today, and its review is due after as many years as in the source."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if today is None or source.suffix != ".md":
        shutil.copyfile(source, target)
        return
    target.write_bytes(_DATES.sub(lambda found: _write_dates(found, today), source.read_bytes(), count=1))


def _write_dates(found: re.Match[bytes], today: dt.date) -> bytes:
    published, due = (dt.date.fromisoformat(text.decode()) for text in found.groups())
    year = today.year + due.year - published.year
    is_leap_day = (today.month, today.day) == (2, 29)
    new_due = dt.date(year, 2, 28) if is_leap_day else today.replace(year=year)
    return f"published: {today}\nreview_due: {new_due}".encode()
