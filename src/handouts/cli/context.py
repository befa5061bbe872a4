"""The context that a command runs in: the project around the current folder, and today's date."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.output.problems import exit_with_error, print_problems
from handouts.model.project import SETTINGS_FILE, Project, find_project
from handouts.problems.command_rules import NO_PROJECT

if TYPE_CHECKING:
    from handouts.build.options import OpenGate
    from handouts.check.release import ReleaseGate
    from handouts.model.library import Library
    from handouts.problems.problem import Problem

_SIMILAR_NAMES = frozenset({"handouts.yaml", "handouts.yml"})


def open_project() -> Project:
    """Find the project that the current folder is in; exit with 1 and a hint if there is none."""
    project = find_project(Path.cwd())
    if project is None:
        misnamed = [path.name for path in Path.cwd().iterdir() if path.name.casefold() in _SIMILAR_NAMES]
        hint = f"rename {misnamed[0]} to {SETTINGS_FILE}" if misnamed else None
        exit_with_error(NO_PROJECT.at(None, hint=hint))
    return project


def read_library(project: Project) -> "tuple[Library, tuple[Problem, ...]]":
    """Return the library of a project and all of its problems.

    Prints its errors and exits with 1 if its settings cannot be read.
    """
    from handouts.problems.problem import select_errors
    from handouts.read.project import read_project

    reading = read_project(project)
    if reading.library is None:
        print_problems(select_errors(reading.problems), project.root)
        raise click.exceptions.Exit(1)
    return reading.library, reading.problems


def today() -> dt.date:
    """Return the date by the clock of this machine, which review dates are compared with.

    SOURCE_DATE_EPOCH does not change it: with a date in the past, expired handouts would be released.
    """
    return dt.datetime.now().astimezone().date()


def make_gate_opener(day: dt.date) -> "OpenGate":
    """Return a function that opens the gate which refuses what must not be released to patients on a day."""

    def open_release_gate(
        project: Project, library: "Library", problems: "tuple[Problem, ...]", *, allow_drafts: bool
    ) -> "ReleaseGate":
        from handouts.check.release import ReleaseGate

        return ReleaseGate(project, library, problems, day, allow_drafts=allow_drafts)

    return open_release_gate
