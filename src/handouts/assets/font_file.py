"""Check font files: tables are complete and undamaged, and basic letters have outlines.

OpenType 1.9.1: "Organization of an OpenType Font", and "Calculating Checksums".
"""

import string
import struct
import sys
from array import array
from io import BytesIO

from handouts.assets.broken_file import BrokenFileError

STARTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_REQUIRED = ("cmap", "head", "hhea", "hmtx", "maxp", "name")
_OUTLINES = (("glyf", "loca"), ("CFF ",), ("CFF2",))
_WITHOUT_CHECKSUM = frozenset({b"DSIG"})  # signatures, which no program here reads
_WORD_MASK = 0xFFFFFFFF
_ADJUSTMENT = slice(8, 12)  # of the table head: its checksum counts it as 0
_LATIN = 0x250  # after the last Latin letter
_BASIC = string.ascii_letters + string.digits


def check_font_tables(raw: bytes) -> None:
    """Raise BrokenFileError unless a TrueType or OpenType file is complete and undamaged, without decoding it."""
    if raw.startswith(b"ttcf"):
        raise BrokenFileError("it is a collection of fonts")
    if not raw.startswith(STARTS):
        raise BrokenFileError("it is not a TrueType or OpenType font")
    try:
        (count,) = struct.unpack_from(">H", raw, 4)
        tables = [struct.unpack_from(">4sIII", raw, 12 + 16 * number) for number in range(count)]
    except struct.error:
        raise BrokenFileError("it is cut off") from None
    names = {tag.decode("latin-1") for tag, *_ in tables}
    missing = [name for name in _REQUIRED if name not in names]
    if missing or not any(names.issuperset(outlines) for outlines in _OUTLINES):
        raise BrokenFileError(f"it has no table {missing[0] if missing else 'of outlines'}")
    for tag, checksum, offset, length in tables:
        if offset + length > len(raw):
            raise BrokenFileError("it is cut off")
        if tag not in _WITHOUT_CHECKSUM and _compute_checksum(tag, raw[offset : offset + length]) != checksum:
            raise BrokenFileError(f"it is damaged: the checksum of its table {tag.decode('latin-1').strip()} is wrong")


def check_font(raw: bytes) -> None:
    """Raise BrokenFileError unless a font can be decoded and its basic letters have outlines; WOFF is unpacked."""
    if not raw.startswith((b"wOFF", b"wOF2")):
        check_font_tables(raw)
    try:
        letters, empty = _decode_letters(raw)
    except Exception as broken:  # fontTools raises all kinds of errors for broken tables
        raise BrokenFileError(f"it cannot be decoded ({type(broken).__name__})") from broken
    if not letters:
        raise BrokenFileError("it has no letters")
    if empty:
        raise BrokenFileError(f"it has no visible shape for {', '.join(map(repr, empty[:5]))}")


def _decode_letters(raw: bytes) -> tuple[int, list[str]]:
    """Decode tables and Latin outlines; return the number of letters, and the basic letters that have no shape."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # noqa: PLC0415 - slow to import
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - likewise

    empty = []
    with TTFont(BytesIO(raw), recalcTimestamp=False) as font:
        for tag in (*_REQUIRED, "post", "OS/2"):
            if tag in font:
                font[tag]
        letters, outlines, widths = font.getBestCmap() or {}, font.getGlyphSet(), font["hmtx"].metrics
        for code, name in letters.items():
            if code < _LATIN:  # decoding all would be slow
                pen = DecomposingRecordingPen(outlines)
                outlines[name].draw(pen)
                if chr(code) in _BASIC and (not pen.value or not widths[name][0]):
                    empty.append(chr(code))
    return len(letters), empty


def _compute_checksum(tag: bytes, table: bytes) -> int:
    """Return the sum of a table's 32-bit words."""
    if tag == b"head":
        table = table[: _ADJUSTMENT.start] + bytes(4) + table[_ADJUSTMENT.stop :]
    words = array("I", table + bytes(-len(table) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & _WORD_MASK
