"""Reuses blocks that were laid out before while columns are laid out on trial, at several heights until they fit.

A block that is not broken is laid out the same in each trial, only further up or down. WeasyPrint has no hook for
this, so the function that lays out a block is replaced. `columns.py` says when a trial begins and ends.
"""

from math import inf
from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext, block

_Untyped = Any  # WeasyPrint has no types
_TOLERANCE: Final = 1e-3  # CSS pixels; a block that just fits is laid out again
_PARENTS: Final = frozenset(
    {boxes.BlockBox, boxes.TableBox, boxes.TableCellBox, boxes.TableRowBox, boxes.TableRowGroupBox}
)
_INLINE: Final = frozenset(
    {boxes.InlineBlockBox, boxes.InlineBox, boxes.InlineReplacedBox, boxes.LineBox, boxes.TextBox}
)
# Not among them is what depends on more than its block, such as floats and columns. Nor are tables with collapsed
# borders: in WeasyPrint 70, their height depends on where they were broken before.
_KINDS: Final = _PARENTS | _INLINE | {boxes.BlockReplacedBox}


def reuse_tried_blocks() -> None:
    """Make WeasyPrint copy blocks in columns on trial that were laid out in an earlier trial of these columns."""
    LayoutContext.lowest = -inf  # how low the pages would have to end for anything not to fit, so far
    LayoutContext.overflows_page = _overflows_page
    block.block_level_layout = _lay_out_block


_overflows_original = LayoutContext.overflows_page
_lay_out_original = block.block_level_layout


def _overflows_page(context: _Untyped, bottom_space: float, position_y: float) -> bool:
    context.lowest = max(context.lowest, position_y + bottom_space)
    overflows: bool = _overflows_original(context, bottom_space, position_y)
    return overflows


def _lay_out_block(  # noqa: PLR0913, PLR0917 - the signature in WeasyPrint
    context: _Untyped,
    box: _Untyped,
    bottom_space: float,
    skip_stack: _Untyped,
    containing_block: _Untyped,
    page_is_empty: bool = True,  # noqa: FBT001, FBT002 - likewise
    absolute_boxes: _Untyped = None,
    fixed_boxes: _Untyped = None,
    adjoining_margins: _Untyped = None,
    first_letter_style: _Untyped = None,
    first_line_style: _Untyped = None,
    discard: bool = False,  # noqa: FBT001, FBT002 - likewise
    max_lines: int | None = None,
) -> tuple[_Untyped, ...]:
    margins = [] if adjoining_margins is None else adjoining_margins

    def lay_out() -> tuple[_Untyped, ...]:
        result: tuple[_Untyped, ...] = _lay_out_original(
            context,
            box,
            bottom_space,
            skip_stack,
            containing_block,
            page_is_empty,
            absolute_boxes,
            fixed_boxes,
            margins,
            first_letter_style,
            first_line_style,
            discard,
            max_lines,
        )
        return result

    tried = context.tried_blocks
    if (
        tried is None
        or skip_stack is not None
        or first_letter_style
        or first_line_style
        or discard
        or max_lines is not None
        or context.excluded_shapes
        or not is_plain_block(box, tried)
    ):
        return lay_out()
    key = id(box), box.position_x, containing_block.width, containing_block.height, page_is_empty, tuple(margins)
    top, known = box.position_y, tried.get(key)
    if known is not None:
        laid_out, known_top, needed, added_margins, others = known
        lowest = needed + top + bottom_space
        if lowest + _TOLERANCE < context.page_bottom:
            context.lowest = max(context.lowest, lowest)
            margins += added_margins
            return _copy_result(laid_out, others, top - known_top)
    lowest_before, context.lowest, count = context.lowest, -inf, len(margins)
    result = lay_out()
    new_box, resume_at, *others = result
    lowest, context.lowest = context.lowest, max(context.lowest, lowest_before)
    if new_box is not None and resume_at is None and lowest + _TOLERANCE < context.page_bottom:
        kept, _, *kept_others = _copy_result(new_box, others, 0)
        tried[key] = kept, top, lowest - top - bottom_space, margins[count:], kept_others
    return result


def _copy_result(new_box: _Untyped, others: list[_Untyped], down: float) -> tuple[_Untyped, ...]:
    """Return what the layout of a block that fits returns, moved down; WeasyPrint changes these values."""
    next_page, margins, *more = others
    return _copy_blocks(new_box, down), None, dict(next_page), [*margins], *more


def _copy_blocks(box: _Untyped, down: float) -> _Untyped:
    """Return a copy of a laid-out block with all blocks and lines in it; nobody asks where letters are in a trial."""
    kind = box.__class__
    if kind not in _KINDS:  # a placeholder of something out of the flow
        return box
    copy = kind.__new__(kind)
    values = copy.__dict__
    values.update(box.__dict__)
    values["position_y"] += down
    if kind in _PARENTS:
        values["children"] = [_copy_blocks(child, down) for child in box.children]
    return copy


def is_plain_block(box: _Untyped, tried: dict[_Untyped, _Untyped]) -> bool:
    """Return whether the layout of a block changes nothing but boxes, and depends on no other boxes on the page."""
    plain: bool | None = tried.get(id(box))
    if plain is None:
        plain = tried[id(box)] = _is_kind_plain(box) and all(is_plain_block(child, tried) for child in box.children)
    return plain


def _is_kind_plain(box: _Untyped) -> bool:
    style = box.style
    return (
        type(box) in _KINDS
        and not (type(box) is boxes.TableBox and style["border_collapse"] == "collapse")
        and box.footnote is None
        and box.note is None
        and style["float"] == "none"
        and style["column_width"] == "auto"
        and style["column_count"] == "auto"
        and style["position"] in {"static", "relative", "absolute"}
        and style["max_lines"] == "none"
        and style["continue"] == "auto"
    )
