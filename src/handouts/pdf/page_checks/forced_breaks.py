"""Finds out whether a page begins because a style sheet wants it to, or because the one before is full."""

from collections.abc import Iterator
from typing import Any, Final

_FORCED: Final = frozenset({"page", "left", "right", "recto", "verso"})


def is_forced_break(before: Any, after: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
    """Return whether a break between two pages is one that the style sheet wants: by `break-*` or by page name."""
    if before.page_type.name != after.page_type.name:
        return True
    ended, started = list(_list_edge_boxes(before, -1)), list(_list_edge_boxes(after, 0))
    continued = {box.element for box in ended} & {box.element for box in started}
    return any(box.style["break_after"] in _FORCED for box in ended if box.element not in continued) or any(
        box.style["break_before"] in _FORCED for box in started if box.element not in continued
    )


def _list_edge_boxes(page: Any, position: int) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint has no types
    """Yield the boxes that begin a page (position 0) or end it (-1), from the outermost to the innermost."""
    box = page.children[0]
    while box is not None and not hasattr(box, "text_overflow"):
        yield box
        flow = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        box = flow[position] if flow else None
