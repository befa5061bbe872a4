"""Keeps what follows from a style alone: used lengths of boxes, whether they are in the flow, and the height of lines.

WeasyPrint computes these, some twenty lengths among them, whenever a box is laid out; and for each box that is laid out
the pages of all that is at its start and end.
"""

from typing import Any

from weasyprint.formatting_structure.boxes import Box, PageBox, ParentBox
from weasyprint.layout import block, column, inline, percent

_Untyped = Any  # WeasyPrint has no types


def keep_used_values() -> None:
    """Make WeasyPrint compute used lengths once for each style and size of the block around it, and the others once."""
    for module in (block, column, inline):
        vars(module)["resolve_percentages"] = _resolve_percentages
    inline.strut = _measure_strut
    Box.is_in_normal_flow = _is_in_normal_flow
    ParentBox.page_values = _find_pages


_resolve_original = percent.resolve_percentages
_strut_original = inline.strut
_is_in_flow_original = Box.is_in_normal_flow
_find_pages_original = ParentBox.page_values


def _resolve_percentages(box: _Untyped, containing_block: _Untyped) -> None:
    style = box.style
    if isinstance(box, PageBox) or style["border_collapse"] == "collapse":  # borders are those of a table
        _resolve_original(box, containing_block)
        return
    is_box = isinstance(containing_block, Box)
    size = (containing_block.width, containing_block.height) if is_box else containing_block
    kept = style.__dict__.setdefault("used_lengths", {})
    lengths = kept.get(size)
    if lengths is None:
        blank = Box.__new__(Box)
        blank.style = style
        _resolve_original(blank, size)
        lengths = kept[size] = {name: value for name, value in vars(blank).items() if name != "style"}
    box.__dict__.update(lengths)


def _measure_strut(style: _Untyped) -> tuple[float, float]:
    strut: tuple[float, float] | None = getattr(style, "strut", None)
    if strut is None:
        strut = style.strut = _strut_original(style)
    return strut


def _is_in_normal_flow(box: _Untyped) -> bool:
    style = box.style
    is_in_flow: bool | None = getattr(style, "is_in_flow", None)
    if is_in_flow is None:
        is_in_flow = style.is_in_flow = _is_in_flow_original(box)
    return is_in_flow


def _find_pages(box: _Untyped) -> tuple[str, str]:
    """Return the names of the pages at the start and end of a box; known for as long as it has the same children."""
    children, known = box.children, getattr(box, "known_pages", None)
    if known is None or known[0] is not children:
        known = children, _find_pages_original(box)
        if type(children) is tuple:  # a list changes while a box is laid out
            box.known_pages = known
    pages: tuple[str, str] = known[1]
    return pages
