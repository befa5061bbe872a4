"""Progress of a build as a bar on a terminal, with rate and time left."""

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

from handouts.build.outcome import Event, PlanMade, count_by_status
from handouts.cli.output.problems import ProblemPrinter
from handouts.cli.output.terminal import choose_color
from handouts.cli.output.units import format_counts

_SECONDS_BETWEEN_DRAWINGS = 0.1
_LEAST_WIDTH_OF_ALL = 72  # columns; a narrower terminal gets the bar and the count, on one line


class _RateColumn(ProgressColumn):
    """Outputs a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")


class BarProgress:
    """Draws a bar on stderr and prints each failure above it; the bar disappears at the end."""

    def __init__(self, printer: ProblemPrinter) -> None:
        """Print failures with `printer`; draw nothing before the number of outputs is known."""
        self._printer = printer
        self._totals = count_by_status(())
        self._drawn_at = 0.0
        # `--progress bar` draws also where rich sees no terminal. The bar is drawn at events, not by a thread, because
        # worker processes are started meanwhile.
        console = Console(stderr=True, force_terminal=True, no_color=choose_color() is False)
        columns: list[ProgressColumn] = [
            BarColumn(None, complete_style="green", finished_style="green"),
            MofNCompleteColumn(),
        ]
        if console.width >= _LEAST_WIDTH_OF_ALL:
            columns += [_RateColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False)]
        self._bar = RichProgress(*columns, console=console, auto_refresh=False, transient=True, expand=True)
        self._task = self._bar.add_task("")

    def watch(self, event: Event) -> None:
        """Redraw the bar, at most ten times a second."""
        if isinstance(event, PlanMade):
            self._bar.update(self._task, total=event.count)
            self._bar.start()
            return
        outcome = event.outcome
        self._totals[outcome.status] = self._totals[outcome.status].plus(outcome)
        if outcome.status == "failed":
            self._printer.print_new(outcome.problems, self._print_above)
        self._bar.update(self._task, completed=event.done, description=format_counts(self._totals))
        now = time.monotonic()
        if now - self._drawn_at > _SECONDS_BETWEEN_DRAWINGS or event.done == event.total:
            self._bar.refresh()
            self._drawn_at = now

    def close(self) -> None:
        """Remove the bar."""
        self._bar.stop()

    def _print_above(self, line: str) -> None:
        text = Text.from_ansi(line)
        self._bar.console.print(Text(text.plain) if choose_color() is False else text, soft_wrap=True)
