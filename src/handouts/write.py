"""Write: a file put in place whole or not at all."""

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, flush it to the disk, then move it there in one step; raise OSError on failure.

    Whoever looks sees the old file or the new one, never a part, even after a crash.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def sweep(folder: Path, before: float) -> None:
    """Remove parts of files in a folder, and in those right below it, that a killed process left.

    Those that were touched after `before` (seconds since 1970) may still be written to.
    """
    for part in (*folder.glob(".*.part"), *folder.glob("*/.*.part")):
        with contextlib.suppress(OSError):
            if part.lstat().st_mtime < before:
                part.unlink()
