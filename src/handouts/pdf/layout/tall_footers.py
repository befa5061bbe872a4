"""Makes room for footers of more lines than the margin of their pages holds, as with a long name of a reviewer."""

from typing import Any, Final

from handouts.pdf.page_checks.inspection import SAFE_EDGE

_PIXELS_PER_POINT: Final = 4 / 3


def make_room_for_footers(pages: Any) -> str:  # noqa: ANN401 - WeasyPrint has no types
    """Return CSS with larger margins at the foot of pages whose footers reach too near the edge.

    Only the first page and pages without a name get them: named ones are panels of a sheet that is folded.
    """
    margins: dict[str, float] = {}
    for number, page in enumerate(pages.document.pages):
        box = page._page_box  # noqa: SLF001 - no public way to the boxes
        excess = _measure_excess(box)
        if excess > 0 and not box.page_type.name:
            selector = "" if number else " :first"
            margins[selector] = max(margins.get(selector, 0), box.margin_bottom + excess)
    return "".join(f"@page{selector} {{ margin-bottom: {margin:g}px }}\n" for selector, margin in margins.items())


def _measure_excess(page: Any) -> float:  # noqa: ANN401 - as above
    """Return by how much the text of footers is too near the edge, in CSS pixels."""
    from weasyprint.formatting_structure.boxes import MarginBox, TextBox  # noqa: PLC0415 - imports WeasyPrint

    footers = [box for box in page.children if isinstance(box, MarginBox) and box.at_keyword.startswith("@bottom")]
    texts = (text for box in footers for text in box.descendants() if isinstance(text, TextBox))
    bottom = page.margin_height() - SAFE_EDGE * _PIXELS_PER_POINT
    return max((text.position_y + text.margin_top + text.height - bottom for text in texts), default=0)
