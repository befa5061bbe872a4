"""Watches a project: reports changes of the files that handouts are made from, however editors save them."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from handouts.model.project import SETTINGS_FILE, SOURCE_FOLDERS, Project

_POLL_PAUSE = 300  # milliseconds between checks of what cannot be watched
_QUIET_TIME = 60  # milliseconds without a change, after which files that were saved together are reported together


def watch_changes(project: Project, stop: Event | None = None) -> Iterator[frozenset[Path]]:
    """Yield the files of each save, until `stop` is set; files in the output folder are ignored.

    Whenever a watch begins, an empty set comes first: files saved before then are not reported. Raises OSError if the
    system refuses to watch, for example when its limit of watches is reached.
    """
    from watchfiles import watch  # noqa: PLC0415 - needed by watching commands only

    settings = project.root / SETTINGS_FILE
    stamp = _read_stamp(settings)
    stop = stop or Event()
    watched: tuple[Path, ...] | None = None
    while not stop.is_set():
        folders = _find_folders(project)
        begins, watched = folders != watched, folders
        if not folders:
            stop.wait(_POLL_PAUSE / 1000)
            batches: Iterator[frozenset[Path]] = iter((frozenset(),))
        else:
            saves = watch(*folders, stop_event=stop, step=_QUIET_TIME, rust_timeout=_POLL_PAUSE, yield_on_timeout=True)
            batches = (frozenset(Path(path) for _, path in changed_files) for changed_files in saves)
        for changed_files in batches:
            # The file itself cannot be watched: editors that save by renaming put another in its place.
            before, stamp = stamp, _read_stamp(settings)
            has_other_folders = _find_folders(project) != folders
            saved = changed_files | ({settings} if stamp != before else set())
            saved |= set(_find_folders(project)) - set(folders) if has_other_folders else set()
            if saved or begins:
                begins = False
                yield frozenset(saved)
            if has_other_folders:
                break


def list_stamps(project: Project) -> frozenset[tuple[str, int, int, int]]:
    """Return the path, time, size and inode of each file that is watched: a changed file differs in one of them."""
    paths = (
        Path(folder, name) for start in _find_folders(project) for folder, _, names in os.walk(start) for name in names
    )
    return frozenset(
        (str(path), *stamp) for path in (project.root / SETTINGS_FILE, *paths) if (stamp := _read_stamp(path))
    )


def _find_folders(project: Project) -> tuple[Path, ...]:
    return tuple(folder for name in SOURCE_FOLDERS if (folder := project.root / name).is_dir())


def _read_stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
