"""A time limit that ends the process, even if it hangs in C code."""

import contextlib
import faulthandler
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_GRACE: Final = 1  # seconds


@contextlib.contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """End this process if a block takes a second longer than that; no limit with None.

    The second is for blocks that have the same limit inside and report what takes too long (`system/time_limit.py`).
    A C thread enforces it, so it also works while no Python code runs, and after the waiting process was killed.
    """
    if seconds is None:
        yield
        return
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
