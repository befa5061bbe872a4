"""Problems on stderr, each once: place, code and message, the line concerned, and a hint."""

import functools
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NoReturn

import click

from handouts.cli.output.terminal import print_message, replace_control_characters
from handouts.problems.problem import Problem, Severity

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_SHOWN_BEFORE_COLUMN = 60  # characters of a long line
_SHOWN_WIDTH = 100


class ProblemPrinter:
    """Prints each problem of a project once, for people or as annotations of GitHub Actions."""

    def __init__(self, root: Path, *, annotate: bool = False) -> None:
        """Print lines of files below the project's root, or annotations."""
        self._root = root
        self._annotate = annotate
        self._printed: set[Problem] = set()

    def print_new(self, problems: Iterable[Problem], write: Callable[[str], None] = print_message) -> None:
        """Pass the lines of each problem that was not printed yet to `write`."""
        for problem in problems:
            if problem in self._printed:
                continue
            self._printed.add(problem)
            if self._annotate:
                from handouts.problems.github import format_annotation

                write(format_annotation(problem, find_folder_in_repository(self._root)))
                continue
            for line in format_problem(problem, self._root):
                write(line)


def print_problems(problems: Iterable[Problem], root: Path | None = None) -> None:
    """Write problems to stderr; with the project's root, each with its line of the file."""
    for problem in dict.fromkeys(problems):
        for line in format_problem(problem, root):
            print_message(line)


def exit_with_error(problem: Problem) -> NoReturn:
    """Write a problem to stderr and exit with 1."""
    print_problems([problem])
    raise click.exceptions.Exit(1)


def find_folder_in_repository(root: Path) -> PurePosixPath:
    """Return the project's folder relative to GITHUB_WORKSPACE, the repository that a workflow runs on.

    Elsewhere, and for a project outside that repository, it is empty.
    """
    workspace = os.environ.get("GITHUB_WORKSPACE")
    repository = Path(workspace).resolve() if workspace else root
    return PurePosixPath(root.relative_to(repository).as_posix() if root.is_relative_to(repository) else "")


def format_problem(problem: Problem, root: Path | None = None) -> Iterator[str]:
    """Yield the lines that show a problem; with the project's root, also the line of the file it is about."""
    place = f"{problem.place}: " if problem.place else ""
    kind = click.style(f"{problem.severity}[{problem.code}]", fg=_COLORS[problem.severity], bold=True)
    yield f"{replace_control_characters(place)}{kind}: {replace_control_characters(problem.message)}"
    yield from _quote_line(problem, root)
    if problem.hint:
        yield f"    hint: {replace_control_characters(problem.hint)}"


@functools.lru_cache(1)  # problems of a file come one after another
def _read_lines(path: Path, _changed: int) -> tuple[str, ...]:
    """Return the lines of a file that was changed at a time: with --watch, it is read again after each change."""
    # Read and split as the reader does, so that line numbers agree.
    return tuple(path.read_text(encoding="utf-8-sig").split("\n"))


def _quote_line(problem: Problem, root: Path | None) -> list[str]:
    """Return the line of the file at a problem's place, and below it a mark at the column."""
    place = problem.place
    if root is None or place is None or not place.line:
        return []
    try:
        path = (root / place.file).resolve()
        lines = _read_lines(path, path.stat().st_mtime_ns) if path.is_relative_to(root) else ()
    except (OSError, RuntimeError, UnicodeDecodeError):
        return []
    if place.line > len(lines):
        return []
    text = lines[place.line - 1]
    start = max(0, place.column - _SHOWN_BEFORE_COLUMN)
    quoted = [f"    | {replace_control_characters(text[start : start + _SHOWN_WIDTH])}"]
    if place.column:
        quoted.append(f"    | {' ' * (place.column - 1 - start)}^")
    return quoted
