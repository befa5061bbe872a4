"""Watch: tell when a file changes that handouts are made from, however editors save it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from handouts.model.project import SETTINGS_FILE, Project

_FOLDERS = ("content", "templates", "styles")
_TICK = 300  # milliseconds between looks at what cannot be watched
_QUIET = 60  # milliseconds without a change, after which what was saved together is told together


def changes(project: Project, stop: Event | None = None) -> Iterator[frozenset[Path]]:
    """Give the files of each save, until `stop` is set; what is built into the output folder is none.

    Whenever a watch begins, an empty set comes first: what was saved before then is not told. Raise OSError if the
    system refuses to watch, as when it has no more watches to give.
    """
    from watchfiles import watch  # noqa: PLC0415 - only who watches needs it

    settings = project.root / SETTINGS_FILE
    stamp = _stamp(settings)
    stop = stop or Event()
    watched: tuple[Path, ...] | None = None
    while not stop.is_set():
        folders = _folders(project)
        begins, watched = folders != watched, folders
        if not folders:
            stop.wait(_TICK / 1000)
            seen: Iterator[frozenset[Path]] = iter((frozenset(),))
        else:
            told = watch(*folders, stop_event=stop, step=_QUIET, rust_timeout=_TICK, yield_on_timeout=True)
            seen = (frozenset(Path(path) for _, path in found) for found in told)
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
