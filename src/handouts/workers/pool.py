"""Worker processes, started when there is work for them or ahead of it."""

import contextlib
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from functools import partial
from typing import Literal

from handouts.system.garbage_collection import collect_garbage_rarely
from handouts.workers.supervised_pool import SupervisedPool
from handouts.workers.worker import Worker


def count_processors() -> int:
    """Return how many processors this process may use: in a container these can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@contextlib.contextmanager
def shutting_down(executor: Executor) -> Iterator[None]:
    """Shut an executor down at the end of a block; after an exception immediately, whatever its workers are doing."""
    try:
        yield
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise
    executor.shutdown()


def start_pool(
    prepare: Callable[[], None], at_once: int, limit: float | None = None, *, ahead: bool = False
) -> Executor:
    """Return an executor of `at_once` processes, each of which calls `prepare` before its first task.

    `limit` is the time limit of each task in seconds. The processes are started when there is a task for them, or now
    with `ahead`. One that dies or hangs is replaced. They are spawned, not forked, so that no state of this process is
    copied into a library that they load.
    """
    return _make_pool(prepare, at_once, limit, "spawn" if ahead else None)


def start_pool_early(prepare: Callable[[], None], at_once: int, limit: float | None = None) -> Executor:
    """Return an executor whose processes start to `prepare` at once, while the caller does something else.

    Call it early, while this process has one thread, few modules and no open files: then the processes are forked on
    Linux, which saves the 0.2 s that a fresh one takes to start; those that replace them are spawned. macOS can fork
    too, but its own libraries do not support it.
    """
    return _make_pool(prepare, at_once, limit, "fork" if sys.platform == "linux" else "spawn")


def start_reading_pool(at_once: int) -> Executor:
    """Return an executor of `at_once` processes for tasks that need no WeasyPrint; on Linux they are forked."""
    return _make_pool(collect_garbage_rarely, at_once, None, "fork" if sys.platform == "linux" else None)


def _make_pool(
    prepare: Callable[[], None], at_once: int, limit: float | None, method: Literal["fork", "spawn"] | None
) -> Executor:
    started = [Worker(prepare, limit, method) for _ in range(at_once)] if method else []
    return SupervisedPool(at_once, partial(Worker, prepare, limit), started)
