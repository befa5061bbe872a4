"""Cache decoded pictures and checked fonts, for those that many documents share."""

import functools
from typing import Final

from handouts.assets.decoding import Decoded, decode
from handouts.assets.font_file import check_font
from handouts.system.digests import digest_of_bytes
from handouts.system.recent import Recent

_MAX_CACHED: Final = 32  # of each kind


def decode_once(raw: bytes, max_pixels: int | None, *, inks: bool) -> Decoded:
    """Return a decoded picture, as `decode` does; cached by its content."""
    key = (digest_of_bytes(raw), max_pixels, inks)
    known = _pictures()
    picture = known.take(key) or decode(raw, max_pixels, inks=inks)
    known.keep(key, picture)
    return picture


def check_font_once(raw: bytes) -> None:
    """Raise BrokenFileError as `check_font` does; fonts that passed are cached by their content."""
    key, known = digest_of_bytes(raw), _fonts()
    if not known.take(key):
        check_font(raw)
    known.keep(key, value=True)


@functools.cache
def _pictures() -> Recent[Decoded]:
    return Recent(_MAX_CACHED)


@functools.cache
def _fonts() -> Recent[bool]:
    return Recent(_MAX_CACHED)
