"""`handouts dossier`."""

import datetime as dt
from pathlib import Path

import click

from handouts.cli.context import open_project, read_library, today
from handouts.cli.options.completion import complete_handouts
from handouts.cli.output.problems import exit_with_error, print_problems
from handouts.cli.output.terminal import relative_to_current_folder


@click.command()
@click.argument("handout", shell_complete=complete_handouts)
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Default: dossiers/HANDOUT/ in the project.",
)
@click.option(
    "--today",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day that review dates are compared with. Default: today.",
)
def dossier(handout: str, output: Path | None, as_of: dt.datetime | None) -> None:
    """Write what an auditor asks about a handout: who approved what, sources, checks, releases.

    dossier.html is for people, dossier.json (`handouts schema dossier`) for programs. The same project and day give
    the same bytes.
    """
    day = as_of.date() if as_of else today()
    project = open_project()
    from handouts.build.plan.request import check_exists
    from handouts.cli.options.prints import wrong_choice_refused
    from handouts.dossier.collect import collect_dossier
    from handouts.dossier.write_files import write_dossier
    from handouts.problems.collector import Problems
    from handouts.problems.command_rules import NOT_CREATED

    library, found = read_library(project)
    with wrong_choice_refused():
        known = {each.id for each in library.handouts} | {name for name, _ in library.broken_handouts}
        check_exists("handout", handout, known)
    problems = Problems()
    collected, sheets = collect_dossier(project, library, found, handout, day, problems)
    print_problems(problems, project.root)
    folder = output or project.root / "dossiers" / handout
    try:
        paths = write_dossier(collected, sheets, folder)
    except OSError as refused:
        exit_with_error(NOT_CREATED.at(None, file=relative_to_current_folder(folder), reason=refused.strerror))
    for path in paths:
        click.echo(relative_to_current_folder(path))
