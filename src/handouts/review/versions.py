"""Finds a version of a handout: as it is in the project, in a commit of git, or in a file beside it."""

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from handouts.model.project import SETTINGS_FILE, Project
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem, has_errors
from handouts.read.context import read_context
from handouts.read.file_names import names_language
from handouts.read.handout_files import read_handout_file
from handouts.review.chapters import ReviewText, make_review_text
from handouts.schema.front_matter import FrontMatter
from handouts.schema.ids import is_id

_MAX_BYTES: Final = 200_000_000  # of the files of a handout in a commit
_MAX_FILE: Final = 4_000_000  # of a text
_GIT_TIMEOUT: Final = 30  # seconds
_REPLACED: Final = re.compile(rf"^(?:{'|'.join(FrontMatter.replaced)}):[^\n]*(?:\n(?:[ \t]|- )[^\n]*)*", re.MULTILINE)
_PICTURES: Final = frozenset({".svg", ".png", ".jpg", ".jpeg"})


class NoVersionError(HandoutsError):
    """A version that does not exist or cannot be read; `problems` are the errors in its files."""

    def __init__(self, reason: str, problems: tuple[Problem, ...] = ()) -> None:
        """Keep the problems."""
        super().__init__(reason)
        self.problems = problems


def read_version(project: Project, name: str, language: str) -> ReviewText:
    """Return a version of a handout, in a language: ID, REV:ID with a revision of git, or the path of a .md file.

    Raises NoVersionError.
    """
    path = Path(name)
    if path.suffix == ".md" and path.is_file():
        if not names_language(language):
            raise NoVersionError(f'"{language}" is not a language tag')
        return _read_file(project, path.resolve(), language)
    revision, colon, identifier = name.rpartition(":")
    if not is_id(identifier) or not names_language(language):
        raise NoVersionError("this is neither the id of a handout, REV:ID, nor a file")
    file = Path("content", "handouts", identifier, f"{language}.md")
    if not colon:
        if not (project.root / file).is_file():
            raise NoVersionError(f"there is no {file.as_posix()}, and no file of this name")
        return _read_handout(project, file, "")
    with _check_out(project, revision, identifier) as old:
        if not (old.root / file).is_file():
            raise NoVersionError(f"there is no {file.as_posix()} in {revision}")
        _drop_replaced_fields(old.root / file)
        return _read_handout(old, file, f"{revision}:")


def _read_handout(project: Project, file: Path, prefix: str, shown: Mapping[str, str] | None = None) -> ReviewText:
    """Return the handout of a file of a project; in problems, its path has a prefix or is `shown` in another way."""
    context = read_context(project)
    handout, problems = read_handout_file(context, project.root / file)
    if handout is None or has_errors((*context.problems, *problems)):
        found = [one for one in (*context.problems, *problems) if one.severity == "error"]
        placed = tuple(
            replace(one, place=replace(one.place, file=(shown or {}).get(one.place.file, f"{prefix}{one.place.file}")))
            if one.place
            else one
            for one in found
        )
        raise NoVersionError("it has errors", placed)
    return make_review_text(handout, context.references.entries)


def _read_file(project: Project, path: Path, language: str) -> ReviewText:
    """Return the handout of a file anywhere: with the references of this project, and the pictures beside it."""
    if path.is_relative_to(project.content / "handouts"):
        return _read_handout(project, path.relative_to(project.root), "")
    if path.stat().st_size > _MAX_FILE:
        raise NoVersionError("the file is too large")
    beside = [one for one in sorted(path.parent.iterdir()) if one.suffix.lower() in _PICTURES and one.is_file()]
    file = Path("content", "handouts", "handout", f"{language}.md")
    with tempfile.TemporaryDirectory() as folder:
        staged = Project(Path(folder).resolve())
        (staged.root / file).parent.mkdir(parents=True)
        for name in (SETTINGS_FILE, "content/references.yaml"):
            if (project.root / name).is_file():
                (staged.root / name).write_bytes(project.inside(project.root / name).read_bytes())
        (staged.root / file).write_bytes(path.read_bytes())
        named = (staged.root / file).read_text(encoding="utf-8", errors="replace")
        for picture in beside:
            if picture.name in named and picture.stat().st_size <= _MAX_FILE:
                (staged.root / file).with_name(picture.name).write_bytes(picture.read_bytes())
        return _read_handout(staged, file, "", {file.as_posix(): str(path)})


@contextmanager
def _check_out(project: Project, revision: str, identifier: str) -> Iterator[Project]:
    """Write the files of a handout as they were in a revision to a folder that is removed afterwards."""
    if not revision or revision.startswith("-"):
        raise NoVersionError(f'"{revision}" is not a revision of git')
    commit = _run_git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    wanted = [SETTINGS_FILE, "content/references.yaml", f"content/handouts/{identifier}"]
    listed = _run_git(project, "ls-tree", "-r", "-l", "-z", commit.decode().strip(), "--", *wanted)
    rows = [row.partition(b"\t") for row in listed.split(b"\0") if row]
    if sum(int(size) for head, _, _ in rows if (size := head.split()[-1]).isdigit()) > _MAX_BYTES:
        raise NoVersionError("its files are too large")
    names = [name.decode("utf-8", "surrogateescape") for head, _, name in rows if head.split()[1] == b"blob"]
    if not any(name.startswith(f"content/handouts/{identifier}/") for name in names):
        raise NoVersionError(f'there is no handout "{identifier}" in {revision}')
    packed = _run_git(project, "archive", "--format=tar", commit.decode().strip(), "--", *names)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        _unpack(packed, root)
        yield Project(root)


def _unpack(packed: bytes, root: Path) -> None:
    """Write the files of an archive to a folder, none of them outside it; links are left out.

    Python before 3.11.4, as in Debian 12, has no filter for archives.
    """
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            path = (root / member.name).resolve()
            if content and path.is_relative_to(root):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())


def _drop_replaced_fields(path: Path) -> None:
    """Take fields that a front matter could have once out of an old version: nothing of them is printed."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    front, mark, rest = text.partition("\n---")
    kept = _REPLACED.sub(lambda field: "\n" * field[0].count("\n"), front)
    path.write_bytes(f"{kept}{mark}{rest}".encode("utf-8", "surrogateescape"))


def _run_git(project: Project, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - nothing in the arguments is an option, and no shell reads them
            ["git", "--literal-pathspecs", *arguments],  # noqa: S607 - wherever git is on this machine
            cwd=project.root,
            capture_output=True,
            timeout=_GIT_TIMEOUT,
            check=False,
        )
    except OSError as refused:
        raise NoVersionError("git is not installed") from refused
    except subprocess.TimeoutExpired as late:
        raise NoVersionError("git did not answer in time") from late
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NoVersionError(said[-1] if said else "git has no such revision")
    return done.stdout
