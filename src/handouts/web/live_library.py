"""Shelf: the project as it was last read well, read again when a file is saved."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from handouts.build.watch import changes
from handouts.model.library import Handout, Library
from handouts.model.project import Project
from handouts.problems.problem import Problem
from handouts.read.project import read_project


@dataclass(frozen=True, slots=True)
class Stock:
    """What can be printed: a library, what is wrong with the files now, and the number of this state.

    `old_handouts` (id and language) and `old_practices` are broken now and are kept as they were.
    """

    number: int
    library: Library | None
    problems: tuple[Problem, ...]
    old_handouts: frozenset[tuple[str, str]] = frozenset()
    old_practices: frozenset[str] = frozenset()


class Shelf:
    """Holds the stock; safe for threads, for a stock never changes and is replaced whole."""

    def __init__(self, project: Project, report: Callable[[str], None]) -> None:
        """Read the project; `report` is told what a person at the terminal has to know."""
        self._project = project
        self._report = report
        self._stop = threading.Event()
        self.stock = _restocked(project, None)

    def watch(self) -> None:
        """Read the project again at each save, in a thread of its own, until `close`."""
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()

    def _watch(self) -> None:
        try:
            for _ in changes(self._project, self._stop):
                self.stock = _restocked(self._project, self.stock)
        except OSError as refused:
            self._report(
                f"warning[not-watched]: files cannot be watched, so changes are seen after a restart only: {refused}"
            )


def _restocked(project: Project, before: Stock | None) -> Stock:
    """Read a project; what is broken now and was not before is kept as it was."""
    reading = read_project(project)
    number = before.number + 1 if before else 1
    new, old = reading.library, before.library if before else None
    if new is None or old is None:
        kept = frozenset() if new or not old else frozenset((one.id, one.language) for one in old.handouts)
        return Stock(number, new or old, reading.problems, kept)
    handouts = [*new.handouts, *(one for one in old.handouts if (one.id, one.language) in new.broken_handouts)]
    practices = {name: practice for name, practice in old.practices.items() if name in new.broken_practices}
    library = replace(
        new,
        handouts=tuple(sorted(handouts, key=_order)),
        practices=dict(sorted({**new.practices, **practices}.items())),
        # What is kept may cite what is gone.
        references={**old.references, **new.references},
    )
    broken = frozenset((one.id, one.language) for one in old.handouts) & new.broken_handouts.keys()
    return Stock(number, library, reading.problems, broken, frozenset(practices))


def _order(handout: Handout) -> tuple[str, str]:
    return handout.id, handout.language
