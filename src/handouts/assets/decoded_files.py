"""Pictures and fonts that this process decoded, so that those of many documents are decoded once."""

import functools
from typing import Final

from handouts.assets.decoding import Decoded, decode
from handouts.assets.font_file import check_font
from handouts.system.digests import digest_of_bytes
from handouts.system.recent import Recent

_MOST: Final = 32  # pictures and fonts


def decoded(raw: bytes, max_pixels: int | None, *, inks: bool) -> Decoded:
    """Decode a picture made of pixels, as `decode` does, or return it as it was decoded before."""
    key = (digest_of_bytes(raw), max_pixels, inks)
    known = _pictures()
    picture = known.take(key) or decode(raw, max_pixels, inks=inks)
    known.keep(key, picture)
    return picture


def check_font_once(raw: bytes) -> None:
    """Check a font as `check_font` does, unless it was found right before."""
    key, known = digest_of_bytes(raw), _fonts()
    if not known.take(key):
        check_font(raw)
    known.keep(key, value=True)


@functools.cache
def _pictures() -> Recent[Decoded]:
    return Recent(_MOST)


@functools.cache
def _fonts() -> Recent[bool]:
    return Recent(_MOST)
