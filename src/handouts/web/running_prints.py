"""Prints that are being made: each once for everybody who waits for it, and canceled when nobody waits any more."""

import math
import time
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from handouts.build.typeset import FinishedFile
from handouts.problems.exceptions import HandoutsError

_QUIET_SECONDS: Final = 2.0


class BusyError(HandoutsError):
    """More is requested than this computer can make soon."""


class SupersededError(HandoutsError):
    """The visit that waited for this print has requested another one since."""


class AheadVisit:
    """The visit of nobody: it waits for a print that is made ahead."""


@dataclass(eq=False, slots=True)
class _Running:
    future: Future[FinishedFile]
    visits: set[Hashable] = field(default_factory=set)


class RunningPrints:
    """The prints that are being made, by a key for what they are made from. Safe for threads.

    A visit is one opening of the page; it waits for one print at a time.
    """

    def __init__(self, max_waiting: int) -> None:
        """Let at most `max_waiting` requests wait at the same time."""
        self._max_waiting = max_waiting
        self._lock = Lock()
        self._by_key: dict[Hashable, _Running] = {}
        self._by_visit: dict[Hashable, _Running] = {}
        self._waiting = 0
        self._waited_at = -math.inf

    @property
    def is_waited_for(self) -> bool:
        """Whether any request waits."""
        return self._waiting > 0

    @property
    def is_busy(self) -> bool:
        """Whether any request waits, or did just now: another click is likely to follow."""
        return self._waiting > 0 or time.monotonic() - self._waited_at < _QUIET_SECONDS

    def wait(self, key: Hashable, start: Callable[[], Future[FinishedFile]], visit: Hashable) -> FinishedFile:
        """Wait for a print, which is started unless it is being made already; the visit's previous one is canceled.

        Raises BusyError if too many requests wait, SupersededError if this print is canceled, and any exception
        of making it.
        """
        with self._lock:
            running = self._by_key.get(key)
            self._cancel_previous(visit, running)
            if self._waiting >= self._max_waiting:
                raise BusyError
            if running is None:
                running = self._by_key[key] = _Running(start())
            running.visits.add(visit)
            self._by_visit[visit] = running
            self._waiting += 1
        try:
            return running.future.result()
        except CancelledError:
            raise SupersededError from None
        finally:
            with self._lock:
                self._waiting -= 1
                if not isinstance(visit, AheadVisit):
                    self._waited_at = time.monotonic()
                if self._by_key.get(key) is running:
                    del self._by_key[key]
                if self._by_visit.get(visit) is running:
                    del self._by_visit[visit]

    def _cancel_previous(self, visit: Hashable, new: _Running | None) -> None:
        """Stop waiting for the visit's previous print, and cancel it if nobody else waits for it."""
        previous = self._by_visit.pop(visit, None)
        if previous is None or previous is new:
            return
        previous.visits.discard(visit)
        if not previous.visits and previous.future.cancel():
            self._by_key = {key: running for key, running in self._by_key.items() if running is not previous}
