"""Ends lines from right to left where their last word ends.

WeasyPrint 70 takes the space at the end of such a line off its width, but leaves the last text where it is: a space too
far to the left, apart from its line and beyond the edge of its column.
"""

import functools
from typing import Any, Final

import weasyprint.layout.inline
from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox

_Untyped = Any  # WeasyPrint has no types
_remove_original: Final = weasyprint.layout.inline.remove_last_whitespace


@functools.cache
def join_line_ends() -> None:
    """Make WeasyPrint keep the last text of each line from right to left with the text before it; once per process."""
    weasyprint.layout.inline.remove_last_whitespace = _remove_last_whitespace


def _remove_last_whitespace(context: _Untyped, line: _Untyped) -> None:
    boxes, box = [], line
    while isinstance(box, LineBox | InlineBox) and box.children:
        box = box.children[-1]
        boxes.append(box)
    width = box.width
    _remove_original(context, line)
    if isinstance(box, TextBox) and box.width < width and box.pango_layout.first_line_direction % 2:
        for end in boxes:
            end.position_x += width - box.width
