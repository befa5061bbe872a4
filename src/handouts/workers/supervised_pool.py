"""An executor of worker processes: one that dies or hangs is replaced, and only the task that it had may fail."""

import pickle
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, InvalidStateError, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, ParamSpec, TypeVar

from handouts.workers.errors import WorkerDiedError
from handouts.workers.worker import Worker, block_sigint

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

_TASKS_EACH = 300  # tasks after which a worker is replaced, because its memory grows slowly
_OVERLAP = 5  # tasks before its replacement at which its successor starts, to be ready in time
_FAILED_STARTS = 3


class SupervisedPool(Executor):
    """Runs tasks in processes; can be used by many threads.

    A thread waits for each process. If a process dies, its task is tried once more in a fresh one; if that dies too,
    the task fails with WorkerDiedError. A task that exceeds the time limit of its worker fails with TimedOutError.
    """

    def __init__(self, at_once: int, start: Callable[[], Worker], started: Sequence[Worker] = ()) -> None:
        """Use the workers in `started` first; `start` starts another."""
        self._start = start
        self._idle = list(started)
        self._threads = ThreadPoolExecutor(at_once, "worker", block_sigint)
        self._lock = threading.Lock()
        self._failed_starts = 0
        self._is_cancelled = False

    def submit(
        self, fn: Callable[_Arguments, _Result], /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> Future[_Result]:
        """Submit a call whose function and arguments can be pickled.

        Its future can be cancelled also while it runs: then its result is dropped.
        """
        call = pickle.dumps((partial(fn, **kwargs), args))
        promised: Future[Any] = Future()
        running = self._threads.submit(self._run_task, call)
        promised.add_done_callback(lambda done: running.cancel() if done.cancelled() else None)
        running.add_done_callback(partial(_copy_result, promised))
        return promised

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as Executor
        """End the processes once they are done; with `cancel_futures`, no task is begun and no process started."""
        with self._lock:
            self._is_cancelled = self._is_cancelled or cancel_futures
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.stop()
        if wait:
            for worker in idle:
                worker.join()

    def _run_task(self, call: bytes) -> object:
        worker = self._get_ready_worker()
        try:
            return self._run(worker, call)
        except WorkerDiedError:
            # It may have died for another reason than this task, even while it was idle.
            return self._run(self._get_ready_worker(fresh=True), call)

    def _run(self, worker: Worker, call: bytes) -> object:
        try:
            return worker.run(call)
        finally:
            self._return_worker(worker)

    def _get_ready_worker(self, *, fresh: bool = False) -> Worker:
        """Return an idle worker, or start one. Raises WorkerDiedError if none can be started."""
        while True:
            with self._lock:
                if self._is_cancelled:
                    raise WorkerDiedError
                worker = self._start() if fresh or not self._idle else self._take_idle()
            try:
                worker.wait_until_ready()
            except WorkerDiedError:
                self._failed_starts += 1
                if self._failed_starts >= _FAILED_STARTS:
                    raise
            else:
                self._failed_starts = 0
                return worker

    def _take_idle(self) -> Worker:
        """Take the worker that was used last, whose caches are warm, or the first that was started if none is ready."""
        worker = next((idle for idle in reversed(self._idle) if idle.is_ready), self._idle[0])
        self._idle.remove(worker)
        return worker

    def _return_worker(self, worker: Worker) -> None:
        with self._lock:
            is_wanted = worker.is_alive and worker.calls < _TASKS_EACH and not self._is_cancelled
            if is_wanted and worker.calls == _TASKS_EACH - _OVERLAP:
                with suppress(OSError):  # no room for another process now: it is started when it is needed
                    self._idle.insert(0, self._start())  # taken last
            if is_wanted:
                self._idle.append(worker)
        if not is_wanted:
            worker.stop()
            worker.join()


def _copy_result(promised: Future[Any], running: Future[object]) -> None:
    """Copy the result of a future to another one, unless that was cancelled."""
    if running.cancelled():
        promised.cancel()
    if not promised.set_running_or_notify_cancel():
        return
    failed = running.exception()
    with suppress(InvalidStateError):
        if failed is None:
            promised.set_result(running.result())
        else:
            promised.set_exception(failed)
