"""Prints: what the page shows and gives out, made by worker processes, each once for all who want it."""

import math
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from threading import BoundedSemaphore

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import Planned
from handouts.build.typeset import Typeset, typeset
from handouts.model.document import Composed
from handouts.model.patient import Patient
from handouts.model.project import Project
from handouts.numbering.number import number
from handouts.numbering.select import EmptySelectionError, UnknownNameError
from handouts.problems.problem import Problem, error, has_errors
from handouts.provenance.versions import engine_versions
from handouts.system.cache import Cache
from handouts.web.live_library import Stock
from handouts.web.print_choice import Choice, NotChosenError
from handouts.web.running_prints import BusyError, Running, SupersededError
from handouts.workers.errors import TimedOutError, WorkerDiedError

_ROOM = 128 * 1024 * 1024  # bytes of finished files
_CHOICES = 10_000
# Threads of the server: with those that wait, fewer than it has, so that some are free for what is made already.
_COMPOSING = 12


@dataclass(frozen=True, slots=True)
class Print:
    """One print: its file unless there is an error among the problems, and the digest of what it was made from.

    With a patient on it there is no digest, for nothing of it is kept.
    """

    planned: Planned
    made: Typeset
    problems: tuple[Problem, ...]
    digest: str = ""
    is_older: bool = False

    @property
    def ok(self) -> bool:
        """Tell whether there is a file to be used."""
        return self.is_older or not has_errors(self.problems)

    @property
    def sheets(self) -> int:
        """How many sheets of paper it takes when printed on both sides."""
        return math.ceil(self.made.pages / 2)


@dataclass(frozen=True, slots=True)
class _Composed:
    planned: Planned
    problems: tuple[Problem, ...]
    digest: str


class Prints:
    """Makes prints and keeps those that name no patient, as long as there is room; safe for threads."""

    def __init__(self, project: Project, typesetters: Executor, waiting: int) -> None:
        """Let so many requests wait at once for prints to be made."""
        self._project = project
        self._typesetters = typesetters
        self._engine = engine_versions()
        self._running = Running(waiting)
        self._composing = BoundedSemaphore(_COMPOSING)
        self._pipeline = 0, Pipeline(project, {})
        self._composed: Cache[tuple[int, Choice], _Composed] = Cache(_CHOICES)
        self._files: Cache[str, Typeset] = Cache(_ROOM, _size)
        self._last_good: Cache[Choice, str] = Cache(_CHOICES)

    def file(self, digest: str) -> Typeset | None:
        """Give a finished file that is still kept."""
        return self._files.get(digest)

    def find(self, stock: Stock, choice: Choice, who: Hashable) -> Print:
        """Give a print; if the files are broken now, the last good one with their problems.

        What the same one (`who`) waited for until now is given up. Raise NotChosenError if the library has no such
        thing any more, BusyError if there is too much to do, SupersededError if given up.
        """
        known = self._composed.get((stock.number, choice))
        made = self._files.get(known.digest) if known else None
        if known and made:
            return self._or_older(choice, Print(known.planned, made, (*known.problems, *made.problems), known.digest))
        planned, composed, problems, digest = self._compose(stock, choice, None)
        if composed is None or has_errors(problems):
            return self._or_older(choice, Print(planned, Typeset(b"", 0, ()), problems))
        self._composed.put((stock.number, choice), _Composed(planned, problems, digest))
        made = self._files.get(digest) or self._wait(digest, lambda: self._start(digest, composed), who)
        return self._or_older(choice, Print(planned, made, (*problems, *made.problems), digest))

    def find_for(self, stock: Stock, choice: Choice, patient: Patient, who: Hashable) -> Print:
        """Give a print with what was typed for a patient on it; nothing of it is kept. Raise as `find` does."""
        planned, composed, problems, _ = self._compose(stock, choice, patient)
        if composed is None or has_errors(problems):
            return Print(planned, Typeset(b"", 0, ()), problems)
        made = self._wait(object(), lambda: self._typesetters.submit(typeset, composed), who)
        return Print(planned, made, (*problems, *made.problems))

    def _compose(
        self, stock: Stock, choice: Choice, patient: Patient | None
    ) -> tuple[Planned, Composed | None, tuple[Problem, ...], str]:
        """Compose a print, and take the digest of its sources by what composed it: others may want a newer stock."""
        if stock.library is None:
            raise NotChosenError
        try:
            planned = choice.planned(stock.library)
        except (UnknownNameError, EmptySelectionError, ValueError):
            raise NotChosenError from None
        known, pipeline = self._pipeline
        if known != stock.number:
            # It reads each file once, so a change of the files needs another.
            pipeline = Pipeline(self._project, stock.library.references)
            self._pipeline = stock.number, pipeline
        numbered = number(planned.selection, planned.practice.inserts)
        # A template of a stranger may take as long as it likes.
        if not self._composing.acquire(blocking=False):
            raise BusyError
        try:
            composition = pipeline.compose(numbered, planned.practice, planned.edition, patient)
        finally:
            self._composing.release()
        if patient:
            return planned, composition.document, composition.problems, ""
        key = pipeline.build_keys(self._engine).build_key(numbered, planned.practice, planned.edition)
        return planned, composition.document, composition.problems, key

    def _wait(self, name: Hashable, start: Callable[[], Future[Typeset]], who: Hashable) -> Typeset:
        """Wait for a print to be made; what goes wrong with it becomes a problem of it."""
        try:
            return self._running.wait(name, start, who)
        except (BusyError, SupersededError):
            raise
        except TimedOutError:
            hint = "leave out sections, or tell who looks after this machine"
            problem = error("timed-out", "making the print took too long and was ended", None, hint)
        except WorkerDiedError:
            problem = error("worker-died", "the process that made the print died", None, "try again")
        except Exception as broken:  # noqa: BLE001 - whatever the engine raises; its words may quote what was typed
            hint = "try again; if it stays so, tell who looks after this machine"
            problem = error("not-rendered", f"the print could not be made: {type(broken).__name__}", None, hint)
        return Typeset(b"", 0, (problem,))

    def _start(self, digest: str, composed: Composed) -> Future[Typeset]:
        """Start a print whose file is kept once it is made."""
        promised = self._typesetters.submit(typeset, composed)
        promised.add_done_callback(lambda done: self._keep(digest, done))
        return promised

    def _keep(self, digest: str, done: Future[Typeset]) -> None:
        if not done.cancelled() and done.exception() is None:
            self._files.put(digest, done.result())

    def _or_older(self, choice: Choice, found: Print) -> Print:
        if not has_errors(found.problems):
            self._last_good.put(choice, found.digest)
            return found
        older = self._last_good.get(choice)
        made = self._files.get(older) if older else None
        return replace(found, made=made, digest=older, is_older=True) if older and made else found


def _size(made: Typeset) -> int:
    return len(made.content) + 1024
