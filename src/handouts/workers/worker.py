"""One worker process, which runs the calls that it receives through a pipe, one after another."""

import contextlib
import gc
import io
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.util import Finalize
from typing import Literal

from handouts.system.core_dumps import forbid_core_dumps
from handouts.system.memory_limit import limit_memory
from handouts.workers.errors import TimedOutError, UnpreparedWorkerError, WorkerDiedError
from handouts.workers.time_limit import limited

_SECONDS_TO_END = 10
_READY = b"ready"


class Worker:
    """A worker process and this side of the pipe to it; not to be used by several threads at once.

    Calls and results are never written to a file, not even in memory (/dev/shm): they can hold a patient's name, and a
    file outlives processes that are killed.
    """

    def __init__(
        self, prepare: Callable[[], None], limit: float | None = None, method: Literal["spawn", "fork"] = "spawn"
    ) -> None:
        """Start the process and return at once; `limit` is the time limit of each call in seconds.

        The process calls `prepare` before its first call. Forking is safe only while this process has one thread.
        """
        context = multiprocessing.get_context("fork") if method == "fork" else multiprocessing.get_context("spawn")
        self._limit = limit
        self._connection, worker_end = context.Pipe()
        folder = _make_temporary_folder()
        # A process that is killed cannot remove its folder: this one does, at its exit after it has ended daemons (-1).
        self._remove_folder = Finalize(self, _remove, (folder,), exitpriority=-1)
        self._process = context.Process(target=_run_process, args=(worker_end, prepare, limit, folder), daemon=True)
        # This side closes the other end, so that a write to a dead worker fails and a read from it ends.
        with worker_end, _sigint_blocked():
            self._process.start()
        self._has_answered = False
        self.is_alive = True
        self.calls = 0

    @property
    def is_ready(self) -> bool:
        """Whether `wait_until_ready` returns, or raises, at once."""
        try:
            return self._has_answered or self._connection.poll()
        except OSError:  # on Windows, if the process is dead
            return True

    def wait_until_ready(self) -> None:
        """Wait until the process is prepared.

        Raises UnpreparedWorkerError if it could not load what it needs, WorkerDiedError if it dies first.
        """
        if not self._has_answered:
            answer = self._receive()
            if answer != _READY:
                self._discard()
                raise UnpreparedWorkerError(answer.decode())
            self._has_answered = True

    def run(self, call: bytes) -> object:
        """Run a pickled pair of a function and its arguments; return its result or raise its exception.

        Raises TimedOutError or WorkerDiedError if the process ends before it answers.
        """
        self.wait_until_ready()
        self.calls += 1
        began = time.monotonic()
        try:
            self._send(call)
            answer = self._receive()
        except WorkerDiedError:
            if self._limit is not None and time.monotonic() - began >= self._limit:
                raise TimedOutError from None
            raise
        failed, result = pickle.loads(answer)  # noqa: S301 - written by the process that was started here
        if failed is not None:
            raise failed
        return result

    def stop(self) -> None:
        """Ask the process to end once it is idle."""
        if self.is_alive:
            with contextlib.suppress(WorkerDiedError):
                self._send(b"")

    def join(self) -> None:
        """Wait until the process, asked to stop, is gone; end it if that takes too long."""
        self._process.join(_SECONDS_TO_END)
        self._discard()

    def _send(self, message: bytes) -> None:
        try:
            self._connection.send_bytes(message)
        except OSError:
            self._discard()
            raise WorkerDiedError from None

    def _receive(self) -> bytes:
        try:
            return self._connection.recv_bytes()
        except (EOFError, OSError):
            self._discard()
            raise WorkerDiedError from None

    def _discard(self) -> None:
        self.is_alive = False
        self._process.kill()
        self._process.join()
        self._connection.close()
        self._remove_folder()


def block_sigint() -> None:
    """Block Ctrl-C in this thread and in those that it starts: only the main thread handles it."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


@contextlib.contextmanager
def _sigint_blocked() -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def configure_worker(folder: str | None = None) -> None:
    """Ignore Ctrl-C, write no core dumps, limit the memory, use a temporary folder, and exit when the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a forked process inherits the parent's handler
    forbid_core_dumps()
    limit_memory()
    if folder:
        tempfile.tempdir = folder
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel, folder), daemon=True).start()


def _exit_after(sentinel: int, folder: str | None) -> None:
    from multiprocessing.connection import wait  # noqa: PLC0415 - not needed to start

    wait([sentinel])
    _remove(folder)
    os._exit(1)


def _make_temporary_folder() -> str | None:
    """Make a folder for the temporary files of one worker: the engine leaves the fonts of practices behind."""
    try:
        return tempfile.mkdtemp(prefix="handouts-")
    except OSError:  # nothing can be written: then nothing is left
        return None


def _remove(folder: str | None) -> None:
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def _run_process(connection: Connection, prepare: Callable[[], None], limit: float | None, folder: str | None) -> None:
    """Run as the worker process: execute calls until an empty one arrives."""
    configure_worker(folder)
    try:
        _execute_calls(connection, prepare, limit)
    finally:
        _remove(folder)


def _execute_calls(connection: Connection, prepare: Callable[[], None], limit: float | None) -> None:
    try:
        # Libraries that find something missing print about it, each process the same.
        with contextlib.redirect_stdout(io.StringIO()):
            prepare()
    except (ImportError, OSError) as missing:
        with contextlib.suppress(OSError):
            connection.send_bytes(str(missing).partition("\n")[0].encode("utf-8", "replace") or b"unknown")
        return
    try:
        connection.send_bytes(_READY)
        while call := connection.recv_bytes():
            connection.send_bytes(_execute(call, limit))
            del call
            gc.collect(0)  # while the parent handles the result: during a call nothing could be freed
    except (EOFError, OSError):  # the parent process no longer waits
        return


def _execute(call: bytes, limit: float | None) -> bytes:
    """Execute a call; return its pickled exception and result, one of which is None."""
    try:
        function, arguments = pickle.loads(call)  # noqa: S301 - written by the process that started this one
        with limited(limit):
            return pickle.dumps((None, function(*arguments)))
    except Exception as failed:  # noqa: BLE001 - the waiting process handles it
        failed.add_note("in a worker process:\n" + "".join(traceback.format_exception(failed)))
        try:
            return pickle.dumps((failed, None))
        except Exception as unpicklable:  # noqa: BLE001 - exceptions of libraries may raise anything
            return pickle.dumps((TypeError(f"{type(failed).__name__} cannot be pickled: {unpicklable}"), None))
