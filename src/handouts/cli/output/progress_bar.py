"""How a build goes, as a bar on a terminal with rate and time left."""

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

from handouts.build.outcome import Event, PlanMade, count_by_status
from handouts.cli.output.problem_printer import Telling
from handouts.cli.output.problems import wants_color
from handouts.cli.output.units import counts

_SECONDS_BETWEEN = 0.1


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")


class Bar:
    """Draws a bar on stderr, and each failure above it at once; the bar is gone when all is done."""

    def __init__(self, telling: Telling) -> None:
        """Draw nothing before it is known how many outputs there are."""
        self._telling = telling
        self._counted = count_by_status(())
        self._drawn = 0.0
        # Asked for, it is drawn also where rich sees no terminal. Drawn when something is done, not by a thread: worker
        # processes are started meanwhile.
        console = Console(stderr=True, force_terminal=True, no_color=wants_color() is False)
        bar = BarColumn(None, complete_style="green", finished_style="green")
        columns = (
            bar,
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
        )
        self._bar = RichProgress(*columns, console=console, auto_refresh=False, transient=True, expand=True)
        self._task = self._bar.add_task("")

    def watch(self, event: Event) -> None:
        """Draw how far it is."""
        if isinstance(event, PlanMade):
            self._bar.update(self._task, total=event.count)
            self._bar.start()
            return
        outcome = event.outcome
        self._counted[outcome.status] = self._counted[outcome.status].plus(outcome)
        if outcome.status == "failed":
            self._telling.tell(outcome.problems, self._above)
        self._bar.update(self._task, completed=event.done, description=counts(self._counted))
        now = time.monotonic()
        if now - self._drawn > _SECONDS_BETWEEN or event.done == event.total:
            self._bar.refresh()
            self._drawn = now

    def close(self) -> None:
        """Take the bar away."""
        self._bar.stop()

    def _above(self, line: str) -> None:
        text = Text.from_ansi(line)
        self._bar.console.print(Text(text.plain) if wants_color() is False else text, soft_wrap=True)
