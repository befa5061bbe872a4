"""Annotations of GitHub Actions: a problem shown at its line in a change."""

from pathlib import PurePosixPath
from typing import Literal

from handouts.problems.problem import Place, Problem


def annotation(
    problem: Problem, folder: PurePosixPath, level: Literal["notice"] | None = None, *, after: str = ""
) -> str:
    """Write a problem as a workflow command, of its own severity unless told otherwise.

    `folder` is where the project lies in its repository, for GitHub takes files from the root of that.
    """
    place = problem.place or Place("")
    # What lies outside the project has its whole path, which this leaves as it is.
    file = str(folder / place.file) if place.file else ""
    values = {"file": file, "line": place.line, "col": place.column, "title": problem.code}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in values.items() if value)
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"::{level or problem.severity.value} {properties}::{_data(problem.message + hint + after)}"


def _data(text: str) -> str:
    # As actions/toolkit escapes: packages/core/src/command.ts.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
