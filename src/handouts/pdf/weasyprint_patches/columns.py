"""Finds the height of balanced columns in a few renderings.

WeasyPrint starts at a height that is too low, and adds one pixel for each rendering until all content fits: up to a
hundred renderings. Here the height is predicted from the lines and blocks of the first rendering. If it is right, one
rendering at this height fits, and one that is a pixel lower does not. If it is too low, the steps grow until all fits,
and the height is then searched between the last two.

It starts at the average of columns as high as the page, in which a block that goes on in the next column counts as high
as the page: also if little of it stands there. Here the average is that of what stands in the columns.

Where something does not fit into a column, WeasyPrint adds what it lacks, and stops at the first height that fits, or
at the foot of the page: then one column is full and the next one almost empty, and nothing fits below them. Here the
height is searched after such a step, too.

To find how much height a column lacks, WeasyPrint lays out the next block once more. Here this is left out where that
height is not used.
"""

import inspect
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any, Final

from weasyprint.formatting_structure.boxes import BlockContainerBox
from weasyprint.layout import LayoutContext, block, column

from handouts.pdf.weasyprint_patches.tried_blocks import is_plain_block

_WHOLE: Final = frozenset({"avoid", "avoid-column", "avoid-page"})
_TOLERANCE: Final = 1e-6  # in CSS pixels

# Parts of `columns_layout` of WeasyPrint 70, and what stands in their place. There is no hook within it.
_CHANGES: Final = (
    (
        "                    consumed_height -= in_flow_children[-1].margin_bottom\n",
        """\
                    consumed_height -= in_flow_children[-1].margin_bottom
                    if resume_at is not None:
                        bottom = find_bottom(in_flow_children[-1]) - current_position_y
                        consumed_height = min(consumed_height, bottom)
""",
    ),
    (
        "                    if column_skip_stack:\n                        next_box = block_box_layout(\n",
        """\
                    is_used = fitting is None and (balancing or i + 1 < count)
                    if column_skip_stack and (is_used or not is_plain):
                        next_box = block_box_layout(
""",
    ),
    (
        "        lost_space = inf\n",
        """\
        lost_space = inf
        step, tolerance, fitting, is_predicted = 1, 1, None, True
        tried_around, context.tried_blocks = context.tried_blocks, {}
        is_plain = not context.current_page_footnotes and all(
            is_plain_block(child, context.tried_blocks) for child in column_children
        )
""",
    ),
    (
        "                        height = sum(consumed_heights) / count\n",
        """\
                        average = sum(consumed_heights) / count
                        height = predict_column_height(new_boxes, average, count)
                        too_low = average if height == average else average - 1
""",
    ),
    (
        """\
                if column_skip_stack is None:
                    # We rendered the whole content, stop
                    break

                # Increase the column heights and render them again
                add_height = 1 if lost_space == inf else lost_space
                height += add_height
""",
        """\
                if column_skip_stack is None:
                    if height - too_low <= tolerance:
                        break
                    fitting = height
                else:
                    too_low = height
                if fitting is not None:
                    between = too_low + max(1, (fitting - too_low) // 2)
                    if is_predicted:
                        between, is_predicted = fitting - 1, False
                    height = fitting if fitting - too_low <= tolerance else between
                else:
                    if lost_space < inf:
                        step, tolerance = max(step, lost_space), 8  # pixels: less than half a line
                    height = max_height if height < max_height < height + step else height + step
                    step *= 2
""",
    ),
    (
        "        # TODO: check style['max']-height\n",
        "        context.tried_blocks = None\n",
    ),
    (
        "        # Update the current y position and set the columns\N{RIGHT SINGLE QUOTATION MARK} height\n",
        "        context.tried_blocks = tried_around\n",
    ),
)


def search_column_heights() -> None:
    """Replace the search for the height of balanced columns; unless a block did not fit, it ends at the same height."""
    source = inspect.getsource(column.columns_layout)
    for old, new in _CHANGES:
        if source.count(old) != 1:
            raise RuntimeError("this version of WeasyPrint balances columns in another way")
        source = source.replace(old, new)
    LayoutContext.tried_blocks = None  # the blocks that were laid out in these trials, while columns are on trial
    vars(column)["predict_column_height"] = _predict_column_height
    vars(column)["find_bottom"] = _find_bottom
    vars(column)["is_plain_block"] = is_plain_block
    changed = compile(source, column.__file__, "exec")
    exec(changed, vars(column))  # noqa: S102 - WeasyPrint's own code, changed as shown above
    block.columns_layout = column.columns_layout


def _predict_column_height(boxes: Sequence[Any], average: float, count: int) -> float:
    """Return about the least height at which content fits into some columns: the average plus a number of pixels.

    `boxes` are columns that hold all content.
    """
    if len(boxes) != 1:
        return average
    parts = list(_list_parts(boxes[0]))
    if not parts:
        return average

    def fits(added: int) -> bool:
        height, used, start = average + added + _TOLERANCE, 1, parts[0][0]
        for top, bottom in parts:
            if bottom - start > height:
                used, start = used + 1, top
            if bottom - top > height:
                return False
        return used <= count

    return average + bisect_left(range(ceil(boxes[0].height - average)), x=True, key=fits)


def _list_parts(box: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401 - WeasyPrint has no types
    """Yield top and bottom of lines, and of blocks that are not broken over columns, in CSS pixels."""
    children = [child for child in box.children if child.is_in_normal_flow()]
    for child in children:
        height = (
            child.margin_height() if box.is_column else child.border_box_y() + child.border_height() - child.position_y
        )
        bottom = child.position_y + height
        is_whole = not isinstance(child, BlockContainerBox) or child.style["break_inside"] in _WHOLE
        parts = [] if is_whole else list(_list_parts(child))
        if parts:
            *others, (top, _) = parts
            yield from others
            yield top, bottom
        else:
            yield child.position_y, bottom


def _find_bottom(box: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """Return how far down the last line, picture or table of a box reaches, in CSS pixels."""
    flow = (
        []
        if hasattr(box, "text_overflow")
        else [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    )
    bottom: float = max(map(_find_bottom, flow[-2:])) if flow else box.position_y + box.margin_height()
    return bottom
