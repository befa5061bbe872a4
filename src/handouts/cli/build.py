"""`handouts build`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.choice import Choice, chosen_prints, meaningless_refused
from handouts.cli.opening import open_project
from handouts.cli.show import say, show_problems, shown
from handouts.cli.today import today

if TYPE_CHECKING:
    from handouts.build import Report


@click.command()
@chosen_prints
@click.option("-o", "--output", metavar="PATH", help="A .pdf, .html or .txt file (for one output) or a folder.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="How many to make at once. Default: one a processor.")
@click.option("--force", is_flag=True, help="Make everything anew, also what is up to date.")
@click.option("--release", is_flag=True, help="Refuse drafts, missing references and passed review dates.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object to stdout (`handouts schema report`).")
def build(choice: Choice, *, output: str | None, jobs: int | None, force: bool, release: bool, as_json: bool) -> None:
    """Make handouts: all handouts for all practices, or those named.

    Chosen sections bring along the safety information of their part, the disclaimer and the contact panel; references
    are numbered anew. What is up to date is left alone.
    """
    if output == "":
        raise click.BadParameter("it is empty", param_hint="-o")
    release_on = today() if release else None
    project = open_project()
    from handouts.workers import ended, worker_ahead, workers

    at_once = jobs or os.cpu_count() or 1
    executor = worker_ahead() if choice.is_about_one(project) else workers(at_once)
    with ended(executor):
        from handouts.build import OneFileError, Way
        from handouts.build import build as build_request

        is_folder = output is not None and output.endswith(("/", os.sep))
        way = Way(Path(output) if output else None, is_folder, at_once, force, release_on)
        try:
            with meaningless_refused():
                report = build_request(project, choice.request(), way, executor)
        except OneFileError as meaningless:
            raise click.UsageError(str(meaningless)) from None
    show_problems(report.all_problems, project.root)
    _summarize(report)
    if as_json:
        from handouts.report import as_json as report_json

        click.echo(report_json(report))
    else:
        for outcome in report.outcomes:
            if outcome.status != "failed":
                click.echo(shown(outcome.path))
    if not report.ok:
        raise click.exceptions.Exit(1)


def _summarize(report: "Report") -> None:
    count = {status: sum(o.status == status for o in report.outcomes) for status in ("built", "unchanged", "failed")}
    pages = sum(outcome.row.pages for outcome in report.outcomes if outcome.row)
    for name in report.unread:
        say(f"not built, for it has errors: {name}")
    say(f"{count['built']} built, {count['unchanged']} unchanged, {count['failed']} failed; {pages} pages in all")
