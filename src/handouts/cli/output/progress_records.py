"""How a build goes, as one JSON object a line."""

from handouts.build.json_report import event_line
from handouts.build.outcome import Event
from handouts.cli.output.problems import say


class Records:
    """Writes each event as a line (`handouts schema events`)."""

    def watch(self, event: Event) -> None:
        """Write the event."""
        say(event_line(event))

    def close(self) -> None:
        """Leave all as it is."""
