"""Checks that pictures show something on white paper."""

import functools
from collections.abc import Mapping
from typing import Final

from handouts.assets.broken_file import BROKEN_PICTURE, BrokenFileError
from handouts.assets.decoding import Decoded, measure_ink
from handouts.assets.drawing import paint_to_check, use_same_dark_colors
from handouts.model.document import Asset
from handouts.pdf.rules import EMPTY_PICTURE, SMALL_IN_FRAME
from handouts.problems.collector import Problems
from handouts.system.cache import Cache

_SMALL: Final = 1 / 3  # of width or height
_CAPACITY: Final = 1_000  # drawings


def check_ink(pictures: Mapping[Asset, Decoded | bytes], problems: Problems) -> None:
    """Report logos and figures that cannot be seen on paper, or that are tiny in an empty frame.

    Raster pictures are decoded, drawings are the bytes of their SVG files in plain form.
    """
    for asset, picture in pictures.items():
        try:
            width, height = picture.ink if isinstance(picture, Decoded) else _find_ink_of_drawing(asset.digest, picture)
        except BrokenFileError as broken:
            problems.add(BROKEN_PICTURE.at(asset.place, file=asset.path.name, reason=broken))
            continue
        if not width or not height:
            problems.add(EMPTY_PICTURE.at(asset.place, what=asset.what, file=asset.path.name))
        elif max(width, height) < _SMALL:
            problem = SMALL_IN_FRAME.at(asset.place, what=asset.what, file=asset.path.name, width=width, height=height)
            problems.add(problem)


def _find_ink_of_drawing(digest: str, drawing: bytes) -> tuple[float, float]:
    """Return the part of width and height of a drawing that has visible ink; cached."""
    cache = _ink_cache()
    ink = cache.get(digest)
    if ink is None:
        painted = paint_to_check(use_same_dark_colors(drawing))
        ink = measure_ink(painted) if painted else (0.0, 0.0)
        cache.put(digest, ink)
    return ink


@functools.cache
def _ink_cache() -> Cache[str, tuple[float, float]]:
    return Cache(_CAPACITY)
