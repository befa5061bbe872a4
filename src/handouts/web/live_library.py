"""Keeps the library up to date after each change of a file; sources with errors keep their last good state."""

import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from handouts.build.watch import list_stamps, watch_changes
from handouts.model.library import Handout, Library
from handouts.model.project import Project
from handouts.problems.front_desk_rules import NOT_WATCHED
from handouts.problems.problem import Problem
from handouts.read.project import read_project

_FIRST_NUMBERS: Final = 2**40


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the project's files after one reading; `number` is another one for each reading.

    `stale_handouts` (id and language) and `stale_practices` have errors now, and are in the library as they were
    before. Without a library, the project could never be read.
    """

    number: int
    library: Library | None
    problems: tuple[Problem, ...]
    stale_handouts: frozenset[tuple[str, str]] = frozenset()
    stale_practices: frozenset[str] = frozenset()


class LiveLibrary:
    """Holds the current snapshot. Safe for threads: a snapshot never changes, and is replaced as a whole."""

    def __init__(self, project: Project, report: Callable[[str], None]) -> None:
        """Read the project; `report` writes a line to the terminal."""
        self._project = project
        self._report = report
        self._stop = threading.Event()
        self._reading = threading.Lock()
        self._stamps = list_stamps(project)
        self.snapshot = _take_snapshot(project, None)

    def update(self) -> None:
        """Read the project again if a file has changed since: later requests have the change."""
        with self._reading:
            stamps = list_stamps(self._project)
            if stamps != self._stamps:
                self._stamps = stamps
                self.snapshot = _take_snapshot(self._project, self.snapshot)

    def watch(self) -> None:
        """Read the project again after each change of a file, in a background thread, until `close`."""
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()

    def _watch(self) -> None:
        try:
            for _ in watch_changes(self._project, self._stop):
                self.update()
        except OSError as error:
            self._report(str(NOT_WATCHED.at(None, cause=error)))


def _take_snapshot(project: Project, previous: Snapshot | None) -> Snapshot:
    """Read the project; sources that have errors now, but had none before, are taken from the previous snapshot."""
    reading = read_project(project)
    # Not from 1: a page that is open while the server is started again has to notice that files have changed.
    number = previous.number + 1 if previous else 1 + secrets.randbelow(_FIRST_NUMBERS)
    old = previous.library if previous else None
    # The same order after each reading, in which the page lists languages.
    new = reading.library and replace(reading.library, handouts=_sort(reading.library.handouts))
    if new is None or old is None:
        stale = (
            frozenset((handout.id, handout.language) for handout in old.handouts) if old and not new else frozenset()
        )
        return Snapshot(number, new or old, reading.problems, stale)
    old_handouts = [
        handout
        for handout in old.handouts
        if (handout.id, handout.language) in new.broken_handouts
        and not new.settings.find_withdrawal(handout.id, handout.front.version)
    ]
    old_practices = {name: practice for name, practice in old.practices.items() if name in new.broken_practices}
    library = replace(
        new,
        handouts=_sort([*new.handouts, *old_handouts]),
        practices=dict(sorted({**new.practices, **old_practices}.items())),
        # Old handouts may cite references that were removed since.
        references={**old.references, **new.references},
    )
    stale = frozenset(map(_id_and_language, old_handouts))
    return Snapshot(number, library, reading.problems, stale, frozenset(old_practices))


def _sort(handouts: Iterable[Handout]) -> tuple[Handout, ...]:
    return tuple(sorted(handouts, key=_id_and_language))


def _id_and_language(handout: Handout) -> tuple[str, str]:
    return handout.id, handout.language
