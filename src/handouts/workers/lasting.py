"""An executor that lasts: a worker process that dies or hangs is replaced, and costs its own task at most."""

import contextlib
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, InvalidStateError
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

from handouts.workers.task import carry_out, late
from handouts.workers.task_folder import task_folder

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
_Which = Literal["together", "alone"]

_TASKS_EACH = 200  # a worker is replaced after so many, for its memory grows slowly
_STARTS_IN_VAIN = 3


class WorkerDiedError(Exception):
    """The process that carried out a task died, also when it had nothing else to do."""


class TimedOutError(Exception):
    """A task took longer than its time limit, and its process was ended."""


@dataclass(slots=True, eq=False)
class _Task:
    call: bytes
    path: Path = Path()
    future: Future[Any] = field(default_factory=Future)
    deaths: int = 0


@dataclass(slots=True, eq=False)
class _Crew:
    executor: Executor
    given: int = 0
    has_worked: bool = False


class UnfitWorkerError(Exception):
    """A worker would make something else than this machine: other versions, other files, or several at once."""


class LastingWorkers(Executor):
    """Processes that carry out tasks; safe to be used by many threads.

    `start` gives a fresh executor of so many processes. When one dies, all tasks that were begun may have killed it:
    each is tried again with no other beside it, and fails with WorkerDiedError if that process dies too. A task that
    takes more than `limit` seconds fails with TimedOutError.
    """

    def __init__(
        self, start: Callable[[int], Executor], at_once: int, limit: float | None, first: Executor | None = None
    ) -> None:
        """Use `first` instead of a fresh executor as long as it lasts."""
        self._start = start
        self._at_once = {"together": at_once, "alone": 1}
        self._limit = limit
        self._folder = task_folder()
        self._lock = threading.Lock()
        self._current: dict[_Which, _Crew] = {"together": _Crew(first)} if first else {}
        self._retired: list[_Crew] = []
        self._count = 0
        self._in_vain = 0
        self._closed = False

    def submit(
        self, fn: Callable[_Arguments, _Result], /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> Future[_Result]:
        """Submit a call whose function and arguments can be pickled."""
        task = _Task(pickle.dumps((partial(fn, **kwargs), args)))
        self._hand_out(task, "together")
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor
        """End the processes, when they are done or, with `cancel_futures`, after the tasks that were begun."""
        with self._lock:
            self._closed = self._closed or cancel_futures
            crews = [*self._retired, *self._current.values()]
        for crew in crews:
            crew.executor.shutdown(wait=wait, cancel_futures=cancel_futures)
        if wait:
            # The last tasks may have been handed out anew after a death.
            with self._lock:
                self._closed = True
                crews = list(self._current.values())
            for crew in crews:
                crew.executor.shutdown()
        self._folder.cleanup()

    def _hand_out(self, task: _Task, which: _Which) -> None:
        try:
            crew, inner = self._given_out(task, which)
        except Exception as failed:  # noqa: BLE001 - a full disk, say: whoever waits for this task has to know
            task.future.set_exception(failed)
            return
        task.future.add_done_callback(lambda outer: inner.cancel() if outer.cancelled() else None)
        inner.add_done_callback(partial(self._settle, task, which, crew))

    def _given_out(self, task: _Task, which: _Which) -> tuple[_Crew, Future[object]]:
        for _ in range(_STARTS_IN_VAIN):
            with self._lock:
                if self._closed:
                    break
                self._count += 1
                task.path = Path(self._folder.name, f"{self._count}.task")
                crew, retired = self._crew(which)
            task.path.write_bytes(task.call)
            # Never under the lock: an executor that breaks holds one of its own while it tells of it.
            if retired:
                retired.executor.shutdown(wait=False)
            try:
                return crew, crew.executor.submit(carry_out, task.path, self._limit)
            except RuntimeError:  # it was retired meanwhile, or broke and nobody has noticed yet
                self._dismiss(crew, which)
        raise WorkerDiedError

    def _crew(self, which: _Which) -> tuple[_Crew, _Crew | None]:
        """Give the crew for the next task, and one that gets no more: it finishes what it has meanwhile."""
        current = self._current.get(which)
        retired = current if current and current.given >= self._at_once[which] * _TASKS_EACH else None
        if retired:
            current = None
            self._retired = [*self._retired[-1:], retired]
        if current is None:
            current = self._current[which] = _Crew(self._start(self._at_once[which]))
        current.given += 1
        return current, retired

    def _dismiss(self, crew: _Crew, which: _Which) -> None:
        with self._lock:
            if self._current.get(which) is crew:
                del self._current[which]
                self._in_vain = 0 if crew.has_worked else self._in_vain + 1

    def _settle(self, task: _Task, which: _Which, crew: _Crew, inner: Future[object]) -> None:
        if inner.cancelled():
            task.path.unlink(missing_ok=True)
            task.future.cancel()
            task.future.set_running_or_notify_cancel()
            return
        failed = inner.exception()
        if isinstance(failed, BrokenExecutor):
            self._after_death(task, which, crew)
            return
        crew.has_worked = True
        with contextlib.suppress(InvalidStateError):  # it was cancelled meanwhile
            if failed is None:
                task.future.set_result(inner.result())
            else:
                task.future.set_exception(failed)

    def _after_death(self, task: _Task, which: _Which, crew: _Crew) -> None:
        begun = not task.path.exists()
        # Those that were begun are told first, for they were given out first.
        crew.has_worked = crew.has_worked or begun
        self._dismiss(crew, which)
        task.deaths += begun
        if _is_late(late(task.path)):
            failed: Exception = TimedOutError()
        elif task.deaths > 1 or self._in_vain >= _STARTS_IN_VAIN or self._closed:
            failed = WorkerDiedError()
        else:
            self._hand_out(task, "alone" if begun else which)
            return
        with contextlib.suppress(InvalidStateError):
            task.future.set_exception(failed)


def _is_late(trace: Path) -> bool:
    try:
        return trace.stat().st_size > 0
    except OSError:
        return False
