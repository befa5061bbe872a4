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
_MOST_OF_DARK: Final = 0x8F  # the most of red, green and blue in a dark color
# As different as dark colors can be: where engines draw different ones, it is seen in these.
_DARK_COLORS: Final = (b"#000000", b"#8f0000", b"#008f00", b"#00008f", b"#8f8f00", b"#8f008f", b"#008f8f")
_COLOR: Final = re.compile(rb'((?:fill|stroke)=)"(#[0-9A-Fa-f]{6})"')
_TITLE: Final = re.compile(rb"<title\b[^>]*>[^<]*</title>")
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


def use_same_dark_colors(drawing: bytes) -> bytes:
    """Return a drawing without its title, and with the dark colors of all others that have the same shapes.

    Logos of one network often differ in nothing else, and both engines read colors in this notation alike.
    """
    colors: dict[bytes, bytes] = {}

    def replace_color(found: re.Match[bytes]) -> bytes:
        color = found[2].lower()
        if all(int(color[start : start + 2], 16) <= _MOST_OF_DARK for start in (1, 3, 5)):
            color = colors.setdefault(color, _DARK_COLORS[len(colors) % len(_DARK_COLORS)])
        return b'%s"%s"' % (found[1], color)

    replaced = _COLOR.sub(replace_color, _TITLE.sub(b"", drawing))
    return replaced if len(colors) <= len(_DARK_COLORS) else drawing


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
