"""The end of a build: problems and a summary on stderr, paths or one JSON object on stdout."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.output.problems import ProblemPrinter
from handouts.cli.output.terminal import print_message, relative_to_current_folder

if TYPE_CHECKING:
    from handouts.build.report import Report
    from handouts.model.project import Project


def print_report(
    report: "Report",
    seconds: float,
    project: "Project",
    printer: ProblemPrinter | None,
    *,
    as_json: bool,
    summary_file: Path | None = None,
) -> None:
    """Print the report of a build that took `seconds`, and append it as Markdown to a summary file.

    Without `printer`, the end is written as a JSON line, as the events were.
    """
    if printer is None:
        from handouts.build.json_report import format_end

        print_message(format_end(report, seconds))
    else:
        from handouts.cli.output.summary import summary_lines

        printer.print_new(report.all_problems)
        for line in summary_lines(report, seconds):
            print_message(line)
    if as_json:
        from handouts.build.json_report import build_json

        click.echo(build_json(report, seconds, project))
    else:
        for outcome in report.outcomes:
            if outcome.path and outcome.status != "failed":
                click.echo(relative_to_current_folder(outcome.path))
    if summary_file:
        from handouts.cli.output.summary import summary_as_markdown

        with summary_file.open("a", encoding="utf-8") as file:
            file.write(summary_as_markdown(report, seconds))


def print_dry_run(
    report: "Report",
    project: "Project",
    printer: ProblemPrinter,
    *,
    forced: bool,
    as_json: bool,
    summary_file: Path | None = None,
) -> None:
    """Print what a build would do: one line for each output, with the action and its reason.

    A summary is appended as Markdown to a file.
    """
    from handouts.build.json_report import dry_run_json, predict_actions
    from handouts.cli.output.summary import other_language_lines

    printer.print_new(report.all_problems)
    for name in report.unread:
        print_message(f"cannot be built because it has errors: {name}")
    for line in other_language_lines(report):
        print_message(line)
    for path in report.left:
        print_message(f"no longer planned: {path}")
    count = Counter(action for _, action, _ in predict_actions(report, forced=forced))
    print_message(f"{count['build']} to build, {count['keep']} up to date, {count['fail']} failed; nothing was made")
    if summary_file:
        from handouts.cli.output.summary import dry_run_as_markdown

        with summary_file.open("a", encoding="utf-8") as file:
            file.write(dry_run_as_markdown(report, count["build"], count["keep"], count["fail"]))
    if as_json:
        click.echo(dry_run_json(report, project, forced=forced))
        return
    for outcome, action, reason in predict_actions(report, forced=forced):
        # There is no path if the name of the file depends on a source that cannot be read.
        name = relative_to_current_folder(outcome.path) if outcome.path else str(outcome.output.key)
        click.echo(f"{action}\t{name}\t{reason}")
