"""Caches decoded pictures and checked fonts, because many documents share them."""

import functools
from typing import Final

from handouts.assets.decoding import Decoded, decode
from handouts.assets.font_file import check_font
from handouts.system.cache import Cache
from handouts.system.digests import digest_of_bytes

_MAX_CACHED: Final = 32  # of each kind


def decode_once(raw: bytes, max_pixels: int | None, *, inks: bool) -> Decoded:
    """Return a decoded picture, as `decode` does; cached by its content."""
    key = (digest_of_bytes(raw), max_pixels, inks)
    cache = _picture_cache()
    picture = cache.get(key)
    if picture is None:
        picture = decode(raw, max_pixels, inks=inks)
        cache.put(key, picture)
    return picture


def check_font_once(raw: bytes) -> None:
    """Raise BrokenFileError as `check_font` does; fonts that passed are cached by their content."""
    key, cache = digest_of_bytes(raw), _font_cache()
    if not cache.get(key):
        check_font(raw)
        cache.put(key, value=True)


@functools.cache
def _picture_cache() -> Cache[tuple[str, int | None, bool], Decoded]:
    return Cache(_MAX_CACHED)


@functools.cache
def _font_cache() -> Cache[str, bool]:
    return Cache(_MAX_CACHED)
