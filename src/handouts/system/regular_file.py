"""Reads files that anybody may have put there: a named pipe would never end, a device hold any number of bytes."""

import errno
import os
import stat
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 500_000_000


def read_regular_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return the content of a file. Raises OSError for one that is no regular file or has more than `most` bytes."""
    # A named pipe is opened without waiting for its other end; Windows has no such flag, and opens files as text.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        if status.st_size > most:
            raise OSError(errno.EFBIG, f"it has more than {most // 1_000_000} MB", str(path))
        return file.read()
