"""Check JPEG files without decoding them: one complete frame (ITU T.81, annex B).

JPEG has no checksums: changed bits within the compressed pixels cannot be detected.
"""

import re
import struct
from collections.abc import Iterator

from handouts.assets.broken_file import BrokenFileError

START = b"\xff\xd8"
_FILE_START = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the others of this range are tables
_LOSSY = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended and progressive, with Huffman tables
_SCAN, _END, _DENSITY, _ADOBE = 0xDA, 0xD9, 0xE0, 0xEE
_SEGMENT = re.compile(rb"\xff+([\xc0-\xfe])", re.DOTALL)  # any number of FF may precede a marker
_SEGMENT_WITH_LENGTH = re.compile(rb"\xff+([\xc0-\xfe])(..)", re.DOTALL)
# Within a scan 00 follows a byte FF of pixels, and a number from D0 to D7 means that decoding restarts there.
_AFTER_SCAN = re.compile(rb"(?<!\xff)\xff++[^\x00\xd0-\xd7\xff]", re.DOTALL)


def read_jpeg_size(raw: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels from the header of a file, which may be damaged; None if there is no header."""
    position = len(START)
    while raw.startswith(_FILE_START) and (match := _SEGMENT_WITH_LENGTH.match(raw, position)):
        length = int.from_bytes(match[2], "big")
        if match[1][0] in _FRAMES:
            size = raw[match.end() + 1 : match.end() + 5]
            return struct.unpack(">HH", size)[::-1] if len(size) == 4 else None  # noqa: PLR2004 - height and width
        if length < 2:  # noqa: PLR2004 - a length counts its own two bytes
            break
        position = match.end() - 2 + length
    return None


def check_jpeg(raw: bytes) -> None:
    """Raise BrokenFileError unless a JPEG file holds one complete picture."""
    frames = scans = 0
    for marker, data in _read_segments(raw):
        if marker in _FRAMES:
            frames += 1
            if marker not in _LOSSY:
                raise BrokenFileError("it is compressed in a way that few programs can read")
            if frames > 1:
                raise BrokenFileError("it has more than one header")
            _check_frame(data)
        if marker == _SCAN:
            scans += 1
            if not frames:
                raise BrokenFileError("it has no header before its pixels")
    if not scans:
        raise BrokenFileError("it has no pixels")


def strip_jpeg(raw: bytes) -> bytes:
    """Return a checked file without comments, previews, locations and profiles, which no output uses.

    JFIF and Adobe segments are kept: they define how colors are encoded.
    """
    segments = (
        data
        for marker, data in _read_segments(raw)
        if not (marker == 0xFE or 0xE0 <= marker <= 0xEF) or marker in {_DENSITY, _ADOBE}  # noqa: PLR2004 - comments, application data
    )
    return START + b"".join(segments)


def _read_segments(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment up to the end of the picture, a scan with its pixels.

    Bytes after the end, such as the second picture of some cameras, are ignored. Raises BrokenFileError if the file is
    cut off or damaged.
    """
    position = len(START)
    while True:
        match = _SEGMENT.match(raw, position)
        if not match:
            raise BrokenFileError("it is cut off" if len(raw) <= position + 1 else "it is damaged")
        marker = match[1][0]
        if marker == _END:
            yield marker, b"\xff\xd9"
            return
        length = int.from_bytes(raw[match.end() : match.end() + 2], "big")
        end = match.end() + length
        if len(raw) < max(end, match.end() + 2):
            raise BrokenFileError("it is cut off")
        if length < 2 or marker in range(0xD0, 0xD9):  # noqa: PLR2004 - a length counts its own two bytes
            raise BrokenFileError("it is damaged")
        if marker == _SCAN:
            after = _AFTER_SCAN.search(raw, end)
            if not after:
                raise BrokenFileError("it is cut off")
            end = after.start()
        yield marker, raw[match.end() - 2 : end]
        position = end


def _check_frame(data: bytes) -> None:
    """Raise BrokenFileError unless a header is valid: depth, height, width and the number of channels."""
    if len(data) < 10 or data[4] != 8 or not any(data[5:7]) or not any(data[7:9]) or data[9] not in {1, 3, 4}:  # noqa: PLR2004 - up to the channels; 8 bits
        raise BrokenFileError("its header is invalid")
