"""`handouts doctor`."""

import click

from handouts.cli.output.terminal import choose_color, print_message


@click.command()
def doctor() -> None:
    """Check that this machine is ready to build handouts.

    It looks at Python, libraries, fonts, printers and the output folder, and makes a PDF as a trial. Exit code 1 if
    something is missing.
    """
    from handouts.cli.diagnosis import diagnose_machine

    findings = diagnose_machine()
    for finding in findings:
        mark = click.style("ok     ", fg="green") if finding.ok else click.style("missing", fg="red")
        click.echo(f"{mark}  {finding.requirement}", color=choose_color())
        if not finding.ok:
            print_message(f"         {finding.remedy}")
    if not all(finding.ok for finding in findings):
        raise click.exceptions.Exit(1)
