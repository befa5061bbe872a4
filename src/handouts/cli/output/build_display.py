"""What a build shows: its events as they come, then problems and a summary on stderr, and results on stdout."""

import contextlib
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.output.problems import ProblemPrinter
from handouts.cli.output.progress import ProgressForm, open_progress
from handouts.cli.output.terminal import print_message, relative_to_current_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from handouts.build.outcome import OnEvent
    from handouts.build.report import Report
    from handouts.model.project import Project


@dataclass(frozen=True, slots=True)
class BuildDisplay:
    """How the events and the report of a build are shown; a summary is appended as Markdown to `summary_file`.

    Results are paths, or one JSON object with `as_json`. `forced` says that a dry run predicts a build with --force.
    """

    project: "Project"
    dry_run: bool
    forced: bool
    as_json: bool
    progress_form: ProgressForm
    annotate: bool
    summary_file: Path | None

    def show(self, make: "Callable[[OnEvent], Report | None]", started: float) -> "Report | None":
        """Show the events of a build and then its report, which is returned; nothing if there is none."""
        printer = ProblemPrinter(self.project.root, annotate=self.annotate)
        form: ProgressForm = "none" if self.dry_run else self.progress_form
        with contextlib.closing(open_progress(form, printer, self.project)) as progress:
            report = make(progress.watch)
        if report and self.dry_run:
            self._print_dry_run(report, printer)
        elif report:
            self._print_report(report, time.monotonic() - started, printer)
        return report

    def _print_report(self, report: "Report", seconds: float, printer: ProblemPrinter) -> None:
        """Print the report of a build that took `seconds`; its end is a JSON line if its events were."""
        if self.progress_form == "json":
            from handouts.build.json_report import format_end

            print_message(format_end(report, seconds))
        else:
            from handouts.cli.output.summary import list_summary_lines

            printer.print_new(report.all_problems)
            for line in list_summary_lines(report, seconds):
                print_message(line)
        if self.as_json:
            from handouts.build.json_report import format_report

            click.echo(format_report(report, seconds, self.project))
        else:
            for outcome in report.outcomes:
                if outcome.path and outcome.status != "failed":
                    click.echo(relative_to_current_folder(outcome.path))
        if self.summary_file:
            from handouts.cli.output.summary import format_summary_as_markdown

            _append(self.summary_file, format_summary_as_markdown(report, seconds))

    def _print_dry_run(self, report: "Report", printer: ProblemPrinter) -> None:
        """Print what a build would do: one line for each output, with the action and its reason."""
        from handouts.build.json_report import format_dry_run, predict_actions
        from handouts.cli.output.summary import list_other_language_lines

        printer.print_new(report.all_problems)
        for name in report.unread:
            print_message(f"cannot be built because it has errors: {name}")
        for line in list_other_language_lines(report):
            print_message(line)
        for path in report.left:
            print_message(f"no longer planned: {path}")
        count = Counter(action for _, action, _ in predict_actions(report, forced=self.forced))
        print_message(
            f"{count['build']} to build, {count['keep']} up to date, {count['fail']} failed; nothing was made"
        )
        if self.summary_file:
            from handouts.cli.output.summary import format_dry_run_as_markdown

            _append(self.summary_file, format_dry_run_as_markdown(report, count["build"], count["keep"], count["fail"]))
        if self.as_json:
            click.echo(format_dry_run(report, self.project, forced=self.forced))
            return
        for outcome, action, reason in predict_actions(report, forced=self.forced):
            # There is no path if the name of the file depends on a source that cannot be read.
            name = relative_to_current_folder(outcome.path) if outcome.path else str(outcome.output.key)
            click.echo(f"{action}\t{name}\t{reason}")


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
