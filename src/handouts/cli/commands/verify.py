"""`handouts verify`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.context import open_project, today
from handouts.cli.output.problems import print_problems
from handouts.cli.output.terminal import choose_color, replace_control_characters

if TYPE_CHECKING:
    from handouts.verify.verdict import Verdict as VerdictType

_COLORS = {"current": "green", "outdated": "yellow", "unknown": "yellow"}
_CHANGED = {
    "text": "the text",
    "version": "the version or its dates",
    "references": "the references",
    "practice": "what the practice says",
    "pictures": "the pictures",
    "brand": "the logo, the colors or the address of its published page",
    "design": "the templates or style sheets",
    "fonts": "the fonts",
}


@click.command()
@click.argument("files_or_code", nargs=-1, required=True, metavar="FILE...|CODE", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (`handouts schema verification`).")
def verify(files_or_code: tuple[str, ...], *, as_json: bool) -> None:
    """Tell whether PDFs, web pages or printed handouts may still be handed out.

    They may if they are what the project would print today, approved, and not overdue for review. FILE is a PDF or web
    page made by handouts. CODE is the print code at the foot of each printed page; it covers the words and pictures,
    not the design.
    """
    from handouts.schema.print_code import NotAPrintCodeError, parse_print_code

    files = [Path(name) for name in files_or_code]
    code = ""
    if not all(path.is_file() for path in files):
        try:
            code = parse_print_code(" ".join(files_or_code))
        except NotAPrintCodeError as error:
            missing = next(path for path in files if not path.is_file())
            reason = "is a folder" if missing.is_dir() else f"is neither a file nor a print code: {error}"
            # A code may be typed as several words.
            subject = str(missing) if any(path.exists() for path in files) else " ".join(files_or_code)
            raise click.UsageError(f"{replace_control_characters(subject)} {reason}") from None
    project = open_project()
    from handouts.problems.collector import Problems
    from handouts.problems.problem import select_errors
    from handouts.read.project import read_project
    from handouts.verify.verdict import Verdict, format_verdicts_as_json
    from handouts.verify.verifier import open_verifier

    reading = read_project(project)
    problems = Problems(select_errors(reading.problems))
    verifier = open_verifier(project, reading.library, today(), problems) if reading.library else None
    print_problems(problems, project.root)
    if verifier is None:
        reason = "the project cannot be read"
        verdicts = [Verdict(name, "unknown", reason=reason) for name in ([code] if code else files_or_code)]
    else:
        verdicts = [verifier.verify_code(code)] if code else [verifier.verify_file(path) for path in files]
    for verdict in verdicts:
        print_problems(verdict.problems, project.root)
    if as_json:
        click.echo(format_verdicts_as_json(verdicts))
    else:
        for verdict in verdicts:
            _print_verdict(verdict)
    if not all(verdict.ok for verdict in verdicts):
        raise click.exceptions.Exit(1)


def _print_verdict(verdict: "VerdictType") -> None:
    color = "red" if verdict.obstacle else _COLORS.get(verdict.status, "red")
    sources = ", ".join(_CHANGED[source] for source in verdict.changed)
    changed = f"changed since: {sources}" if sources else ""
    details = (verdict.subject, verdict.comparison.lower() if verdict.obstacle else "", changed, verdict.reason)
    text = "".join(f": {replace_control_characters(detail)}" for detail in details if detail)
    headline = replace_control_characters(verdict.headline)
    click.echo(f"{click.style(headline, fg=color, bold=True)}{text}", color=choose_color())
    printed = verdict.made_from
    if printed is None:
        return
    newer = f" (today {verdict.version})" if verdict.version not in {"", printed.version} else ""
    sections = f", sections {', '.join(printed.sections)}" if printed.sections else ""
    title = f"{printed.handout} ({printed.language}) for {printed.practice}{sections}"
    version = f"{printed.code}, version {printed.version}{newer}, print code {printed.print_code}"
    released = f", released on {verdict.released}" if verdict.released else ""
    click.echo(replace_control_characters(f"    {title}: {version}{released}"))
