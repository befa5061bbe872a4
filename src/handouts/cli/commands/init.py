"""`handouts init` and `handouts new`."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

from handouts.cli.options.project import open_project
from handouts.cli.output.problems import say, shown


@click.command()
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make a new project from the starter, here or in DIR."""
    from handouts.scaffold.scaffold import make_project

    with _refusals_told():
        written = make_project(folder)
    for path in written:
        click.echo(shown(path))
    say(f"next: {'' if folder == Path() else f'cd {folder} && '}handouts build")


@click.command()
@click.argument("kind", type=click.Choice(["handout", "practice"]))
@click.argument("identifier", metavar="ID")
def new(kind: str, identifier: str) -> None:
    """Make a new handout or practice, to be filled in."""
    project = open_project()
    from handouts.scaffold.scaffold import make_handout, make_practice
    from handouts.schema.ids import is_id

    if not is_id(identifier):
        raise click.BadParameter(f'"{identifier}" is no id: small letters, digits and single hyphens', param_hint="ID")
    with _refusals_told():
        written = make_handout(project, identifier) if kind == "handout" else make_practice(project, identifier)
    for path in written:
        click.echo(shown(path))


@contextlib.contextmanager
def _refusals_told() -> Iterator[None]:
    """End the command with a line if something is there already, or cannot be written."""
    from handouts.scaffold.scaffold import AlreadyThereError

    try:
        yield
    except AlreadyThereError as there:
        say(f"error[already-there]: {there}")
        raise click.exceptions.Exit(1) from None
    except OSError as refused:
        say(f"error[not-written]: {refused.filename} cannot be written: {refused.strerror}")
        raise click.exceptions.Exit(1) from None
