"""Loads the libraries of WeasyPrint by their file names, without a search for each."""

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def library_search_skipped() -> Iterator[None]:
    """Import WeasyPrint in this block to start a tenth of a second sooner.

    For each of its libraries it tries several names, and for names without a version cffi runs ldconfig and, where
    there is one, a C compiler. On Linux the name with the version, such as libpango-1.0.so.0, is all that is needed.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _find_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _find_nothing(name: str) -> str | None:  # noqa: ARG001 - the signature of find_library
    return None
