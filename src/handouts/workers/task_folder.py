"""The folder through which tasks go to workers: in memory where that can be, and gone with the process."""

import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

# What is in it was never on a disk: a document may bear the name of a patient.
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it, under a new name
_NAME = re.compile(r"handouts-([0-9]+)-.*")


def task_folder() -> "tempfile.TemporaryDirectory[str]":
    """Make a folder for the tasks of this process, and remove those of processes that were killed."""
    memory = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    if memory:
        _sweep(memory)
    return tempfile.TemporaryDirectory(prefix=f"handouts-{os.getpid()}-", dir=memory, ignore_cleanup_errors=True)


def _sweep(memory: Path) -> None:
    for folder in memory.iterdir():
        named = _NAME.fullmatch(folder.name)
        with suppress(OSError):
            if named and folder.lstat().st_uid == os.getuid() and not _is_alive(int(named[1])):
                shutil.rmtree(folder)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
