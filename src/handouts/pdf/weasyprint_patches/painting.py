"""Paints boxes faster: most have no border and no outline, and matrices are small.

WeasyPrint looks up colors before widths, and multiplies matrices in loops.
"""

from typing import Any

from weasyprint import draw
from weasyprint.draw import border
from weasyprint.formatting_structure.boxes import Box
from weasyprint.matrix import Matrix

_Untyped = Any  # WeasyPrint has no types


def skip_missing_borders() -> None:
    """Make WeasyPrint paint only borders and outlines that have a width."""
    draw.draw_border = _draw_border
    draw.draw_outline = border.draw_outline = _draw_outline


def multiply_without_loops() -> None:
    """Make WeasyPrint multiply matrices of three columns without loops, with exactly the same sums."""
    Matrix.__matmul__ = _multiply


_draw_border_original = border.draw_border
_draw_outline_original = border.draw_outline


def _draw_border(stream: _Untyped, box: _Untyped) -> None:
    style = box.style
    if (
        box.border_top_width
        or box.border_right_width
        or box.border_bottom_width
        or box.border_left_width
        or style["column_rule_width"]
        or style["border_image_source"][0] != "none"
    ):
        _draw_border_original(stream, box)


def _draw_outline(stream: _Untyped, box: _Untyped) -> None:
    if box.style["outline_width"]:
        _draw_outline_original(stream, box)  # also those of the boxes in it
        return
    for child in box.children:
        if isinstance(child, Box):
            _draw_outline(stream, child)


def _multiply(one: _Untyped, other: _Untyped) -> _Untyped:
    (a, b, c), (d, e, f), (g, h, i) = other
    # Sums begin with 0, so that none is -0.
    return Matrix(
        matrix=[[0 + x * a + y * d + z * g, 0 + x * b + y * e + z * h, 0 + x * c + y * f + z * i] for x, y, z in one]
    )
