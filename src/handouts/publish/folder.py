"""Replaces the folder of a site as a whole: a new folder is written beside it, then the two are swapped.

    NAME             the site
    .NAME.work/      while a site is written; with a file by which it is known as ours
    .NAME.work/new   the next site
    .NAME.work/old   the site before, between two renames
    .NAME.work/gone  the site before, while it is removed
    .NAME.build      what `handouts build` made of it, kept for the next time
    .NAME.lock

Whoever reads NAME sees the old site or the new one. A crash between the two renames leaves no NAME but an old site in
.NAME.work: the next publication renames it back before anything else. Files that stay the same are linked, so they keep
their dates.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from handouts.model.project import Project
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem
from handouts.problems.publish_rules import BAD_SITE_FOLDER, SITE_IN_USE, SITE_NOT_WRITTEN

_BESIDE = ("work", "build", "lock")
_MARKER = "handouts-publish.txt"
_NOTE = b"Written by handouts publish, which removes this folder. A site in it is put back by the next publication.\n"
_OF_PROJECT = ("content", "templates", "styles", "output", "print-codes", "dossiers", ".git")


class PublishError(HandoutsError):
    """A folder cannot be published to; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        """Store the problem."""
        super().__init__(problem.message)
        self.problem = problem


class NewSite:
    """The next site while it is written. Paths are relative to the site, with forward slashes."""

    def __init__(self, new: Path, old: Path | None) -> None:
        """Write into an empty folder; `old` is the site that it replaces, if there is one."""
        self._new = new
        self._old = old
        self.written = 0  # files that the old site does not have, or has with other content

    def write(self, name: str, content: bytes) -> None:
        """Write a file; one that is the same in the old site is linked."""
        path = self._make_folder(name)
        old = self._find_old(name)
        if old and old.stat().st_size == len(content) and old.read_bytes() == content:
            _link(old, path)
            return
        path.write_bytes(content)
        self.written += 1

    def copy(self, source: Path, name: str) -> None:
        """Copy a file."""
        self.write(name, source.read_bytes())

    def keep(self, name: str) -> bool:
        """Take a file of the old site over as it is; return whether it is there."""
        old = self._find_old(name)
        if old is None:
            return False
        _link(old, self._make_folder(name))
        return True

    def keep_folder(self, name: str) -> None:
        """Take the files of a folder of the old site over."""
        for path in sorted((self._old / name).iterdir()) if self._old and (self._old / name).is_dir() else ():
            if path.is_file():
                self.keep(f"{name}/{path.name}")

    def keep_tree(self, name: str) -> None:
        """Take the files of a folder of the old site over, with those in the folders in it."""
        self.keep_folder(name)
        for inner in self.list_old(name):
            if self._old and (self._old / name / inner).is_dir():
                self.keep_tree(f"{name}/{inner}")

    def list_old(self, name: str) -> list[str]:
        """Return the names in a folder of the old site."""
        folder = self._old / name if self._old else None
        return sorted(path.name for path in folder.iterdir()) if folder and folder.is_dir() else []

    def _make_folder(self, name: str) -> Path:
        path = self._new / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _find_old(self, name: str) -> Path | None:
        path = self._old / PurePosixPath(name) if self._old else None
        return path if path and path.is_file() else None


def check_folder(project: Project, folder: Path, marker: str, is_ours: Callable[[bytes], bool]) -> None:
    """Check that a folder may be replaced: it is new, empty, or has a `marker` file that `is_ours`.

    Raises PublishError.
    """
    reason = _find_reason_against(project, folder)
    if reason is None and folder.exists():
        if not folder.is_dir():
            reason = "it is a file"
        elif any(folder.iterdir()):
            path = folder / marker
            if not path.is_file() or not is_ours(path.read_bytes()):
                reason = "it is not empty, and `handouts publish` did not write it"
            elif link := _find_link(folder):  # files elsewhere would be published
                reason = f"{link.relative_to(folder)} in it is a link, which `handouts publish` never writes"
    if reason:
        raise PublishError(BAD_SITE_FOLDER.at(None, folder=folder, reason=reason))


def _find_link(folder: Path) -> Path | None:
    """Return a symbolic link in a folder or in those below it, if there is one."""
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            if os.path.islink(os.path.join(parent, name)):  # noqa: PTH114, PTH118 - of very many files
                return Path(parent, name)
    return None


def _find_reason_against(project: Project, folder: Path) -> str | None:
    if folder.is_symlink():
        return f"it is a link to {folder.resolve()}"
    resolved = folder.resolve()
    if not folder.name or folder.name.startswith("."):
        return "it has no name of its own"
    if project.root.is_relative_to(resolved):
        return "the project is in it"
    for name in _OF_PROJECT:
        if resolved.is_relative_to(project.root / name):
            return f"it is in {name}/ of the project"
    return None


def find_build_folder(folder: Path) -> Path:
    """Return the folder beside a site that keeps what was built for it."""
    return _name_beside(folder, "build")


def _name_beside(folder: Path, purpose: str) -> Path:
    return folder.with_name(f".{folder.name}.{purpose}")


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others from publishing to a folder, and repair what a crash left there. Raises PublishError or OSError."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only for commands that write

    folder.parent.mkdir(parents=True, exist_ok=True)
    for beside in (_name_beside(folder, purpose) for purpose in _BESIDE):
        if beside.is_symlink():
            raise PublishError(BAD_SITE_FOLDER.at(None, folder=folder, reason=f"{beside.name} beside it is a link"))
    try:
        with FileLock(_name_beside(folder, "lock"), timeout=0):
            recover(folder)
            yield
    except Timeout:
        raise PublishError(SITE_IN_USE.at(None, folder=folder)) from None


def recover(folder: Path) -> None:
    """Undo or finish what a crash interrupted: the site is the old one until the new one was whole.

    Raises PublishError if what is there was not written by publishing, or cannot be removed.
    """
    earlier = _name_beside(folder, "old")
    if earlier.exists() and not folder.exists():
        # The next site would not know what was on it. As it may be anything else, the user has to put it back.
        reason = f"{earlier.name} beside it may be the site, which an earlier version of `handouts` was replacing"
        hint = f"rename {earlier} to {folder.name}, or remove it if it is something else"
        raise PublishError(BAD_SITE_FOLDER.at(None, folder=folder, reason=reason, hint=hint))
    work = _name_beside(folder, "work")
    if not work.exists():
        return
    if not work.is_dir() or (any(work.iterdir()) and not (work / _MARKER).is_file()):
        reason = (
            f"`handouts publish` writes the next site to {work.name} beside it, and did not write what is there now"
        )
        raise PublishError(BAD_SITE_FOLDER.at(None, folder=folder, reason=reason, hint=f"rename or move {work}"))
    try:
        _put_back(work, folder)
        _remove(work)
    except OSError as refused:
        raise _make_error(folder, refused) from None


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[NewSite]:
    """Write a new site, and put it in the place of the old one at the end of the block.

    After an exception, the old one stays. Raises PublishError if a file cannot be written.
    """
    work = _name_beside(folder, "work")
    try:
        work.mkdir()
        (work / _MARKER).write_bytes(_NOTE)  # before all that it stands for
        new = work / "new"
        new.mkdir()
        yield NewSite(new, folder if folder.is_dir() else None)
        if folder.exists():
            folder.rename(work / "old")
        new.rename(folder)
    except BaseException as raised:
        with contextlib.suppress(OSError):
            _put_back(work, folder)
            _remove(work)
        if isinstance(raised, OSError):
            raise _make_error(folder, raised) from None
        raise
    with contextlib.suppress(OSError):  # the next publication removes the rest
        _remove(work)


def _make_error(folder: Path, refused: OSError) -> PublishError:
    return PublishError(SITE_NOT_WRITTEN.at(None, folder=folder, reason=refused.strerror or str(refused)))


def _put_back(work: Path, folder: Path) -> None:
    """Put the old site back if the new one is not in its place."""
    if (work / "old").exists() and not folder.exists():
        (work / "old").rename(folder)


def _remove(work: Path) -> None:
    """Remove a folder with sites; the marker last, so that after a crash the rest is still known as ours."""
    old, gone = work / "old", work / "gone"
    if gone.exists():
        shutil.rmtree(gone)
    if old.exists():
        old.rename(gone)  # half of a site must never be put back
    for path in work.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != _MARKER:
            path.unlink()
    (work / _MARKER).unlink(missing_ok=True)
    work.rmdir()


def _link(old: Path, path: Path) -> None:
    """Put a file of the old site into the new one, with its date; copied where the file system has no hard links."""
    try:
        os.link(old, path)
    except OSError:
        shutil.copy2(old, path)
