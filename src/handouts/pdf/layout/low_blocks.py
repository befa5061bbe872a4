"""Moves small print to the foot of its panel, below all that is to be read first."""

from dataclasses import replace
from typing import Any, Final

from handouts.pdf.layout.classes import has_class
from handouts.pdf.layout.renderer import Pages

_LOW: Final = "low"


def lower_blocks(pages: Pages) -> Pages:
    """Move each element of class `low` to the foot of its page, if it is the last there and on no other page.

    Style sheets cannot do this: what floats to the foot of a page gets a page of its own (WeasyPrint 70).
    """
    from weasyprint.document import Page  # noqa: PLC0415 - slow, so only where pages are made

    document = pages.document
    boxes = [page._page_box for page in document.pages]  # noqa: SLF001 - no public way to the boxes
    found = {number: box for number, page in enumerate(boxes) if (box := _find_last_low_box(page)) is not None}
    lowered = list(document.pages)
    for number, box in found.items():
        others = (other for page in (*boxes[:number], *boxes[number + 1 :]) for other in page.descendants())
        page = boxes[number]
        room = page.content_box_y() + page.height - (box.position_y + box.margin_height())
        if room > 0 and not any(other.element is box.element for other in others):
            box.translate(0, room)
            lowered[number] = Page(page)
    return replace(pages, document=document.copy(lowered))


def _find_last_low_box(page: Any) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return the box of class `low` behind which nothing stands on a page; None if there is none."""
    box = page.children[0]
    while getattr(box, "children", ()):
        box = box.children[-1]
        if box.element is not None and has_class(box.element, _LOW):
            return box
    return None
