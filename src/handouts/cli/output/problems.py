"""Problems as people read them: on stderr, each once, with the line concerned and a hint."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import click

from handouts.problems.problem import Problem, Severity

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def wants_color() -> bool | None:
    """Tell click whether to color: never with NO_COLOR, else as the terminal allows (no-color.org)."""
    return False if os.environ.get("NO_COLOR") else None


def say(text: str) -> None:
    """Write a line to stderr, for results alone go to stdout."""
    click.echo(text, err=True, color=wants_color())


def shown(path: Path) -> str:
    """Write a path as seen from the current folder, if it lies below."""
    folder = Path.cwd()
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


def folder_in_repository(root: Path) -> PurePosixPath:
    """Give the folder of a project in the repository that a workflow of GitHub works on; its root elsewhere."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    repository = Path(workspace).resolve() if workspace else root
    return PurePosixPath(root.relative_to(repository).as_posix() if root.is_relative_to(repository) else "")


def show_problems(problems: Iterable[Problem], root: Path | None = None) -> None:
    """Write problems to stderr; with the project's root, each with the line it is about."""
    for problem in dict.fromkeys(problems):
        for line in problem_lines(problem, root):
            say(line)


def problem_lines(problem: Problem, root: Path | None = None) -> Iterator[str]:
    """Give a problem as lines for a terminal; with the project's root, with the line it is about."""
    place = f"{problem.place}: " if problem.place else ""
    kind = click.style(f"{problem.severity}[{problem.code}]", fg=_COLORS[problem.severity], bold=True)
    yield f"{visible(place)}{kind}: {visible(problem.message)}"
    yield from _line(problem, root)
    if problem.hint:
        yield f"    hint: {visible(problem.hint)}"


def visible(text: str) -> str:
    """Put a blank for each control character: what files hold is shown to the terminal, not obeyed by it."""
    return "".join(character if character.isprintable() else " " for character in text)


def _line(problem: Problem, root: Path | None) -> list[str]:
    place = problem.place
    if root is None or place is None or not place.line:
        return []
    try:
        path = (root / place.file).resolve()
        # Read and cut as the reader does, so that lines are the same.
        lines = path.read_text(encoding="utf-8-sig").split("\n") if path.is_relative_to(root) else []
    except (OSError, RuntimeError, UnicodeDecodeError):
        return []
    if place.line > len(lines):
        return []
    text = lines[place.line - 1]
    # A long line is shown around its column.
    start = max(0, place.column - 60)
    shown = [f"    | {visible(text[start : start + 100])}"]
    if place.column:
        shown.append(f"    | {' ' * (place.column - 1 - start)}^")
    return shown
