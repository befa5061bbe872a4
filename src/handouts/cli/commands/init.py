"""`handouts init` and `handouts new`."""

import contextlib
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from handouts.cli.context import open_project, today
from handouts.cli.options.values import parse_id
from handouts.cli.output.problems import exit_with_error
from handouts.cli.output.terminal import print_message, relative_to_current_folder, replace_control_characters
from handouts.scaffold.scaffold import Kind


@click.command()
@click.argument("folder", default=".", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make a new project from the starter, here or in DIR."""
    from handouts.scaffold.scaffold import make_project

    with _exit_if_refused():
        written = make_project(folder, today())
    for path in written:
        click.echo(relative_to_current_folder(path))
    quoted = shlex.quote(replace_control_characters(str(folder)))
    print_message(f"next: {'' if folder == Path() else f'cd {quoted} && '}handouts build")


@click.command()
@click.argument("subject", type=click.Choice(["handout", "practice"]))
@click.argument("identifier", metavar="ID", callback=parse_id)
@click.option(
    "--kind", type=click.Choice(get_args(Kind)), help="The kind of handout: its usual sections, forms and safety texts."
)
def new(subject: str, identifier: str, kind: Kind | None) -> None:
    """Make a new handout or practice to fill in."""
    if kind and subject == "practice":
        raise click.UsageError("--kind is for handouts only")
    project = open_project()
    from handouts.scaffold.scaffold import make_handout, make_practice

    with _exit_if_refused():
        written = (
            make_handout(project, identifier, today(), kind)
            if subject == "handout"
            else make_practice(project, identifier)
        )
    for path in written:
        click.echo(relative_to_current_folder(path))


@contextlib.contextmanager
def _exit_if_refused() -> Iterator[None]:
    """Exit with 1 and a message if something exists already or cannot be written."""
    from handouts.problems.command_rules import ALREADY_THERE, NOT_CREATED
    from handouts.scaffold.scaffold import AlreadyExistsError

    try:
        yield
    except AlreadyExistsError as existing:
        exit_with_error(ALREADY_THERE.at(None, subject=existing))
    except OSError as refused:
        exit_with_error(NOT_CREATED.at(None, file=refused.filename, reason=refused.strerror))
