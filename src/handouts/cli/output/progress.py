"""How a build goes, shown while it runs, in the form that fits where stderr leads."""

import os
import sys
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from handouts.build.outcome import Event
    from handouts.cli.output.problem_printer import Telling

Form = Literal["auto", "bar", "lines", "json", "none"]

FEW = 10
"""So many outputs are told in a line when they are done; more are followed, and told in a table."""


class Progress(Protocol):
    """Shows how a build goes."""

    def watch(self, event: "Event") -> None:
        """Show an event."""

    def close(self) -> None:
        """Leave the terminal as it was."""


class Nothing:
    """Shows nothing."""

    def watch(self, event: "Event") -> None:
        """Show nothing."""

    def close(self) -> None:
        """Leave all as it is."""


class Fitting:
    """What fits, chosen once it is known how many outputs there are: a bar on a terminal, else lines if they are many.

    A single output is told when it is done, and nothing is imported for it.
    """

    def __init__(self, telling: "Telling") -> None:
        """Tell failures at once."""
        self._telling = telling
        self._chosen: Progress = Nothing()

    def watch(self, event: "Event") -> None:
        """Choose what fits, and show the event by it."""
        from handouts.build.outcome import PlanMade

        if isinstance(event, PlanMade):
            self._chosen = self._fitting(event.count)
        self._chosen.watch(event)

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._chosen.close()

    def _fitting(self, count: int) -> Progress:
        if sys.stderr.isatty() and os.environ.get("TERM") not in {"dumb", "unknown"}:
            return shown_as("bar", self._telling) if count > 1 else Nothing()
        return shown_as("lines", self._telling) if count > FEW else Nothing()


def shown_as(form: Form, telling: "Telling") -> Progress:
    """Give what shows a build in the form that was asked for."""
    if form == "bar":
        from handouts.cli.output.progress_bar import Bar

        return Bar(telling)
    if form == "lines":
        from handouts.cli.output.progress_lines import Lines

        return Lines(telling)
    if form == "json":
        from handouts.cli.output.progress_records import Records

        return Records()
    return Fitting(telling) if form == "auto" else Nothing()
