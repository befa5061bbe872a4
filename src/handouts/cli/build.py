"""`handouts build`."""

import contextlib
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.choice import Choice, chosen_prints, meaningless_refused
from handouts.cli.opening import open_project
from handouts.cli.progress import shown_as
from handouts.cli.show import say, shown
from handouts.cli.telling import Telling
from handouts.cli.today import today

if TYPE_CHECKING:
    from handouts.build import Report
    from handouts.cli.progress import Form


@click.command()
@chosen_prints
@click.option("-o", "--output", metavar="PATH", help="A .pdf, .html or .txt file (for one output) or a folder.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many to make at once. Default: one a processor.")
@click.option("--force", is_flag=True, help="Make everything anew, also what is up to date.")
@click.option("--release", is_flag=True, help="Refuse drafts, missing references and passed review dates.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object to stdout (`handouts schema report`).")
@click.option(
    "--progress",
    "form",
    type=click.Choice(["auto", "bar", "lines", "json", "none"]),
    default="auto",
    show_default=True,
    help="How it goes, on stderr: a bar on a terminal, lines in logs, or records (`handouts schema events`).",
)
@click.option("--annotations", type=click.Choice(["github"]), help="Problems as annotations of GitHub Actions.")
@click.option(
    "--summary",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Add what came of it to a file, as Markdown: for $GITHUB_STEP_SUMMARY.",
)
def build(  # noqa: PLR0913 - one parameter for each option
    choice: Choice,
    *,
    output: str | None,
    jobs: int | None,
    force: bool,
    release: bool,
    as_json: bool,
    form: "Form",
    annotations: str | None,
    page: Path | None,
) -> None:
    """Make handouts: all handouts for all practices, or those named.

    Chosen sections bring along the safety information of their part, the disclaimer and the contact panel; references
    are numbered anew. What is up to date is left alone.
    """
    begun = time.monotonic()
    if output == "":
        raise click.BadParameter("it is empty", param_hint="-o")
    if annotations and form == "json":
        raise click.UsageError("--annotations and --progress json both write to stderr: leave out one of them")
    release_on = today() if release else None
    project = open_project()
    from handouts.workers import ended, worker_ahead, workers

    at_once = jobs or os.cpu_count() or 1
    executor = worker_ahead() if choice.is_about_one(project) else workers(at_once)
    telling = Telling(project.root, annotate=annotations is not None)
    progress = shown_as(form, telling)
    with ended(executor), contextlib.closing(progress):
        from handouts.build import OneFileError, Way
        from handouts.build import build as build_request

        is_folder = output is not None and output.endswith(("/", os.sep))
        way = Way(Path(output) if output else None, is_folder, at_once, force, release_on)
        try:
            with meaningless_refused():
                report = build_request(project, choice.request(), way, executor, progress.watch)
        except OneFileError as meaningless:
            raise click.UsageError(str(meaningless)) from None
    _conclude(report, time.monotonic() - begun, telling if form != "json" else None)
    _give(report, time.monotonic() - begun, as_json=as_json)
    if page:
        _add_summary(report, time.monotonic() - begun, page)
    if not report.ok:
        raise click.exceptions.Exit(1)


def _conclude(report: "Report", seconds: float, telling: Telling | None) -> None:
    """Write the end to stderr: what is wrong and was not told yet, and how much was made; without telling, a record."""
    if telling is None:
        from handouts.report import end_line

        say(end_line(report, seconds))
        return
    from handouts.cli.summary import summary_lines

    telling.tell(report.all_problems)
    for line in summary_lines(report, seconds):
        say(line)


def _give(report: "Report", seconds: float, *, as_json: bool) -> None:
    """Write the result to stdout."""
    if as_json:
        from handouts.report import as_json as report_json

        click.echo(report_json(report, seconds))
        return
    for outcome in report.outcomes:
        if outcome.status != "failed":
            click.echo(shown(outcome.path))


def _add_summary(report: "Report", seconds: float, page: Path) -> None:
    from handouts.cli.summary import summary_page

    with page.open("a", encoding="utf-8") as file:
        file.write(summary_page(report, seconds))
