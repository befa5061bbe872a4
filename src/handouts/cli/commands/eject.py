"""`handouts eject`."""

import click

from handouts.cli.context import open_project
from handouts.cli.options.completion import complete_shipped_files
from handouts.cli.output.problems import exit_with_error
from handouts.cli.output.terminal import print_message, relative_to_current_folder


@click.command()
@click.argument("name", metavar="[FILE]", required=False, shell_complete=complete_shipped_files)
def eject(name: str | None) -> None:
    """Copy a shipped template or style sheet into the project to change it.

    FILE is a name such as templates/handout.html.j2, styles/handout.css or templates/labels.en.yaml. Without FILE, the
    names of all files that can be copied are listed.
    """
    from handouts.scaffold.shipped_files import list_shipped_files

    if name is None:
        for shipped_name in list_shipped_files():
            click.echo(shipped_name)
        return
    project = open_project()
    from handouts.model.project import OutsideProjectError
    from handouts.problems.command_rules import ALREADY_THERE, LEADS_OUTSIDE, NOT_CREATED, NOT_SHIPPED
    from handouts.problems.problem import did_you_mean
    from handouts.scaffold.scaffold import AlreadyExistsError
    from handouts.scaffold.shipped_files import UnknownShippedFileError, eject_file

    try:
        path = eject_file(project, name)
    except UnknownShippedFileError:
        suggestion = did_you_mean(name, list_shipped_files())
        hint = f"{suggestion} {NOT_SHIPPED.hint}" if suggestion else None
        exit_with_error(NOT_SHIPPED.at(None, hint=hint, name=name))
    except AlreadyExistsError:
        exit_with_error(
            ALREADY_THERE.at(None, hint="your copy is used; remove it to use the shipped one", subject=name)
        )
    except OutsideProjectError:
        exit_with_error(LEADS_OUTSIDE.at(None, file=name))
    except OSError as refused:
        exit_with_error(NOT_CREATED.at(None, file=name, reason=refused.strerror))
    click.echo(relative_to_current_folder(path))
    print_message("Your copy takes the place of the shipped file. Upgrades do not change it.")
