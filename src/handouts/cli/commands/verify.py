"""`handouts verify`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.options.project import open_project
from handouts.cli.options.today import today
from handouts.cli.output.problems import show_problems, visible, wants_color

if TYPE_CHECKING:
    from handouts.verify.verifier import Verdict as VerdictType

_COLORS = {"current": "green", "outdated": "yellow", "unknown": "yellow"}
_STATUS = {
    "current": "Current",
    "outdated": "Outdated",
    "altered": "Altered",
    "gone": "Gone",
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
@click.argument("asked", nargs=-1, required=True, metavar="FILE...|CODE")
@click.option(
    "--json", "as_json", is_flag=True, help="Write one JSON object to stdout (`handouts schema verification`)."
)
def verify(asked: tuple[str, ...], *, as_json: bool) -> None:
    """Tell whether PDFs, web pages or paper may be handed out: no draft, not overdue, as it would be printed today.

    FILE is a PDF or web page that handouts made. CODE is the print code at the foot of each page; it stands for the
    words and pictures there, not for how they look.
    """
    from handouts.schema.print_code import NotAPrintCodeError, parse_print_code

    files = [Path(name) for name in asked]
    code = ""
    if not all(path.is_file() for path in files):
        try:
            code = parse_print_code(" ".join(asked))
        except NotAPrintCodeError as wrong:
            absent = next(path for path in files if not path.is_file())
            what = "is a folder" if absent.is_dir() else f"is no file, and no print code: {wrong}"
            raise click.UsageError(f"{visible(str(absent))} {what}") from None
    project = open_project()
    from handouts.build.manifest.manifest import read_manifest
    from handouts.problems.problem import has_errors
    from handouts.read.project import read_project
    from handouts.verify.verifier import Verdict, Verifier

    reading = read_project(project)
    problems = [problem for problem in reading.problems if has_errors([problem])]
    rows = read_manifest(project.output, problems).rows()
    show_problems(problems, project.root)
    if reading.library is None:
        reason = "the project cannot be read"
        verdicts = [Verdict(name, "unknown", reason=reason) for name in ([code] if code else asked)]
    else:
        verifier = Verifier(project, reading.library, rows, today())
        verdicts = [verifier.code(code)] if code else [verifier.file(path) for path in files]
    for verdict in verdicts:
        show_problems(verdict.problems, project.root)
    if as_json:
        from handouts.verify.json_report import as_json as verdicts_json

        click.echo(verdicts_json(verdicts))
    else:
        for verdict in verdicts:
            _show(verdict)
    if not all(verdict.ok for verdict in verdicts):
        raise click.exceptions.Exit(1)


def _show(verdict: "VerdictType") -> None:
    status = _STATUS[verdict.status]
    refused = _do_not_hand_out(verdict)
    headline = f"{refused}: do not hand out" if refused else status
    color = "red" if refused else _COLORS.get(verdict.status, "red")
    compared = status.lower() if refused else ""
    sources = ", ".join(_CHANGED[source] for source in verdict.changed)
    changed = f"changed since: {sources}" if sources else ""
    said = "".join(f": {visible(text)}" for text in (verdict.asked, compared, changed, verdict.reason) if text)
    click.echo(f"{click.style(headline, fg=color, bold=True)}{said}", color=wants_color())
    printed = verdict.made_from
    if printed is None:
        return
    newer = f" (today {verdict.version})" if verdict.version not in {"", printed.version} else ""
    chosen = f", sections {', '.join(printed.sections)}" if printed.sections else ""
    which = f"{printed.handout} ({printed.language}) for {printed.practice}{chosen}"
    version = f"{printed.code}, version {printed.version}{newer}, print code {printed.print_code}"
    click.echo(visible(f"    {which}: {version}"))


def _do_not_hand_out(verdict: "VerdictType") -> str:
    """Say why even a current print must stay where it is; nothing for others."""
    since = verdict.overdue_since
    overdue = f"verdue since {since.day} {since:%B} {since.year}" if since else ""
    if verdict.draft:
        return f"Draft, and o{overdue}" if overdue else "Draft"
    return f"O{overdue}" if overdue else ""
