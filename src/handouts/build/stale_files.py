"""Stale files: those of earlier builds that stay in place of an output that failed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from handouts.build.manifest.manifest import Row
from handouts.build.plan.output import Output
from handouts.build.run import Outcome


class StaleFiles:
    """Finds stale files in an output folder, by the rows of its manifest and the outputs that a build plans."""

    def __init__(self, folder: Path, rows: Mapping[str, Row], outputs: Iterable[Output]) -> None:
        """Index the rows that no output of the build has the path of."""
        known = {str(output.path) for output in outputs}
        self._folder = folder
        self._others: dict[tuple[str, ...], list[str]] = {}
        for path, row in rows.items():
            if path not in known:
                self._others.setdefault((row.practice, row.handout, row.language, row.format), []).append(path)

    def of(self, outcome: Outcome) -> tuple[Path, ...]:
        """Return the stale files of an outcome, none unless it failed.

        If the path of its output is not known, each file of the same practice, handout, language and format is one.
        """
        if outcome.status != "failed":
            return ()
        output = outcome.output
        others = self._others.get((output.practice, output.handout, output.language, output.format), ())
        paths = [outcome.path] if outcome.path else [self._folder / path for path in others]
        return tuple(path for path in paths if path.is_file())
