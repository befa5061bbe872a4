"""Caches decoded pictures, simplified drawings and checked fonts, because many documents share them."""

import functools
from typing import Final

from handouts.assets.broken_file import BrokenFileError
from handouts.assets.decoding import Decoded, decode
from handouts.assets.font_file import check_font, check_font_tables
from handouts.assets.svg import check_svg
from handouts.assets.svg_simplify import simplify_svg
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
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


def simplify_svg_once(raw: bytes, name: str) -> bytes:
    """Return a drawing in plain form, as `simplify_svg` does; cached by its content.

    Raises BrokenFileError if it is not a drawing that loads and runs nothing.
    """
    key, cache = digest_of_bytes(raw), _drawing_cache()
    drawing = cache.get(key)
    if drawing is None:
        problems = Problems()
        if not check_svg(raw, name, Place(name), problems):
            raise BrokenFileError(next(iter(problems)).message)
        drawing = simplify_svg(raw)
        cache.put(key, drawing)
    return drawing


def check_font_once(raw: bytes, *, is_shipped: bool = False) -> None:
    """Raise BrokenFileError as `check_font` does; fonts that passed are cached by their content.

    The letters of shipped fonts are known, so only their tables are checked: decoding takes as long as a layout.
    """
    key, cache = digest_of_bytes(raw), _font_cache()
    if not cache.get(key):
        (check_font_tables if is_shipped else check_font)(raw)
        cache.put(key, value=True)


@functools.cache
def _picture_cache() -> Cache[tuple[str, int | None, bool], Decoded]:
    return Cache(_MAX_CACHED)


@functools.cache
def _drawing_cache() -> Cache[str, bytes]:
    return Cache(_MAX_CACHED)


@functools.cache
def _font_cache() -> Cache[str, bool]:
    return Cache(_MAX_CACHED)
