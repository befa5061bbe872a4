"""A limit of the memory that a process may use: files from strangers can ask for any amount."""

import os
import sys
from typing import Final

_DEFAULT: Final = 3_000
_LEAST: Final = 500  # less is not enough to lay out pages
_MEGABYTE: Final = 1_000_000


def limit_memory() -> None:
    """Limit the memory of this process and of those that it starts; no effect on Windows, and little on macOS.

    The environment variable HANDOUTS_MEMORY sets the limit in megabytes; 0 means none. What exceeds the limit fails
    with MemoryError, or ends the process if a library cannot go on without. A lower limit that the process has already
    is kept. Raises ValueError if the variable holds no whole number.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    megabytes = int(os.environ.get("HANDOUTS_MEMORY") or _DEFAULT)
    if megabytes <= 0:
        return
    wanted = max(megabytes, _LEAST) * _MEGABYTE
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most == resource.RLIM_INFINITY or wanted < most:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
