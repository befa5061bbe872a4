"""A task as a worker process carries it out: read from a file, with a time limit, and never without its parent."""

import contextlib
import faulthandler
import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Iterator
from pathlib import Path


def carry_out(task: Path, limit: float | None) -> object:
    """Carry out the call that was pickled to a file; end this process if that takes more than `limit` seconds.

    Only the path goes through the pipe to a worker: a document would fill it, and up to Python 3.11.4 a process that
    writes to the pipe of a worker that died waits for ever (CPython gh-94777). A file that is gone tells that its task
    was begun.
    """
    gc.collect(0)  # of the document before: in the midst of one nothing could be freed
    called, arguments = pickle.loads(task.read_bytes())  # noqa: S301 - written by the process that started this one
    task.unlink()
    with limited(late(task), limit):
        return called(*arguments)


def late(task: Path) -> Path:
    """Give the file that holds where a task was, if it was ended for its time limit."""
    return task.with_suffix(".late")


@contextlib.contextmanager
def limited(trace: Path, limit: float | None) -> Iterator[None]:
    """End this process if a block takes more than `limit` seconds; the file `trace` tells then where it was."""
    if limit is None:
        yield
        return
    with trace.open("w") as file:
        # A thread of its own, in C: it ends the process also when no Python code runs any more.
        faulthandler.dump_traceback_later(limit, exit=True, file=file)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
    trace.unlink(missing_ok=True)


def settle() -> None:
    """Prepare this process to work for another: Ctrl-C is for the one that waits, and without it there is no work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # it comes from that one, and is no interruption
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    from multiprocessing.connection import wait  # noqa: PLC0415 - not needed to start

    wait([sentinel])
    os._exit(1)
