"""Laid-out pages looked over: what has to be on them is, and nothing runs over their edges."""

from collections.abc import Iterable, Iterator
from typing import Any

from handouts.document import Required
from handouts.problem import Problem, error

# In points: less than a letter, for a space at the end of a line may hang over the edge.
_TOLERANCE = 6.0


def inspect(document: Any, required: Iterable[Required]) -> Iterator[Problem]:  # noqa: ANN401 - WeasyPrint has no types
    """Report required texts that are on no page, and texts and pictures that stand out of their page's margins."""
    painted = [_Page(page._page_box) for page in document.pages]  # noqa: SLF001 - no public way to the boxes
    # First the text that flows from page to page, then the margins: a sentence may go on over the page.
    everything = "".join([*(page.flow for page in painted), *(page.margins for page in painted)])
    missing = dict.fromkeys(piece.what for piece in required if _squeezed(piece.text) not in everything)
    hint = "safety information, disclaimer, status and contact are always printed: mend the template or style sheet"
    yield from (error("left-out", f"{what} is on no page", None, hint) for what in missing)
    for number, page in enumerate(painted, start=1):
        for what in page.outside:
            advice = "shorten it, or cut the table, code or picture"
            yield error("overflow", f"page {number}: {what} runs over the edge", None, advice)


def _squeezed(text: str) -> str:
    """Drop white space: lines may break anywhere in it."""
    return "".join(text.split())


class _Page:
    """What is painted on a page: its texts, squeezed, and a description of each thing that stands out of it."""

    def __init__(self, page_box: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        self._left = page_box.content_box_x() - _TOLERANCE
        self._right = page_box.content_box_x() + page_box.width + _TOLERANCE
        self._bottom = page_box.content_box_y() + page_box.height + _TOLERANCE
        self.outside: list[str] = []
        flow, *margins = page_box.children
        self.flow = self._read(flow, in_margin=False)
        self.margins = "".join(self._read(margin, in_margin=True) for margin in margins)

    def _read(self, box: Any, *, in_margin: bool) -> str:  # noqa: ANN401 - WeasyPrint has no types
        if box.style["visibility"] != "visible" or box.style["opacity"] == 0:
            return ""
        text = getattr(box, "text", "")
        if not in_margin and (text.strip() or hasattr(box, "replacement")):
            self._check(box, f'"{text.strip()[:60]}"' if text else "a picture")
        return _squeezed(text) + "".join(
            self._read(child, in_margin=in_margin) for child in getattr(box, "children", ())
        )

    def _check(self, box: Any, what: str) -> None:  # noqa: ANN401 - WeasyPrint has no types
        right, bottom = box.position_x + box.width, box.position_y + box.height
        if box.position_x < self._left or right > self._right or bottom > self._bottom:
            self.outside.append(what)
