"""Writes a small site again and again, and is killed meanwhile: a process small enough to be forked often."""

import itertools
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from handouts.publish.folder import locked, replacing

MARKER: Final = "marker"
_CHANGES: Final = {"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir"}
_FILES: Final = 2


def write_site(folder: Path, text: str, files: int = 20) -> None:
    with locked(folder), replacing(folder) as new:
        for number in range(files):
            new.write(f"{number}/index.html", text.encode())
        new.write(MARKER, b"ours")


def list_states(folder: Path, again: int) -> Iterator[tuple[int, set[str], set[bytes]]]:
    """Kill a publication at each change that it makes to files, and yield its number, names, and contents of pages.

    If `again` is not 0, the next publication is killed at that change, too, while it repairs. Then another one repairs.
    """
    write_site(folder, "0", _FILES)
    for last in itertools.count(1):
        was_killed = _is_killed(folder, str(last), last)
        if again:
            _is_killed(folder, str(last), again)
        with locked(folder):
            pass  # repairs
        names = {str(path.relative_to(folder.parent)) for path in folder.parent.rglob("*")}
        yield last, names, {(folder / f"{number}/index.html").read_bytes() for number in range(_FILES)}
        if not was_killed:
            return
        write_site(folder, str(last), _FILES)


def _is_killed(folder: Path, text: str, last: int) -> bool:
    process = multiprocessing.get_context("fork").Process(target=_write_until, args=(folder, text, last))
    process.start()
    process.join()
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


def _write_until(folder: Path, text: str, last: int) -> None:
    """Write a site, and kill this process before it opens, makes, renames or removes the file that comes as `last`."""
    changes = itertools.count(1)

    def count(event: str, _: tuple[object, ...]) -> None:
        if event in _CHANGES and next(changes) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    write_site(folder, text, _FILES)


if __name__ == "__main__":
    for state in list_states(Path(sys.argv[1]), int(sys.argv[2])):
        print(state)  # noqa: T201 - for the test that started this process
