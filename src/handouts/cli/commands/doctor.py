"""`handouts doctor`."""

import click

from handouts.cli.output.problems import say, wants_color


@click.command()
def doctor() -> None:
    """Tell whether this machine is ready: libraries, fonts, a PDF made as a trial, printers, and the output folder."""
    from handouts.cli.diagnosis import examine

    findings = examine()
    for finding in findings:
        mark = click.style("ok     ", fg="green") if finding.ok else click.style("missing", fg="red")
        click.echo(f"{mark}  {finding.what}", color=wants_color())
        if not finding.ok:
            say(f"         {finding.cure}")
    if not all(finding.ok for finding in findings):
        raise click.exceptions.Exit(1)
