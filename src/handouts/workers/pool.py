"""Worker processes, started when there is work for them or ahead of it."""

import contextlib
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from functools import partial
from typing import Literal

from handouts.build.typeset import rarely_collect_garbage, warm_up
from handouts.workers.supervised_pool import LastingWorkers
from handouts.workers.worker import Worker


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
    """Return an executor of so many processes, with a time limit in seconds for each task.

    They are started once there is a task for them, or now with `ahead`. One that dies or hangs is replaced. They are
    spawned, not forked, so that no state of this process is copied into WeasyPrint.
    """
    return _pool(at_once, limit, warm_up, "spawn" if ahead else None)


def workers_ahead(at_once: int, limit: float | None = None) -> Executor:
    """Return an executor of so many processes that start to import WeasyPrint at once, while the caller reads.

    To be called early, when this process has one thread, little loaded and nothing open: then they are forked on Linux,
    which saves the fifth of a second that a fresh one takes to start; those that replace them are spawned. macOS can
    fork too, but its own libraries do not support it.
    """
    return _pool(at_once, limit, warm_up, "fork" if sys.platform == "linux" else "spawn")


def readers(at_once: int) -> Executor:
    """Return an executor of so many processes for what needs no WeasyPrint; on Linux they are forked, as above."""
    return _pool(at_once, None, rarely_collect_garbage, "fork" if sys.platform == "linux" else None)


def _pool(
    at_once: int, limit: float | None, prepare: Callable[[], None], ahead: Literal["fork", "spawn"] | None
) -> Executor:
    started = [Worker(prepare, limit, ahead) for _ in range(at_once)] if ahead else []
    return LastingWorkers(at_once, partial(Worker, prepare, limit), started)
