"""Files that are kept for the next run and can be made anew at any time: damage is noticed, and room is left."""

import contextlib
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from handouts.system.write import write_whole

_LEAST_FREE: Final = 200_000_000  # bytes
_DIGEST_LENGTH: Final = 32


def write_kept_file(path: Path, content: bytes) -> None:
    """Write a file, if there is plenty of room: outputs need it more."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(path.parent).free >= _LEAST_FREE:
            write_whole(path, hashlib.sha256(content).digest() + content, flush=False)


def read_kept_file(path: Path) -> bytes | None:
    """Return the content of a file; None if there is none, or if it is damaged."""
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    expected, content = whole[:_DIGEST_LENGTH], whole[_DIGEST_LENGTH:]
    return content if hashlib.sha256(content).digest() == expected else None


def remove_oldest(folder: Path, pattern: str, capacity: int) -> None:
    """Remove the files of a pattern that were written first, until so many are left."""
    for _, old in sorted(_list_ages(folder, pattern))[:-capacity]:
        with contextlib.suppress(OSError):
            old.unlink(missing_ok=True)


def _list_ages(folder: Path, pattern: str) -> Iterator[tuple[float, Path]]:
    for path in folder.glob(pattern):
        with contextlib.suppress(OSError):
            yield path.stat().st_mtime, path
