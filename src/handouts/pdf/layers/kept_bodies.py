"""Written bodies that are kept: those used last in memory, and those of a build in a folder for the next one."""

import contextlib
import functools
import hashlib
import io
import pickle
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from handouts.pdf.layers.layered_print import WrittenBody
from handouts.pdf.layers.painted_slots import SlotGroup
from handouts.system.cache import Cache
from handouts.system.write import write_whole

_CAPACITY: Final = 50  # some 200 kB each
_VERSIONS: Final = 8  # bodies of one document: slots of other heights need other ones
_FILE_CAPACITY: Final = 500
_LEAST_FREE: Final = 200_000_000  # bytes
_DIGEST_LENGTH: Final = 32
# All that a body is made of; nothing else is created from a file, whoever wrote it.
_CLASSES: Final = frozenset(
    {
        ("handouts.pdf.layers.layered_print", "WrittenBody"),
        ("handouts.pdf.layers.body_layer", "BodyLayer"),
        ("handouts.pdf.layers.body_layer", "Place"),
        ("handouts.pdf.layers.open_objects", "Gap"),
        ("handouts.pdf.layers.open_objects", "OpenObject"),
        ("handouts.pdf.layers.slot_layer", "Use"),
        ("handouts.model.imposition", "Placed"),
        ("handouts.model.imposition", "Side"),
        ("handouts.pdf.page_checks.painted_text", "Area"),
        ("handouts.pdf.page_checks.painted_text", "Font"),
        ("handouts.pdf.page_checks.painted_text", "Piece"),
        ("handouts.pdf.layout.bodies", "Body"),
        ("handouts.pdf.layout.renderer", "Context"),
        ("handouts.pdf.layout.slot_boxes", "Room"),
        ("handouts.problems.problem", "Place"),
        ("handouts.problems.problem", "Problem"),
        ("handouts.problems.problem", "Severity"),
    }
)


class KeptBodies:
    """Written bodies by the key of their document; there are several if slots are of different sizes."""

    def __init__(self) -> None:
        """Start without any."""
        self._bodies: Cache[tuple[str, int], WrittenBody] = Cache(_CAPACITY)

    def __len__(self) -> int:
        """Return the number of bodies."""
        return self._bodies.size

    def clear(self) -> None:
        """Drop all bodies."""
        self._bodies.clear()

    def find(self, key: str, groups: Sequence[SlotGroup], start: Path | None) -> WrittenBody | None:
        """Return a body that fits groups of slots, from a file if it is not in memory.

        `start` is the start of the paths of such files.
        """
        for version in range(_VERSIONS):
            body = self._get(key, version, start)
            if body is None:
                break
            if all(body.body.fits(slots.group, slots.measure) for slots in groups):
                return body
        return None

    def add(self, key: str, body: WrittenBody, start: Path | None) -> None:
        """Keep a body, with others of the same key; write it to a file, too."""
        free = (version for version in range(_VERSIONS) if self._get(key, version, start) is None)
        version = next(free, 0)
        self._bodies.put((key, version), body)
        if start is not None:
            _write(_get_path(start, key, version), key, body)

    def _get(self, key: str, version: int, start: Path | None) -> WrittenBody | None:
        body = self._bodies.get((key, version))
        if body is None and start is not None:
            body = _read(_get_path(start, key, version), key)
            if body is not None:
                self._bodies.put((key, version), body)
        return body


@functools.cache
def kept_bodies() -> KeptBodies:
    """Return the bodies of this process."""
    return KeptBodies()


def _get_path(start: Path, key: str, version: int) -> Path:
    return start.with_name(f"{start.name}-{key[:32]}-{version}.body")


def _write(path: Path, key: str, body: WrittenBody) -> None:
    """Write a body, if there is plenty of room: outputs need it more, and the next build can lay out again."""
    content = pickle.dumps((key, body))
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(path.parent).free < _LEAST_FREE:
            return
        write_whole(path, hashlib.sha256(content).digest() + content, flush=False)
        files = sorted(_list_ages(path.parent))
        for _, old in files[:-_FILE_CAPACITY]:
            old.unlink(missing_ok=True)


def _list_ages(folder: Path) -> Iterator[tuple[float, Path]]:
    for path in folder.glob("*.body"):
        with contextlib.suppress(OSError):
            yield path.stat().st_mtime, path


def _read(path: Path, key: str) -> WrittenBody | None:
    """Return a body from a file; None if there is none, or if it is damaged."""
    try:
        whole = path.read_bytes()
        expected, content = whole[:_DIGEST_LENGTH], whole[_DIGEST_LENGTH:]
        if hashlib.sha256(content).digest() != expected:
            return None
        written_key, body = _BodyReader(io.BytesIO(content)).load()
    except (OSError, pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, LookupError):
        return None
    return body if written_key == key and isinstance(body, WrittenBody) else None


class _BodyReader(pickle.Unpickler):
    """Reads bodies, and refuses everything else."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) not in _CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a body")
        return super().find_class(module, name)
