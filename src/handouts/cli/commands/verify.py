"""`handouts verify`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.context import open_project, today
from handouts.cli.output.problems import print_problems
from handouts.cli.output.terminal import choose_color, replace_control_characters

if TYPE_CHECKING:
    from handouts.verify.verifier import Verdict as VerdictType

_COLORS = {"current": "green", "outdated": "yellow", "unknown": "yellow"}
_STATUS = {
    "current": "Current",
    "outdated": "Outdated",
    "altered": "Altered",
    "gone": "Withdrawn",
    "not-ours": "Not ours",
    "unknown": "Unknown",
}
_CHANGED = {
    "text": "the text",
    "version": "the version or its dates",
    "references": "the references",
    "practice": "what the practice says",
    "pictures": "the pictures",
    "brand": "the logo or the colors",
    "design": "the templates or style sheets",
    "fonts": "the fonts",
}


@click.command()
@click.argument("files_or_code", nargs=-1, required=True, metavar="FILE...|CODE", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (`handouts schema verification`).")
def verify(files_or_code: tuple[str, ...], *, as_json: bool) -> None:
    """Tell whether PDFs, web pages or printed handouts may still be handed out.

    They may if they are what the project would print today, no draft, and not overdue for review. FILE is a PDF or web
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
            raise click.UsageError(f"{replace_control_characters(str(missing))} {reason}") from None
    project = open_project()
    from handouts.build.manifest.manifest import read_manifest
    from handouts.problems.collector import Problems
    from handouts.problems.problem import select_errors
    from handouts.read.project import read_project
    from handouts.verify.verifier import Verdict, Verifier

    reading = read_project(project)
    problems = Problems(select_errors(reading.problems))
    rows = read_manifest(project.output, problems).rows()
    print_problems(problems, project.root)
    if reading.library is None:
        reason = "the project cannot be read"
        verdicts = [Verdict(name, "unknown", reason=reason) for name in ([code] if code else files_or_code)]
    else:
        verifier = Verifier(project, reading.library, rows, today())
        verdicts = [verifier.verify_code(code)] if code else [verifier.verify_file(path) for path in files]
    for verdict in verdicts:
        print_problems(verdict.problems, project.root)
    if as_json:
        from handouts.verify.verifier import verdicts_as_json

        click.echo(verdicts_as_json(verdicts))
    else:
        for verdict in verdicts:
            _print_verdict(verdict)
    if not all(verdict.ok for verdict in verdicts):
        raise click.exceptions.Exit(1)


def _print_verdict(verdict: "VerdictType") -> None:
    status = _STATUS[verdict.status]
    if verdict.status == "outdated" and verdict.made_from and verdict.version not in {"", verdict.made_from.version}:
        status = f"Superseded by version {replace_control_characters(verdict.version)}"
    obstacle = _find_obstacle(verdict)
    headline = f"{obstacle}: do not hand out" if obstacle else status
    color = "red" if obstacle else _COLORS.get(verdict.status, "red")
    sources = ", ".join(_CHANGED[source] for source in verdict.changed)
    changed = f"changed since: {sources}" if sources else ""
    details = (verdict.subject, status.lower() if obstacle else "", changed, verdict.reason)
    text = "".join(f": {replace_control_characters(detail)}" for detail in details if detail)
    click.echo(f"{click.style(headline, fg=color, bold=True)}{text}", color=choose_color())
    printed = verdict.made_from
    if printed is None:
        return
    newer = f" (today {verdict.version})" if verdict.version not in {"", printed.version} else ""
    sections = f", sections {', '.join(printed.sections)}" if printed.sections else ""
    title = f"{printed.handout} ({printed.language}) for {printed.practice}{sections}"
    version = f"{printed.code}, version {printed.version}{newer}, print code {printed.print_code}"
    click.echo(replace_control_characters(f"    {title}: {version}"))


def _find_obstacle(verdict: "VerdictType") -> str:
    """Return why even a current print must not be handed out, such as "Current, but a DRAFT"; empty if it may be."""
    since = verdict.overdue_since
    overdue = f"verdue since {since.day} {since:%B} {since.year}" if since else ""
    if verdict.draft:
        draft = "Current, but a DRAFT" if verdict.status == "current" else "DRAFT"
        return f"{draft}, and o{overdue}" if overdue else draft
    return f"O{overdue}" if overdue else ""
