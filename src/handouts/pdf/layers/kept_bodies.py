"""The written bodies that were used last."""

import functools
from collections.abc import Sequence
from typing import Final

from handouts.pdf.layers.layered_print import WrittenBody
from handouts.pdf.layers.painted_slots import SlotGroup
from handouts.system.cache import Cache

_CAPACITY: Final = 50  # some 200 kB each
_VERSIONS: Final = 8  # bodies of one document: slots of other heights need other ones


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

    def find(self, key: str, groups: Sequence[SlotGroup]) -> WrittenBody | None:
        """Return a body that fits groups of slots."""
        for version in range(_VERSIONS):
            body = self._bodies.get((key, version))
            if body is not None and all(body.body.fits(slots.group, slots.measure) for slots in groups):
                return body
        return None

    def add(self, key: str, body: WrittenBody) -> None:
        """Keep a body, with others of the same key."""
        free = (version for version in range(_VERSIONS) if self._bodies.get((key, version)) is None)
        self._bodies.put((key, next(free, 0)), body)


@functools.cache
def kept_bodies() -> KeptBodies:
    """Return the bodies of this process."""
    return KeptBodies()
