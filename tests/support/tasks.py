"""Tasks for worker processes: those that do their work, die, hang, or die the first time only."""

import ctypes
import os
import re
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path


def nothing() -> None:
    """Prepare nothing."""


def has_loaded(module: str) -> bool:
    return module in sys.modules


def double(number: int) -> int:
    return 2 * number


def process_of(number: int) -> tuple[int, int]:
    return number, os.getpid()


def die(_number: int = 0) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: Path) -> str:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return "done"
    die()
    return "never"


def wait_for(mark: Path) -> str:
    while not mark.exists():
        time.sleep(0.01)
    return "done"


def hang() -> None:
    time.sleep(1000)


def hang_in_c() -> None:
    """Hang where no other thread of Python gets a turn."""
    re.match(r"(a|a)+$", "a" * 60 + "b")


def fail() -> None:
    raise ValueError("no such luck")


def take_memory(megabytes: int) -> int:
    return len(b"x" * (megabytes * 1_000_000)) // 1_000_000


def leave_a_file() -> str:
    return tempfile.mkstemp()[1]


def core_dumps_of_this_process() -> tuple[int, int, int]:
    """Return the limits of the size of core dumps, and whether this process can be dumped at all (Linux)."""
    is_dumpable = 3  # PR_GET_DUMPABLE of linux/prctl.h
    return *resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(is_dumpable, 0, 0, 0, 0)
