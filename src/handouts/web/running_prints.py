"""Running: prints that are being made, each once for all who wait for it, and none that nobody waits for any more."""

from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from threading import Lock

from handouts.build.typeset import Typeset
from handouts.problems.exceptions import HandoutsError


class BusyError(HandoutsError):
    """More is being made than this machine can do soon."""


class SupersededError(HandoutsError):
    """Who waited for this asked for something else since."""


@dataclass(eq=False, slots=True)
class _Job:
    future: Future[Typeset]
    waiting: set[Hashable] = field(default_factory=set)


class Running:
    """The prints that are being made, by what they are made from; safe for threads."""

    def __init__(self, room: int) -> None:
        """Let so many requests wait at once."""
        self._room = room
        self._lock = Lock()
        self._jobs: dict[Hashable, _Job] = {}
        self._jobs_of: dict[Hashable, _Job] = {}
        self._count = 0

    def wait(self, name: Hashable, start: Callable[[], Future[Typeset]], who: Hashable) -> Typeset:
        """Wait for a print, started now unless it is being made; what `who` waited for until now is given up.

        Raise BusyError if too many wait, SupersededError if given up, and whatever the making raises.
        """
        with self._lock:
            job = self._jobs.get(name)
            self._give_up(who, instead=job)
            if self._count >= self._room:
                raise BusyError
            if job is None:
                job = self._jobs[name] = _Job(start())
            job.waiting.add(who)
            self._jobs_of[who] = job
            self._count += 1
        try:
            return job.future.result()
        except CancelledError:
            raise SupersededError from None
        finally:
            with self._lock:
                self._count -= 1
                if self._jobs.get(name) is job:
                    del self._jobs[name]
                if self._jobs_of.get(who) is job:
                    del self._jobs_of[who]

    def _give_up(self, who: Hashable, instead: _Job | None) -> None:
        before = self._jobs_of.pop(who, None)
        if before is None or before is instead:
            return
        before.waiting.discard(who)
        if not before.waiting and before.future.cancel():
            self._jobs = {name: job for name, job in self._jobs.items() if job is not before}
