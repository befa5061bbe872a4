"""Writes objects of a PDF file, streams that pack many of them, and the entries by which a reader finds them."""

import zlib
from collections.abc import Sequence
from typing import Final

Entry = tuple[int, int, int]
"""An entry of a cross-reference stream (ISO 32000-1, 7.5.8.3)."""

ENTRY_LENGTH: Final = 7

FREE: Final[Entry] = (0, 0, 65535)
"""The entry of an object that does not exist."""


def write_entry(entry: Entry) -> bytes:
    """Return an entry as it stands in a cross-reference stream."""
    kind, place, index = entry
    return b"%c%s%s" % (kind, place.to_bytes(4), index.to_bytes(2))


def write_indirect(number: int, data: bytes) -> bytes:
    """Return an object as it stands in a file."""
    return b"%d 0 obj\n%s\nendobj\n" % (number, data)


def pack_objects(objects: Sequence[tuple[int, bytes]], level: int = 9) -> bytes:
    """Return an object stream (ISO 32000-1, 7.5.7) of objects with their numbers; `level` is that of zlib."""
    index, position = [], 0
    for number, data in objects:
        index.append(f"{number} {position}")
        position += len(data) + 1
    start = " ".join(index).encode()
    stream = zlib.compress(b"\n".join((start, *(data for _, data in objects))), level)
    return b"<</Type /ObjStm/N %d/First %d/Filter /FlateDecode/Length %d>>\nstream\n%s\nendstream" % (
        len(objects),
        len(start) + 1,
        len(stream),
        stream,
    )
