"""Paints SVG drawings as pictures, by resvg: as browsers show them."""

import math
import re
from functools import lru_cache
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element, fromstring, tostring

from PIL import Image

from handouts.assets.broken_file import BrokenFileError
from handouts.model.project import shipped

_CHECKED_SIDE: Final = 400  # pixels of the longer side: thin lines are seen
_CAPACITY: Final = 8  # checked drawings, at most 640 kB each
_TEXT_FAMILY: Final = "Atkinson Hyperlegible Next"
_LENGTH: Final = re.compile(r"\s*\+?(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)\s*([a-z%]*)\s*", re.IGNORECASE)
_PIXELS: Final = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}
_MAX_SIZE: Final = 1e7  # in CSS pixels


def measure_drawing(root: Element) -> tuple[float, float] | None:
    """Return the width and height of a drawing in CSS pixels; None if it has no size, so that it shows nothing."""
    frame = [_parse_number(part) for part in root.get("viewBox", "").replace(",", " ").split()]
    if frame and (len(frame) != 4 or not all(map(math.isfinite, frame)) or min(frame[2:]) <= 0):  # noqa: PLR2004 - x, y, width, height
        return None
    width, height = (_parse_length(root.get(name)) for name in ("width", "height"))
    if width is None and height is None:
        width, height = frame[2:] or (300, 150)  # the size that browsers use
    elif width is None or height is None:
        ratio = frame[2] / frame[3] if frame else 2
        width, height = (height or 0) * ratio if width is None else width, width / ratio if height is None else height
    return (width, height) if 0 < width < _MAX_SIZE and 0 < height < _MAX_SIZE else None


@lru_cache(_CAPACITY)
def paint_to_check(svg: bytes) -> Image.Image | None:
    """Paint a drawing as `paint_drawing` does, at the size for checks; the picture must not be changed."""
    return paint_drawing(svg, _CHECKED_SIDE)


def paint_drawing(svg: bytes, side: int) -> Image.Image | None:
    """Paint a drawing, as `simplify_svg` returns it, on a transparent picture whose longer side has `side` pixels.

    None if it has no size. Raises BrokenFileError if it cannot be drawn.
    """
    import resvg_py  # noqa: PLC0415 - only where drawings are judged

    root = fromstring(svg)  # noqa: S314 - written by `simplify_svg`
    size = measure_drawing(root)
    if size is None:
        return None
    width, height = (max(1, round(length * side / max(size))) for length in size)
    if "viewBox" not in root.attrib:
        root.set("viewBox", f"0 0 {size[0]} {size[1]}")
    root.attrib.update(width=str(width), height=str(height))
    try:
        painted = resvg_py.svg_to_bytes(
            svg_string=tostring(root, encoding="unicode"),
            dpi=96,
            skip_system_fonts=True,
            font_dirs=[str(shipped() / "styles" / "fonts")] if b"<text" in svg else None,
            font_family=_TEXT_FAMILY,
            sans_serif_family=_TEXT_FAMILY,
            serif_family=_TEXT_FAMILY,
        )
    except ValueError as broken:
        raise BrokenFileError(f"it cannot be drawn ({broken})") from broken
    except BaseException as broken:
        if type(broken).__name__ != "PanicException":  # a mistake in resvg, which no class of Python's says
            raise
        raise BrokenFileError("it cannot be drawn: look for very large numbers in it") from broken
    with Image.open(BytesIO(painted), formats=("PNG",)) as image:
        image.load()
        return image.convert("RGBA")


def _parse_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _parse_length(text: str | None) -> float | None:
    """Return a length in CSS pixels; None if there is none, or if it is relative to something else."""
    match = _LENGTH.fullmatch(text or "")
    if text is not None and not match:
        return -1  # negative, infinite or not a number
    factor = _PIXELS.get(match[2].lower()) if match else None
    return float(match[1]) * factor if match and factor else None
