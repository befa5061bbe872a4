"""Written bodies that are kept: those used last in memory, and those of a build in a folder for the next one."""

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from handouts.pdf.layers.kept_files import read_kept, write_kept
from handouts.pdf.layers.painted_slots import SlotGroup
from handouts.pdf.layers.written_body import WrittenBody
from handouts.system.cache import Cache
from handouts.system.kept_files import remove_oldest

_CAPACITY: Final = 50  # some 200 kB each
_VERSIONS: Final = 8  # bodies of one document: slots of other heights need other ones
_FILE_CAPACITY: Final = 500


class KeptBodies:
    """Written bodies by the key of their document; a key has several if its slots come in different sizes."""

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
            write_kept(_get_path(start, key, version), key, body)
            remove_oldest(start.parent, "*.body", _FILE_CAPACITY)

    def _get(self, key: str, version: int, start: Path | None) -> WrittenBody | None:
        body = self._bodies.get((key, version))
        if body is None and start is not None:
            kept = read_kept(_get_path(start, key, version), key)
            if isinstance(kept, WrittenBody):
                body = kept
                self._bodies.put((key, version), body)
        return body


@functools.cache
def kept_bodies() -> KeptBodies:
    """Return the bodies of this process."""
    return KeptBodies()


def _get_path(start: Path, key: str, version: int) -> Path:
    return start.with_name(f"{start.name}-{key[:32]}-{version}.body")
