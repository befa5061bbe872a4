"""Breaks text into lines of about the same length: `--text-wrap: balance`, as WeasyPrint has no `text-wrap`.

Without it, the last line of a title is often a single word. The number of lines is the same, so nothing else moves.
"""

import functools
from itertools import islice
from typing import Any, Final

from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.layout import block, inline

_Untyped = Any  # WeasyPrint has no types
_PROPERTY: Final = "__text_wrap"  # WeasyPrint's name of the custom property
_MAX_LINES: Final = 5
_PRECISION: Final = 1.0  # CSS pixels


@functools.cache
def balance_lines() -> None:
    """Make WeasyPrint set a text whose style wants it as narrow as its number of lines allows; once per process."""
    lay_out = block.block_container_layout

    def lay_out_balanced(
        context: _Untyped, box: _Untyped, bottom_space: float, skip_stack: object, *others: object, **named: object
    ) -> object:
        if skip_stack is None and _is_balanced(box):
            _narrow(context, box, bottom_space)
        return lay_out(context, box, bottom_space, skip_stack, *others, **named)

    block.block_container_layout = lay_out_balanced


def _is_balanced(box: _Untyped) -> bool:
    """Return whether a block holds nothing but lines that begin at its start, and its style wants them balanced."""
    if len(box.children) != 1 or not isinstance(box.children[0], LineBox):
        return False
    is_wanted = [token.value for token in box.style[_PROPERTY] or () if token.type == "ident"] == ["balance"]
    # A float that is laid out on trial would stay in the way.
    return (
        is_wanted
        and box.style["text_align_all"] == "start"
        and not any(inner.is_floated() for inner in box.children[0].descendants())
    )


def _narrow(context: _Untyped, box: _Untyped, bottom_space: float) -> None:
    """Make a block as narrow as it can be without another line, with padding in place of the width it loses."""
    line_box = box.children[0]
    width = narrowest = box.width
    line_box.position_x, line_box.position_y = box.content_box_x(), box.content_box_y()

    def measure_lines(count: int) -> list[float]:
        lines = inline.iter_line_boxes(
            context, line_box, line_box.position_y, bottom_space, None, box, [], [], None, None
        )
        return [line.width for line, _ in islice(lines, count)]

    lines = measure_lines(_MAX_LINES + 1)
    if not 1 < len(lines) <= _MAX_LINES:
        return
    too_narrow = sum(lines) / len(lines) - _PRECISION
    while narrowest - too_narrow > _PRECISION:
        box.width = (narrowest + too_narrow) / 2
        widths = measure_lines(len(lines) + 1)
        if len(widths) == len(lines) and max(widths) <= box.width:
            narrowest = box.width
        else:
            too_narrow = box.width
    box.width = narrowest
    if box.style["direction"] == "rtl":
        box.padding_left += width - narrowest
    else:
        box.padding_right += width - narrowest
