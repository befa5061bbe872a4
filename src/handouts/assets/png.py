"""Check PNG files without decoding them: checksums, one header, nothing cut off (PNG, third edition, W3C 2025)."""

import struct
import zlib
from collections.abc import Iterator

from handouts.assets.broken_file import BrokenFileError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHUNK_OVERHEAD = 12  # bytes of length, type and checksum
# Chunks that make up the pixels. Texts, dates, animations and color profiles are left out: no output uses them.
_PIXEL_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # by color type
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by color type
_MAX_UNPACKED = 1 << 20  # bytes unpacked in one step
# Left, top, and steps to the right and down of the pixels in each pass.
_INTERLACED = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def read_png_size(raw: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels from the header of a file, which may be damaged; None if it has no header."""
    if raw[12:16] != b"IHDR" or len(raw) < 24:  # noqa: PLR2004 - where the header's sizes end
        return None
    width, height = struct.unpack(">II", raw[16:24])
    return width, height


def check_png(raw: bytes) -> None:
    """Raise BrokenFileError unless a PNG file is complete and undamaged."""
    kinds = [kind for kind, _ in _read_chunks(raw)]
    for kind, name in ((b"IHDR", "header"), (b"PLTE", "palette"), (b"tRNS", "list of transparent colors")):
        if kinds.count(kind) > 1:
            raise BrokenFileError(f"it has more than one {name}")
    pixels = [index for index, kind in enumerate(kinds) if kind == b"IDAT"]
    if not pixels:
        raise BrokenFileError("it has no pixels")
    if pixels[-1] - pixels[0] >= len(pixels):
        raise BrokenFileError("its pixels are in several places")


def check_pixels(raw: bytes) -> None:
    """Raise BrokenFileError unless a checked file has as many pixels as its header says.

    Pillow would leave missing rows at the end black.
    """
    chunks = list(_read_chunks(raw))
    missing = _count_row_bytes(*struct.unpack_from(">IIBBBBB", chunks[0][1]))
    unpacker = zlib.decompressobj()
    try:
        for kind, data in chunks:
            compressed = data if kind == b"IDAT" else b""
            while compressed and missing >= 0:
                missing -= len(unpacker.decompress(compressed, _MAX_UNPACKED))
                compressed = unpacker.unconsumed_tail
        missing -= len(unpacker.flush()) if missing >= 0 else 0
    except zlib.error:
        raise BrokenFileError("its pixels are damaged") from None
    if missing > 0 or not unpacker.eof:
        raise BrokenFileError("a part of its pixels is missing")
    if missing < 0:
        raise BrokenFileError("it has more pixels than its header says")


def _count_row_bytes(
    width: int, height: int, depth: int, color: int, *others: int
) -> int:  # the last one is 1 if it is interlaced
    """Return the number of bytes of all rows, each with a byte for its filter."""
    bits = depth * _CHANNELS[color]
    steps = _INTERLACED if others[-1] else ((0, 0, 1, 1),)
    sizes = [
        ((width - left + across - 1) // across, (height - top + down - 1) // down) for left, top, across, down in steps
    ]
    return sum(rows * ((columns * bits + 7) // 8 + 1) for columns, rows in sizes if columns > 0 and rows > 0)


def strip_png(raw: bytes) -> bytes:
    """Return a checked file with nothing but its pixels."""
    return SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
        for kind, data in _read_chunks(raw)
        if kind in _PIXEL_CHUNKS
    )


def _read_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield type and content of each chunk up to the end of the picture; bytes after it are ignored.

    Raises BrokenFileError if the file is cut off or damaged.
    """
    position = len(SIGNATURE)
    kind = b""
    while kind != b"IEND":
        if len(raw) < position + _CHUNK_OVERHEAD:
            raise BrokenFileError("it is cut off")
        length, kind = struct.unpack_from(">I4s", raw, position)
        end = position + _CHUNK_OVERHEAD + length
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
