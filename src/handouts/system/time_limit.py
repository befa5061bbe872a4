"""A time limit for code that works on input from strangers, in any thread of this process."""

import ctypes
import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from handouts.problems.exceptions import HandoutsError

_READING_SECONDS: Final = 60  # the largest shipped file takes 0.1 s
_PAUSE: Final = 1  # seconds until the exception is raised again, if a library caught it


class TooSlowError(HandoutsError):
    """A block of code took longer than its time limit."""


def find_reading_limit() -> float | None:
    """Return the seconds that reading one file may take: HANDOUTS_READING_SECONDS, 60 if it is not set, None for 0.

    Raises ValueError if the variable holds no number.
    """
    seconds = float(os.environ.get("HANDOUTS_READING_SECONDS") or _READING_SECONDS)
    if not math.isfinite(seconds):
        raise ValueError(seconds)
    return seconds if seconds > 0 else None


class _EndedError(HandoutsError):
    """A block has ended."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in this thread if a block takes longer than `seconds`.

    Python code is interrupted between two of its instructions, a single call into C code is not: what could take long
    there needs a limit of its size, or a worker process.
    """
    watch = _Watch(threading.get_ident(), seconds)
    try:
        watch.start()
        yield
    finally:
        watch.end()


class _Watch(threading.Thread):
    """Interrupts another thread, unless its block has ended."""

    def __init__(self, watched: int, seconds: float) -> None:
        super().__init__(name="time limit", daemon=True)
        self._watched = ctypes.c_ulong(watched)
        self._seconds = seconds
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._has_raised = False

    def run(self) -> None:
        seconds = self._seconds
        while not self._ended.wait(seconds):
            with self._lock:
                if not self._ended.is_set():
                    self._has_raised = True
                    _raise_in_thread(self._watched, TooSlowError)
            seconds = _PAUSE

    def end(self) -> None:
        """End the block: nothing is raised any more, and what was not raised yet is dropped."""
        while True:
            try:
                with self._lock:
                    self._ended.set()
                if self._has_raised:
                    _drop(self._watched)
            except TooSlowError:  # raised right here
                continue
            return


def _drop(thread: ctypes.c_ulong) -> None:
    """Drop an exception that this thread may have to raise at its next instruction.

    Another one takes its place and is caught. If there was just none, Python 3.11 would keep looking for one, and a
    debugger or profiler, at any time later, would make no progress.
    """
    try:
        _raise_in_thread(thread, _EndedError)
        while True:
            time.sleep(0)
    except _EndedError:
        return


def _raise_in_thread(thread: ctypes.c_ulong, error: type[HandoutsError]) -> None:
    """Have a thread raise an exception at its next instruction, in place of one that it has not raised yet."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(error))
