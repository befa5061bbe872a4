"""Workers of a Dask cluster, behind the same interface as those of this machine."""

import logging
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from handouts.problems.exceptions import HandoutsError
from handouts.provenance.input_digest import digest_inputs
from handouts.workers.errors import UnfitWorkerError, WorkerDiedError
from handouts.workers.time_limit import limited

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

_CONNECT_TIMEOUT = 10  # seconds to reach the scheduler
_LOGGERS = ("distributed", "distributed.client", "distributed.gc")  # loggers that set their own level
_POLL_INTERVAL = 0.5  # seconds between two checks that the scheduler is still there


class NoClusterError(HandoutsError):
    """The scheduler cannot be reached, it has no workers, or the packages for it are not installed."""


@dataclass(frozen=True, slots=True)
class _Requirements:
    """What a worker must share with this machine; `token` differs for each build, so that files are read again."""

    root: Path
    digest: str
    token: str
    limit: float | None


class Cluster(Executor):
    """Workers of a Dask cluster; if one is lost, the scheduler gives its task to another.

    They must see the project's folder under the same path, and run one task at a time, because WeasyPrint is not safe
    for threads. `at_once` is how many workers there are. A task fails with UnfitWorkerError if a worker does not meet
    these conditions, with WorkerDiedError if several workers died with it (also by exceeding its time limit in seconds)
    or the scheduler is gone.
    """

    def __init__(self, address: str, root: Path, limit: float | None) -> None:
        """Connect to a scheduler, such as tcp://host:8786; raises NoClusterError if that is not possible."""
        try:
            from distributed import Client  # noqa: PLC0415 - an extra, and slow to import
        except ImportError:
            raise NoClusterError(
                "the packages for a cluster are not installed: install handouts with the extra cluster (docs/ci.md)"
            ) from None
        # Failures are reported by the tasks that fail; its log lines would mix with output for programs.
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client: Client = Client(address, timeout=_CONNECT_TIMEOUT, set_as_default=False)
        except (OSError, ValueError) as failed:
            raise NoClusterError(f"no scheduler answers at {address}: {failed}") from None
        self.at_once: int = sum(self._client.nthreads().values())
        if not self.at_once:
            self._client.close()
            raise NoClusterError(f"the scheduler at {address} has no workers")
        self._executor = self._client.get_executor(pure=False)
        self._waiting: set[Future[Any]] = set()
        threading.Thread(target=self._fail_when_scheduler_is_gone, daemon=True).start()
        self._requirements = _Requirements(root, digest_inputs(root), uuid.uuid4().hex, limit)

    def submit(
        self, fn: Callable[_Arguments, _Result], /, *args: _Arguments.args, **kwargs: _Arguments.kwargs
    ) -> Future[_Result]:
        """Submit a call whose function and arguments can be pickled."""
        outer: Future[_Result] = Future()
        self._waiting.add(outer)
        outer.add_done_callback(self._waiting.discard)
        try:
            inner = self._executor.submit(_run_in_worker, self._requirements, partial(fn, *args, **kwargs))
        except Exception:  # noqa: BLE001 - Dask raises various errors if nothing can be sent
            outer.set_exception(WorkerDiedError())
        else:
            inner.add_done_callback(partial(_copy_result, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - as Executor
        """Disconnect; the cluster drops the tasks that have not started."""
        self._client.close()

    def _fail_when_scheduler_is_gone(self) -> None:
        """Fail the waiting tasks once the scheduler is gone, because Dask never finishes some of its futures."""
        while self._client.status != "closed":
            time.sleep(_POLL_INTERVAL)
        for outer in list(self._waiting):
            with suppress(InvalidStateError):
                outer.set_exception(WorkerDiedError())


def _copy_result(outer: Future[Any], inner: Future[Any]) -> None:
    from distributed import KilledWorker  # noqa: PLC0415 - as above

    with suppress(InvalidStateError):  # it was cancelled meanwhile
        failed = WorkerDiedError() if inner.cancelled() else inner.exception()
        if failed is None:
            outer.set_result(inner.result())
        else:
            outer.set_exception(WorkerDiedError() if isinstance(failed, KilledWorker) else failed)


def _run_in_worker(requirements: _Requirements, call: Callable[[], object]) -> object:
    """Run a call in a worker; raises UnfitWorkerError if it has several threads, other files or other versions."""
    from distributed import get_worker  # noqa: PLC0415 - as above

    worker = get_worker()
    if worker.state.nthreads != 1:
        raise UnfitWorkerError(f"{worker.address} has several threads: start it with --nthreads 1")
    if _cached_digest(requirements) != requirements.digest:
        raise UnfitWorkerError(f"{worker.address} has other versions, or sees other files in {requirements.root}")
    with limited(requirements.limit):
        return call()


@lru_cache(1)
def _cached_digest(requirements: _Requirements) -> str:
    return digest_inputs(requirements.root)
