"""Watch a project: report which files changed that handouts are made from, however editors save them."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from handouts.model.project import SETTINGS_FILE, Project

_FOLDERS = ("content", "templates", "styles")
_POLL_PAUSE = 300  # milliseconds between checks of what cannot be watched
_QUIET_TIME = 60  # milliseconds without a change, after which files that were saved together are reported together


def changes(project: Project, stop: Event | None = None) -> Iterator[frozenset[Path]]:
    """Yield the files of each save, until `stop` is set; files in the output folder are ignored.

    Whenever a watch begins, an empty set comes first: what was saved before then is not reported. Raises OSError if the
    system refuses to watch, for example when its limit of watches is reached.
    """
    from watchfiles import watch  # noqa: PLC0415 - needed by watching commands only

    settings = project.root / SETTINGS_FILE
    stamp = _stamp(settings)
    stop = stop or Event()
    watched: tuple[Path, ...] | None = None
    while not stop.is_set():
        folders = _folders(project)
        begins, watched = folders != watched, folders
        if not folders:
            stop.wait(_POLL_PAUSE / 1000)
            seen: Iterator[frozenset[Path]] = iter((frozenset(),))
        else:
            saves = watch(*folders, stop_event=stop, step=_QUIET_TIME, rust_timeout=_POLL_PAUSE, yield_on_timeout=True)
            seen = (frozenset(Path(path) for _, path in found) for found in saves)
        for found in seen:
            # The file itself cannot be watched: editors that save by renaming put another in its place.
            before, stamp = stamp, _stamp(settings)
            other = _folders(project) != folders
            saved = found | ({settings} if stamp != before else set())
            saved |= set(_folders(project)) - set(folders) if other else set()
            if saved or begins:
                begins = False
                yield frozenset(saved)
            if other:
                break


def _folders(project: Project) -> tuple[Path, ...]:
    return tuple(folder for name in _FOLDERS if (folder := project.root / name).is_dir())


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
