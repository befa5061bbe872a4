"""Why a print must not be made today, in a project that prints only what may be released."""

import datetime as dt
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Final

from handouts.model.library import Handout
from handouts.model.project import Project
from handouts.numbering.number import number
from handouts.problems.problem import Problem
from handouts.system.cache import Cache
from handouts.web.choices import Choice, plan_choice
from handouts.web.live_library import Snapshot
from handouts.web.print_choice import require_library

if TYPE_CHECKING:
    from handouts.check.release import ReleaseGate

_MAX_CHOICES: Final = 10_000


class ReleaseRefusals:
    """Finds refusals, and caches them for a day and a state of the files. Safe for threads."""

    def __init__(self, project: Project, today: Callable[[], dt.date]) -> None:
        """Take the project whose rules of release apply."""
        self._project = project
        self._today = today
        # With the number of the snapshot and the day that it is for: its answers depend on both.
        self._gate: tuple[tuple[int, dt.date], ReleaseGate] | None = None
        self._lock = Lock()
        self._refusals: Cache[tuple[int, dt.date, Choice], tuple[Problem, ...]] = Cache(_MAX_CHOICES)

    def find_refusals(self, snapshot: Snapshot, choice: Choice) -> tuple[Problem, ...]:
        """Return why a print must not be made today, in a project that requires a release; drafts have a banner.

        Raises NotOfferedError for a print that the library cannot plan.
        """
        if require_library(snapshot).settings.release != "required":
            return ()
        key = snapshot.number, self._today(), choice
        refusals = self._refusals.get(key)
        if refusals is None:
            planned = plan_choice(snapshot, choice)
            numbered = number(planned.selection, planned.practice.inserts)
            with self._lock:  # it is not safe for threads
                refusals = self._open_gate(snapshot).find_refusals(numbered, planned.practice)
            self._refusals.put(key, refusals)
        return refusals

    def find_handout_refusals(self, snapshot: Snapshot, handout: Handout) -> tuple[Problem, ...]:
        """Return why a handout must not be printed today for any practice, in a project that requires a release."""
        if require_library(snapshot).settings.release != "required":
            return ()
        with self._lock:
            return self._open_gate(snapshot).find_handout_refusals(handout)

    def _open_gate(self, snapshot: Snapshot) -> "ReleaseGate":
        from handouts.check.release import ReleaseGate  # noqa: PLC0415 - most projects do not need its rules

        key = snapshot.number, self._today()
        if self._gate is None or self._gate[0] != key:
            library = require_library(snapshot)
            gate = ReleaseGate(self._project, library, snapshot.problems, key[1], allow_drafts=True)
            self._gate = key, gate
        return self._gate[1]
