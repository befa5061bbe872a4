"""GitHub Actions annotations, which show a problem at its line in a pull request."""

from pathlib import PurePosixPath
from typing import Literal

from handouts.problems.problem import Place, Problem


def format_annotation(
    problem: Problem, folder: PurePosixPath, level: Literal["notice"] | None = None, *, after: str = ""
) -> str:
    """Return a problem as a workflow command.

    `folder` is the project's folder in its repository: GitHub expects paths relative to the root of the repository.
    `level` replaces the problem's own severity; `after` is added to the message.
    """
    place = problem.place or Place("")
    # A file outside the project has an absolute path, which joining leaves as it is.
    file = str(folder / place.file) if place.file else ""
    values = {"file": file, "line": place.line, "col": place.column, "title": problem.code}
    properties = ",".join(f"{key}={_escape_property(str(value))}" for key, value in values.items() if value)
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"::{level or problem.severity.value} {properties}::{_escape_data(problem.message + hint + after)}"


def _escape_data(text: str) -> str:
    # As in actions/toolkit, packages/core/src/command.ts.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
