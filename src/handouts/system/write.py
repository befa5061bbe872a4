"""Writes files whole or not at all."""

import contextlib
import os
import re
import secrets
import sys
from io import BufferedWriter
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PART = re.compile(r"\.[0-9a-f]{16}\.part")
_ATTEMPTS = 3


def write_whole(path: Path, content: bytes, *, flush: bool = True) -> None:
    """Write a part beside the file, flush it to disk, then rename it to the file. Raises OSError on failure.

    Without `flush`, a crash of the machine may leave a damaged file, which its reader has to notice.

    Readers see the old file or the new one, never half of one, even after a crash. Any number of processes can write
    the same file at once, also from containers that share the folder: each writes its own part.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            _write(path, content, flush=flush)
        except FileNotFoundError:
            # Somebody removed the folder, or a machine that does not see the lock removed the part.
            if attempt == _ATTEMPTS:
                raise
        else:
            return


def sweep(folder: Path, before: float) -> None:
    """Remove the parts that killed processes left in a folder and in its direct subfolders.

    While a part is written it is locked, and the system ends the lock with the process. Where there are no locks, parts
    count as abandoned if they were last changed before `before` (seconds since 1970).
    """
    for part in (*folder.glob(".*.part"), *folder.glob("*/.*.part")):
        with contextlib.suppress(OSError):
            _remove_if_abandoned(part, before)


def _write(path: Path, content: bytes, *, flush: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = _new_part(path.parent)
    part = Path(file.name)
    try:
        with file:
            file.write(content)
            file.flush()
            if flush:
                os.fsync(file.fileno())
            if sys.platform != "win32":
                part.replace(path)  # still locked
        if sys.platform == "win32":
            part.replace(path)  # an open file cannot be moved there
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _new_part(folder: Path) -> BufferedWriter:
    """Create a part, locked where the file system has locks."""
    while True:
        file = (folder / f".{secrets.token_hex(8)}.part").open("xb")
        if sys.platform == "win32":
            return file
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
            if not Path(file.name).exists():  # it was swept before it was locked
                file.close()
                continue
        return file


def _remove_if_abandoned(part: Path, before: float) -> None:
    is_old = part.lstat().st_mtime < before
    if not _PART.fullmatch(part.name):  # a file of another program
        return
    if sys.platform == "win32":
        if is_old:
            part.unlink()
        return
    # Opened for writing, because NFS locks only writable files exclusively.
    descriptor = os.open(part, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        except OSError:  # there are no locks here
            if not is_old:
                return
        part.unlink()  # while it is locked: a process that has just created it notices, and creates another
    finally:
        os.close(descriptor)
