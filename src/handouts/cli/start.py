"""`handouts init` and `handouts new`."""

from pathlib import Path

import click

from handouts.cli.opening import open_project
from handouts.cli.show import say, shown


@click.command()
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make a new project from the starter, here or in DIR."""
    from handouts.scaffold import AlreadyThereError, make_project

    try:
        written = make_project(folder)
    except AlreadyThereError as there:
        say(f"error[already-there]: {there}")
        raise click.exceptions.Exit(1) from None
    for path in written:
        click.echo(shown(path))
    say(f"next: {'' if folder == Path() else f'cd {folder} && '}handouts build")


@click.command()
@click.argument("kind", type=click.Choice(["handout", "practice"]))
@click.argument("identifier", metavar="ID")
def new(kind: str, identifier: str) -> None:
    """Make a new handout or practice, to be filled in."""
    project = open_project()
    from handouts.project import is_id
    from handouts.scaffold import AlreadyThereError, make_handout, make_practice

    if not is_id(identifier):
        raise click.BadParameter(f'"{identifier}" is no id: small letters, digits and single hyphens', param_hint="ID")
    try:
        written = make_handout(project, identifier) if kind == "handout" else make_practice(project, identifier)
    except AlreadyThereError as there:
        say(f"error[already-there]: {there}")
        raise click.exceptions.Exit(1) from None
    for path in written:
        click.echo(shown(path))
