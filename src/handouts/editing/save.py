"""Saves changed files of a project if it validates with them, as `handouts check` would see it; keeps them for undo."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.editing.draft import Files, open_draft
from handouts.editing.versions import Version, keep_version
from handouts.model.project import OutsideProjectError, Project
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem, Severity, has_errors
from handouts.read.project import read_project
from handouts.system.digests import digest_of_bytes
from handouts.system.write import write_whole

_LOCK_SECONDS: Final = 30.0
_LOCK_FILE: Final = ".versions.lock"


class ChangedMeanwhileError(HandoutsError):
    """A file is no longer as it was when the change was begun; nothing was written."""


class RefusedChangeError(HandoutsError):
    """The project does not validate with the change; nothing was written. `problems` are its errors."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems."""
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of some files of a project.

    `edited` names what is changed, for its versions. `base` is the digest of the first of the files when the change was
    begun. `practices` are the ids of those that the change may affect; none if it is about the settings.
    """

    edited: str
    base: str
    changes: Files
    practices: tuple[str, ...] = ()


def read_file(project: Project, name: str) -> bytes | None:
    """Return the content of a file of a project, None if there is none. Raises OutsideProjectError and OSError."""
    try:
        return project.inside(project.root / name).read_bytes()
    except FileNotFoundError:
        return None


def digest_file(content: bytes | None) -> str:
    """Return a text that differs when the content of a file does."""
    return "" if content is None else digest_of_bytes(content)


def save_edit(
    project: Project, edit: Edit, today: dt.date, read_clock: Callable[[], dt.datetime]
) -> tuple[Problem, ...]:
    """Write the changed files, and return the warnings that are new with them.

    Raises ChangedMeanwhileError, RefusedChangeError, or OSError if a file cannot be written.
    """
    from filelock import FileLock  # noqa: PLC0415 - only needed to write

    project.inside(project.output).mkdir(exist_ok=True)
    with FileLock(project.output / _LOCK_FILE, timeout=_LOCK_SECONDS):
        before = _read_base(project, edit)
        changes = {name: content for name, content in edit.changes.items() if content != before[name]}
        if not changes:
            return ()
        problems = find_new_problems(project, edit, today)
        if has_errors(problems):
            raise RefusedChangeError(tuple(problem for problem in problems if problem.severity is Severity.ERROR))
        # The checks took a while, in which somebody may have saved a file by hand.
        if _read_base(project, edit) != before:
            raise ChangedMeanwhileError
        keep_version(project, edit.edited, before, edit.changes, read_clock())
        # What a file names is there before it, and is removed after it.
        for name, content in sorted(
            changes.items(), key=lambda change: (change[1] is None, change[0] == _find_edited_file(edit))
        ):
            path = project.inside(project.root / name)
            if content is None:
                path.unlink(missing_ok=True)
            else:
                write_whole(path, content)
    return problems


def restore_version(
    project: Project, version: Version, edit: Edit, today: dt.date, read_clock: Callable[[], dt.datetime]
) -> tuple[Problem, ...]:
    """Put back the files of a version; those of now are kept as another version. Raises as `save_edit` does.

    Of `edit`, the changes are not used.
    """
    return save_edit(project, Edit(edit.edited, edit.base, version.before, edit.practices), today, read_clock)


def find_new_problems(project: Project, edit: Edit, today: dt.date) -> tuple[Problem, ...]:
    """Return the problems of a project with a change: all errors in the edited file, and others that are new."""
    with open_draft(project, edit.changes) as draft:
        after = _check(draft, edit, today)
    before = {_identify(problem) for problem in _check(project, edit, today)} if after else set()
    return tuple(
        problem
        for problem in after
        if _identify(problem) not in before or _is_error_in(problem, _find_edited_file(edit))
    )


def _find_edited_file(edit: Edit) -> str:
    """Return the file that is edited; others are logos that it names."""
    return next(name for name in edit.changes if name.endswith(".yaml"))


def _read_base(project: Project, edit: Edit) -> dict[str, bytes | None]:
    """Return the files as they are. Raises ChangedMeanwhileError if they are not those of the beginning."""
    try:
        files = {name: read_file(project, name) for name in edit.changes}
    except OutsideProjectError:
        raise ChangedMeanwhileError from None
    if digest_file(files[_find_edited_file(edit)]) != edit.base:
        raise ChangedMeanwhileError
    return files


def _check(project: Project, edit: Edit, today: dt.date) -> tuple[Problem, ...]:
    if edit.practices:
        return check_project(project, Scope(practices=edit.practices), today).open
    return read_project(project).problems


def _identify(problem: Problem) -> tuple[str, str, str]:
    """Return what makes a problem the same one though its line has moved."""
    return problem.code, problem.place.file if problem.place else "", problem.message


def _is_error_in(problem: Problem, file: str) -> bool:
    return problem.severity is Severity.ERROR and problem.place is not None and problem.place.file == file
