"""`handouts approve`."""

import datetime as dt

import click

from handouts.cli.context import open_project, read_library, today
from handouts.cli.options.completion import complete_handouts, complete_practices
from handouts.cli.output.problems import exit_with_error
from handouts.cli.output.terminal import relative_to_current_folder


@click.command()
@click.argument("handout", required=False, metavar="[HANDOUT]", shell_complete=complete_handouts)
@click.option(
    "-l",
    "--language",
    help="The language that is approved. Default: that of the project, or of a practice without texts in it.",
)
@click.option(
    "-p", "--practice", metavar="ID", shell_complete=complete_practices, help="Approve the texts of a practice instead."
)
@click.option("--by", required=True, metavar="ROLE", help="The role or body that approves it.")
@click.option("--name", default="", help="Who signs for it.")
@click.option("--interest", default="", metavar="TEXT", help='Conflicts of interest; "none" if there are none.')
@click.option(
    "--searched",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day up to which evidence was searched.",
)
def approve(  # noqa: PLR0913 - one parameter for each option
    *,
    handout: str | None,
    language: str | None,
    practice: str | None,
    by: str,
    name: str,
    interest: str,
    searched: dt.datetime | None,
) -> None:
    """Sign what a handout prints, in approvals.yaml beside it.

    The signature holds for the text, pictures and references as they are now: a release refuses the handout once one
    of them is changed, until its version is raised and approved.
    """
    if bool(handout) == bool(practice):
        raise click.UsageError("name a handout, or a practice with --practice")
    project = open_project()
    from handouts.approval.sign import ApprovalRefusedError, Signature, sign_handout, sign_inserts
    from handouts.build.plan.choose import check_not_abstract
    from handouts.build.plan.request import check_exists
    from handouts.cli.options.prints import wrong_choice_refused
    from handouts.problems.command_rules import NOT_APPROVED, NOT_CREATED

    if searched and searched.date() > today():
        raise click.BadParameter("that day is still to come", param_hint="'--searched'")
    library, _ = read_library(project)
    signature = Signature(by, today(), name, interest, searched.date() if searched else None)
    try:
        with wrong_choice_refused():
            if practice:
                check_not_abstract(library, practice)
                check_exists("practice", practice, library.practices)
                named = library.practices[practice]
                speaking = named.in_language(language or library.settings.language)
                if language:
                    check_exists("language", language, {one.language for one in named.in_all_languages})
                path = sign_inserts(project, library, speaking, signature)
            else:
                by_language = {found.language: found for found in library.handouts if found.id == handout}
                check_exists("handout", handout or "", {found.id for found in library.handouts})
                chosen = language or library.settings.language
                check_exists("language", chosen, by_language)
                path = sign_handout(project, library, by_language[chosen], signature)
    except ApprovalRefusedError as refused:
        exit_with_error(NOT_APPROVED.at(None, reason=refused))
    except OSError as refused:
        exit_with_error(NOT_CREATED.at(None, file="approvals.yaml", reason=refused.strerror))
    click.echo(relative_to_current_folder(path))
