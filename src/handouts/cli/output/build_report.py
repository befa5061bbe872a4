"""How a build ends: what is wrong and how much was made on stderr, the result on stdout."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.output.problem_printer import Telling
from handouts.cli.output.problems import say, shown

if TYPE_CHECKING:
    from handouts.build.run_request import Report


def conclude(
    report: "Report", seconds: float, telling: Telling | None, *, as_json: bool, page: Path | None = None
) -> None:
    """Write how a build ended that took so many seconds, and add it to a page as Markdown if there is one.

    Without telling, the end is a record as the events were.
    """
    if telling is None:
        from handouts.build.json_report import end_line

        say(end_line(report, seconds))
    else:
        from handouts.cli.output.summary import summary_lines

        telling.tell(report.all_problems)
        for line in summary_lines(report, seconds):
            say(line)
    if as_json:
        from handouts.build.json_report import build_json

        click.echo(build_json(report, seconds))
    else:
        for outcome in report.outcomes:
            if outcome.path and outcome.status != "failed":
                click.echo(shown(outcome.path))
    if page:
        _add_summary(report, seconds, page)


def conclude_dry_run(report: "Report", telling: Telling, *, forced: bool, as_json: bool) -> None:
    """Write what a build would do: a line for each output, with what would become of it and why."""
    from handouts.build.json_report import dry_run_json, foretell
    from handouts.cli.output.summary import other_language_lines

    telling.tell(report.all_problems)
    for name in report.unread:
        say(f"cannot be built, for it has errors: {name}")
    for line in other_language_lines(report):
        say(line)
    for path in report.left:
        say(f"no longer planned: {path}")
    count = Counter(action for _, action, _ in foretell(report, forced=forced))
    say(f"{count['build']} to build, {count['keep']} up to date, {count['fail']} failed; nothing was made")
    if as_json:
        click.echo(dry_run_json(report, forced=forced))
        return
    for outcome, action, reason in foretell(report, forced=forced):
        # Without a path, a source that cannot be read keeps the name of the file from being known.
        click.echo(f"{action}\t{shown(outcome.path) if outcome.path else outcome.output.key}\t{reason}")


def _add_summary(report: "Report", seconds: float, page: Path) -> None:
    from handouts.cli.output.summary import summary_page

    with page.open("a", encoding="utf-8") as file:
        file.write(summary_page(report, seconds))
