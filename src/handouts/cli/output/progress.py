"""Progress of a build on stderr: nothing, plain lines for logs, one JSON object a line, or a bar on a terminal."""

import time
from typing import TYPE_CHECKING, Final, Literal, Protocol

from handouts.cli.output.problems import ProblemPrinter
from handouts.cli.output.terminal import can_redraw_lines, print_message

if TYPE_CHECKING:
    from handouts.build.outcome import Event
    from handouts.model.project import Project

ProgressForm = Literal["auto", "bar", "lines", "json", "none"]

FEW_OUTPUTS: Final = 10
"""Up to this many outputs are summed up in one line at the end; more get progress and a table."""
_STEPS: Final = 10
_LONGEST_SILENCE: Final = 30  # seconds; some CI services end a job that has written nothing for minutes


class Progress(Protocol):
    """Shows the events of a build."""

    def watch(self, event: "Event") -> None:
        """Show an event."""

    def close(self) -> None:
        """Leave the terminal as it was."""


class NoProgress:
    """Shows nothing."""

    def watch(self, event: "Event") -> None:
        """Ignore the event."""

    def close(self) -> None:
        """Do nothing."""


class JsonProgress:
    """Writes each event as one JSON object a line (`handouts schema events`)."""

    def __init__(self, project: "Project") -> None:
        """Write paths relative to `project`."""
        self._project = project

    def watch(self, event: "Event") -> None:
        """Write the event."""
        from handouts.build.json_report import format_event

        print_message(format_event(event, self._project))

    def close(self) -> None:
        """Do nothing."""


class LineProgress:
    """Writes a line at each tenth of a build, after 30 silent seconds, and for each failure at once."""

    def __init__(self, printer: ProblemPrinter) -> None:
        """Print failures with `printer`."""
        from handouts.build.outcome import count_by_status

        self._printer = printer
        self._totals = count_by_status(())
        self._started = time.monotonic()
        self._last_line = (self._started, 0)  # when it was written, and how many outputs were done

    def watch(self, event: "Event") -> None:
        """Write a line if enough is done or enough time has passed."""
        from handouts.build.outcome import PlanMade
        from handouts.cli.output.units import format_counts, format_duration

        if isinstance(event, PlanMade):
            print_message(f"{event.count} outputs planned")
            self._started = time.monotonic()
            self._last_line = (self._started, 0)
            return
        outcome = event.outcome
        self._totals[outcome.status] = self._totals[outcome.status].plus(outcome)
        if outcome.status == "failed":
            self._printer.print_new(outcome.problems)
        now, (last_time, done) = time.monotonic(), self._last_line
        is_step = event.done * _STEPS // event.total > done * _STEPS // event.total
        # Outputs that are up to date need no lines: they take no time. The summary follows the last output.
        is_step = is_step and self._totals["unchanged"].outputs < event.done
        if event.done == event.total or not (is_step or now - last_time > _LONGEST_SILENCE):
            return
        # The rate since the last line: outputs that were up to date take no time, and would promise too early an end.
        # Less than a second is too short to measure a rate, so the whole build is taken then.
        since, count = (last_time, done) if now - last_time >= 1 else (self._started, 0)
        rate = (event.done - count) / max(now - since, 0.001)
        time_left = format_duration((event.total - event.done) / rate)
        self._last_line = (now, event.done)
        percent = event.done * 100 // event.total
        print_message(
            f"{event.done} of {event.total} ({percent} %): {format_counts(self._totals)}; "
            f"{rate:.1f} a second, {time_left} left"
        )

    def close(self) -> None:
        """Do nothing."""


class AutomaticProgress:
    """Chooses once the number of outputs is known: a bar on a terminal, else lines for more than a few.

    For a single output it shows nothing, and so imports nothing.
    """

    def __init__(self, printer: ProblemPrinter, project: "Project") -> None:
        """Print failures with `printer`."""
        self._printer = printer
        self._project = project
        self._chosen: Progress = NoProgress()

    def watch(self, event: "Event") -> None:
        """Choose at the first event, and show each event in the chosen form."""
        from handouts.build.outcome import PlanMade

        if isinstance(event, PlanMade):
            self._chosen = self._choose(event.count)
        self._chosen.watch(event)

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._chosen.close()

    def _choose(self, count: int) -> Progress:
        if can_redraw_lines():
            return open_progress("bar", self._printer, self._project) if count > 1 else NoProgress()
        return open_progress("lines", self._printer, self._project) if count > FEW_OUTPUTS else NoProgress()


def open_progress(form: ProgressForm, printer: ProblemPrinter, project: "Project") -> Progress:
    """Return the progress display of a form; failures are printed with `printer`, paths relative to `project`."""
    if form == "bar":
        from handouts.cli.output.progress_bar import BarProgress

        return BarProgress(printer)
    if form == "lines":
        return LineProgress(printer)
    if form == "json":
        return JsonProgress(project)
    return AutomaticProgress(printer, project) if form == "auto" else NoProgress()
