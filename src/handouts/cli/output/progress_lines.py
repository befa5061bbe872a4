"""How a build goes, as plain lines for logs: one for each tenth of it, and each failure at once."""

import time

from handouts.build.outcome import Event, PlanMade, count_by_status
from handouts.cli.output.problem_printer import Telling
from handouts.cli.output.problems import say
from handouts.cli.output.units import counts, duration

_STEPS = 10
_LONGEST_SILENCE = 30  # seconds; some services end what has said nothing for minutes


class Lines:
    """Writes now and then how far a build is."""

    def __init__(self, telling: Telling) -> None:
        """Tell failures at once."""
        self._telling = telling
        self._counted = count_by_status(())
        self._began = time.monotonic()
        self._said = (self._began, 0)

    def watch(self, event: Event) -> None:
        """Write a line if enough is done, or enough time has passed."""
        if isinstance(event, PlanMade):
            say(f"{event.count} outputs planned")
            self._began = time.monotonic()
            self._said = (self._began, 0)
            return
        outcome = event.outcome
        self._counted[outcome.status] = self._counted[outcome.status].plus(outcome)
        if outcome.status == "failed":
            self._telling.tell(outcome.problems)
        now, (before, done) = time.monotonic(), self._said
        is_step = event.done * _STEPS // event.total > done * _STEPS // event.total
        if event.done == event.total or not (is_step or now - before > _LONGEST_SILENCE):
            return  # the end is told by what comes after it
        # The rate of late: outputs that were up to date are done in no time, and say nothing of the rest. What is too
        # short to tell a rate is not looked at alone.
        since, count = (before, done) if now - before >= 1 else (self._began, 0)
        rate = (event.done - count) / max(now - since, 0.001)
        left = duration((event.total - event.done) / rate)
        self._said = (now, event.done)
        percent = event.done * 100 // event.total
        say(
            f"{event.done} of {event.total} ({percent} %): {counts(self._counted)}; {rate:.1f} a second, {left} left",
        )

    def close(self) -> None:
        """Leave all as it is."""
