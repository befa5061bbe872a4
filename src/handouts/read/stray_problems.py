"""Stray files, sources that nothing reads because of their name or folder, and the problems that report them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.model.project import Project
from handouts.problems.problem import Problem, Severity
from handouts.problems.rule import Rule
from handouts.read.text_file import FILES_SOURCE

MISNAMED_FILE: Final = Rule(
    "misnamed-file",
    Severity.ERROR,
    title="a source with a wrong name, such as en.markdown or practice.yml",
    why="Nothing reads it, so its text would be silently missing from the page.",
    source=FILES_SOURCE,
    message='"{name}" is ignored: it has to be named {right}',
)
MISPLACED_FILE: Final = Rule(
    "misplaced-file",
    Severity.ERROR,
    title="a source in a folder where nothing reads it",
    why="Its text would be silently missing from the page.",
    source=FILES_SOURCE,
    message='"{name}" is ignored in this folder',
    hint="move it to {target}",
)
CONFLICT_COPY: Final = Rule(
    "conflict-copy",
    Severity.ERROR,
    title="a copy of a source that a sync program or an editor made",
    why="Nobody can tell which of the two has the right text.",
    source=FILES_SOURCE,
    message='"{name}" looks like a copy of {original}, made by a sync program or an editor',
)
NO_SOURCE: Final = Rule(
    "no-source",
    Severity.ERROR,
    title="a folder of a handout or practice without a text or practice.yaml",
    why="Its prints would be silently missing.",
    source=FILES_SOURCE,
    message='the folder "{folder}" has no {source}',
    hint="write {source} there, or remove the folder",
)
RULES: Final = (MISNAMED_FILE, MISPLACED_FILE, CONFLICT_COPY, NO_SOURCE)


@dataclass(frozen=True, slots=True)
class Stray:
    """A stray file, and the source that it should be: a handout (id and language), a practice, or the references.

    If it is none of these, it concerns the project as a whole.
    """

    problem: Problem
    handout: tuple[str, str] | None = None
    practice: str | None = None
    references: bool = False

    @property
    def is_of_project(self) -> bool:
        """Whether it concerns the project as a whole."""
        return not (self.handout or self.practice or self.references)


def make_misnamed_problem(project: Project, path: Path, right: str, *, exists: bool) -> Problem:
    """Return the problem of a file or folder that should have another name; `exists` if that name is taken."""
    hint = f"{right} exists too: merge the two into it, and delete this file" if exists else f"rename it to {right}"
    return MISNAMED_FILE.at(project.place(path), name=path.name, right=right, hint=hint)


def make_misplaced_problem(project: Project, path: Path, target: str) -> Problem:
    """Return the problem of a file that should be at another path."""
    return MISPLACED_FILE.at(project.place(path), name=path.name, target=target)


def make_conflict_copy_problem(project: Project, path: Path, original: str, *, exists: bool) -> Problem:
    """Return the problem of a file that looks like a copy; `exists` if the original is there."""
    compare = f"compare the two, keep one as {original}, and remove the other"
    hint = compare if exists else f"rename it to {original}"
    return CONFLICT_COPY.at(project.place(path), name=path.name, original=original, hint=hint)


def make_no_source_problem(project: Project, folder: Path, source: str) -> Problem:
    """Return the problem of a folder that lacks its source."""
    return NO_SOURCE.at(project.place(folder), folder=folder.name, source=source)
