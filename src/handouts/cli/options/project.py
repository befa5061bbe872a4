"""The project that a command works on, found from where it is run."""

from pathlib import Path

import click

from handouts.cli.output.problems import say
from handouts.model.project import SETTINGS_FILE, Project, find_project

_LIKE_SETTINGS = frozenset({"handouts.yaml", "handouts.yml"})


def open_project() -> Project:
    """Find the project of the current folder; end the command with advice if there is none."""
    project = find_project(Path.cwd())
    if project is None:
        say(f"error[no-project]: no {SETTINGS_FILE} here or in a folder above")
        misnamed = [path.name for path in Path.cwd().iterdir() if path.name.casefold() in _LIKE_SETTINGS]
        if misnamed:
            say(f"    hint: rename {misnamed[0]} to {SETTINGS_FILE}")
            raise click.exceptions.Exit(1)
        say("    hint: `handouts init` makes a new project here, `handouts init DIR` elsewhere")
        raise click.exceptions.Exit(1)
    return project
