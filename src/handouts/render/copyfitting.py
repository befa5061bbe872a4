"""Copyfitting: whether text fits the panels of a folded sheet, by how much it does not, and what could be left out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import ceil
from typing import Any

from handouts.document import Makeup
from handouts.imposition import room
from handouts.problem import Problem, error

_MOST_CHOICES = 3


def is_overfull(makeup: Makeup, names: Sequence[str]) -> bool:
    """Tell whether there are more pages of a name than there is room for."""
    fits = room(makeup)
    return bool(fits) and any(count > fits.get(name, 0) for name, count in Counter(names).items())


def overfull_problems(makeup: Makeup, document: Any, *, can_try_steps: bool) -> Iterator[Problem]:  # noqa: ANN401 - WeasyPrint has no types
    """Report each panel that has too much text: by how many lines, and which sections would make room."""
    fits = room(makeup)
    pages = [page._page_box for page in document.pages]  # noqa: SLF001 - no public way to the boxes
    sections = _section_lines(pages)
    for name in dict.fromkeys(page.page_type.name for page in pages):
        if name not in fits:
            hint = f"in the style sheet, put all of it into {', '.join(fits)}"
            yield error("no-panel", f'there is no panel named "{name}"', None, hint)
            continue
        surplus = [page for page in pages if page.page_type.name == name][fits[name] :]
        lines = ceil(sum(_used(page) / _leading(page) for page in surplus))
        if lines:
            panels = "the three panels inside" if name == "inside" else f"the {name}"
            message = f"the text is {lines} line{'s' if lines > 1 else ''} too long for {panels}"
            advice = leave_out(sections, lines) if name == "inside" else "shorten it"
            fit = " or try --fit" if can_try_steps else ""
            yield error("overfull", message, None, advice + fit)


def leave_out(sections: Mapping[str, int], lines: int) -> str:
    """Say which sections, with their lengths in lines, would make room for so many lines if they were left out."""
    enough = sorted((length, name) for name, length in sections.items() if length >= lines)
    if len(sections) > 1 and enough:
        return "leave out " + " or ".join(f'"{name}" ({length} lines)' for length, name in enough[:_MOST_CHOICES])
    longest = sorted(((length, name) for name, length in sections.items()), reverse=True)
    freed = accumulate(length for length, _ in longest)
    needed = next((count for count, sum_ in enumerate(freed, start=1) if sum_ >= lines), len(longest))
    if needed >= len(longest):
        return "shorten the text"
    return "leave out " + " and ".join(f'"{name}" ({length} lines)' for length, name in longest[:needed])


def _section_lines(pages: Sequence[Any]) -> dict[str, int]:
    heights: dict[str, float] = {}
    for page in pages:
        for box in page.descendants():
            element = box.element
            if element is not None and "question" in element.get("class", "").split() and box.element_tag == "section":
                name = element.get("id", "").removeprefix("section-")
                heights[name] = heights.get(name, 0) + box.margin_height() / _leading(page)
    return {name: round(height) for name, height in heights.items()}


def _used(page: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """Give how far down a page its text goes."""
    top: float = page.content_box_y()
    bottoms: list[float] = [
        box.position_y + box.height for box in page.children[0].descendants() if hasattr(box, "text")
    ]
    return max(bottoms, default=top) - top


def _leading(page: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """Give the distance of lines, in CSS pixels."""
    from weasyprint.text.line_break import strut  # noqa: PLC0415 - slow, so only where pages are made

    height: float = strut(page.children[0].style)[0]
    return height
