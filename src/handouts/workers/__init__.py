"""Who works: worker processes, started when there is work for them or ahead of it."""

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import ParamSpec, TypeVar

from handouts.typeset import rarely_collect_garbage, warm_up
from handouts.workers.lasting import LastingWorkers
from handouts.workers.task import settle

_MOST_WORKERS = 61  # what Windows can wait for

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class _Processes(ProcessPoolExecutor):
    """Processes that never see Ctrl-C, not even while they start: it is for the process that waits for them."""

    def submit(
        self, fn: Callable[_Arguments, _Result], /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> Future[_Result]:
        """Submit a task; the processes and the thread that this starts inherit that SIGINT is held back."""
        if sys.platform == "win32":
            return super().submit(fn, *args, **kwargs)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def processors() -> int:
    """Tell how many processors this process may use: in a container these can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@contextlib.contextmanager
def ended(executor: Executor) -> Iterator[None]:
    """Shut an executor down at the end of a block; after an exception at once, whatever its workers are doing."""
    try:
        yield
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise
    executor.shutdown()


def workers(at_once: int, limit: float | None = None, *, ahead: bool = False) -> Executor:
    """Give an executor of so many processes, with a time limit in seconds for each task.

    They are started once there is a task for them, or now with `ahead`. One that dies or hangs is replaced. They are
    spawned, not forked, so that no state of this process is copied into WeasyPrint.
    """
    count = min(at_once, _MOST_WORKERS)
    lasting = LastingWorkers(_spawned, count, limit)
    for _ in range(count if ahead else 0):
        lasting.submit(int)  # any task starts a process
    return lasting


def workers_ahead(at_once: int, limit: float | None = None) -> Executor:
    """Give an executor of so many processes that start to import WeasyPrint at once, while the caller reads.

    To be called early, when this process has one thread, little loaded and nothing open: then they are forked on Linux,
    which saves the fifth of a second that a fresh one takes to start; those that replace them are spawned. macOS can
    fork too, but its own libraries do not bear it.
    """
    if sys.platform != "linux":
        return workers(at_once, limit, ahead=True)
    count = min(at_once, _MOST_WORKERS)
    first = _Processes(count, mp_context=multiprocessing.get_context("fork"), initializer=_ready)
    first.submit(int)  # any task starts the processes
    return LastingWorkers(_spawned, count, limit, first)


def readers(at_once: int) -> Executor:
    """Give an executor of so many processes for what needs no WeasyPrint; on Linux they are forked, as above."""
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return _Processes(min(at_once, _MOST_WORKERS), mp_context=context, initializer=_settle)


def _spawned(at_once: int) -> Executor:
    return _Processes(at_once, mp_context=multiprocessing.get_context("spawn"), initializer=_ready)


def _ready() -> None:
    settle()
    warm_up()


def _settle() -> None:
    settle()
    rarely_collect_garbage()
