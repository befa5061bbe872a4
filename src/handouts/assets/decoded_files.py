"""Pictures and fonts that this process decoded, so that those of many documents are decoded once."""

import functools
from typing import Final

from handouts.assets.decoding import Decoded, decode
from handouts.assets.font_file import check_font
from handouts.system.cache import Cache
from handouts.system.digests import digest_of_bytes

_MOST: Final = 32  # pictures and fonts


def decoded(raw: bytes, max_pixels: int | None, *, inks: bool) -> Decoded:
    """Decode a picture made of pixels, as `decode` does, or return it as it was decoded before."""
    key = (digest_of_bytes(raw), max_pixels, inks)
    known = _pictures()
    picture = known.get(key)
    if picture is None:
        picture = decode(raw, max_pixels, inks=inks)
        known.put(key, picture)
    return picture


def check_font_once(raw: bytes) -> None:
    """Check a font as `check_font` does, unless it was found right before."""
    key, known = digest_of_bytes(raw), _fonts()
    if not known.get(key):
        check_font(raw)
        known.put(key, value=True)


@functools.cache
def _pictures() -> Cache[tuple[str, int | None, bool], Decoded]:
    return Cache(_MOST)


@functools.cache
def _fonts() -> Cache[str, bool]:
    return Cache(_MOST)
