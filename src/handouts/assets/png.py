"""PNG files checked without decoding: every checksum, one header, nothing cut off (PNG, third edition, W3C 2025)."""

import struct
import zlib
from collections.abc import Iterator

from handouts.assets.errors import BrokenFileError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_AROUND = 12  # bytes of length, type and checksum
# What pixels are made of. All else is left out: texts, dates, animations, color profiles, which no output looks at.
_NEEDED = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # by color type
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by color type
_AT_ONCE = 1 << 20  # bytes
# Left, top, and steps to the right and down of the pixels in each pass.
_INTERLACED = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def check_png(raw: bytes) -> None:
    """Raise BrokenFileError unless a PNG file is complete and undamaged."""
    kinds = [kind for kind, _ in _chunks(raw)]
    for kind, what in ((b"IHDR", "header"), (b"PLTE", "palette"), (b"tRNS", "list of transparent colors")):
        if kinds.count(kind) > 1:
            raise BrokenFileError(f"it has more than one {what}")
    pixels = [index for index, kind in enumerate(kinds) if kind == b"IDAT"]
    if not pixels:
        raise BrokenFileError("it has no pixels")
    if pixels[-1] - pixels[0] >= len(pixels):
        raise BrokenFileError("its pixels are in several places")


def check_pixels(raw: bytes) -> None:
    """Raise BrokenFileError unless the compressed pixels of a checked file are as many as its header says.

    Pillow leaves rows black that are missing at the end.
    """
    chunks = list(_chunks(raw))
    missing = _size_of_rows(*struct.unpack_from(">IIBBBBB", chunks[0][1]))
    unpacker = zlib.decompressobj()
    try:
        for kind, data in chunks:
            waiting = data if kind == b"IDAT" else b""
            while waiting and missing >= 0:
                missing -= len(unpacker.decompress(waiting, _AT_ONCE))
                waiting = unpacker.unconsumed_tail
        missing -= len(unpacker.flush()) if missing >= 0 else 0
    except zlib.error:
        raise BrokenFileError("its pixels are damaged") from None
    if missing > 0 or not unpacker.eof:
        raise BrokenFileError("a part of its pixels is missing")
    if missing < 0:
        raise BrokenFileError("it has more pixels than its header says")


def _size_of_rows(width: int, height: int, depth: int, color: int, *others: int) -> int:  # the last is: interlaced?
    """Return how many bytes all rows take, each after a byte that names its filter."""
    bits = depth * _CHANNELS[color]
    steps = _INTERLACED if others[-1] else ((0, 0, 1, 1),)
    sizes = [
        ((width - left + across - 1) // across, (height - top + down - 1) // down) for left, top, across, down in steps
    ]
    return sum(rows * ((columns * bits + 7) // 8 + 1) for columns, rows in sizes if columns > 0 and rows > 0)


def stripped_png(raw: bytes) -> bytes:
    """Return a checked file with its pixels alone."""
    return SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
        for kind, data in _chunks(raw)
        if kind in _NEEDED
    )


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield type and content of each chunk up to the end of the picture; bytes after it belong to no picture."""
    position = len(SIGNATURE)
    kind = b""
    while kind != b"IEND":
        if len(raw) < position + _AROUND:
            raise BrokenFileError("it is cut off")
        length, kind = struct.unpack_from(">I4s", raw, position)
        end = position + _AROUND + length
        if not kind.isalpha():
            raise BrokenFileError("it is damaged: a part of it has no name")
        if len(raw) < end:
            raise BrokenFileError("it is cut off")
        data = raw[position + 8 : end - 4]
        if zlib.crc32(data, zlib.crc32(kind)) != int.from_bytes(raw[end - 4 : end], "big"):
            raise BrokenFileError(f"it is damaged: the checksum of its part {kind.decode()} is wrong")
        if position == len(SIGNATURE):
            _check_header(kind, data)
        yield kind, data
        position = end


def _check_header(kind: bytes, data: bytes) -> None:
    if kind != b"IHDR" or len(data) != struct.calcsize(">IIBBBBB"):
        raise BrokenFileError("it does not start with a header")
    width, height, depth, color, compression, filtering, interlace = struct.unpack(">IIBBBBB", data)
    if not width or not height or depth not in _DEPTHS.get(color, ()) or compression or filtering or interlace > 1:
        raise BrokenFileError("its header is invalid")
