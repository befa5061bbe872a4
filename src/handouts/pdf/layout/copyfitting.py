"""Copyfitting: whether text fits the panels of a folded sheet, by how much it does not, and what could be left out."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from math import ceil
from typing import Any

from handouts.model.document import Composed, Makeup
from handouts.model.imposition import room
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.painted_text import quoted
from handouts.problems.problem import Problem, error

Fits = Callable[[Collection[str]], bool]
"""Lays the text out without some sections and what belongs to them, and tells whether it fits."""

_MOST_CHOICES = 3
_MOST_TRIED = 5
# With a section its references and perhaps a block go, and a panel may end better: less of it may do.
_WORTH_TRYING = 0.7


def is_overfull(makeup: Makeup, names: Sequence[str]) -> bool:
    """Tell whether there are more pages of a name than there is room for."""
    fits = room(makeup)
    return bool(fits) and any(count > fits.get(name, 0) for name, count in Counter(names).items())


def overfull_problems(
    composed: Composed,
    document: Any,  # noqa: ANN401 - WeasyPrint has no types
    fits_without: Fits,
) -> Iterator[Problem]:
    """Report each panel that has too much text: by how many lines, what has no room, which sections would make it."""
    panels = room(composed.makeup)
    painted = read_painted_text(document)
    pages = [page._page_box for page in document.pages]  # noqa: SLF001 - no public way to the boxes
    names = Counter(page.page_type.name for page in pages)
    even_so = ", although set as small as is allowed" if composed.fit else ""
    for name in names:
        if name not in panels:
            hint = f"in the style sheet, give it `page:` {', '.join(panels)}"
            yield error("no-panel", f"there is text on {_page_of(name)}, which is no panel of a leaflet", None, hint)
        elif names[name] > panels[name]:
            numbers = [number for number, page in enumerate(pages, start=1) if page.page_type.name == name]
            surplus = [pages[number - 1] for number in numbers[panels[name] :]]
            first = next((piece for piece in painted.flow if piece.page == numbers[panels[name]] and piece.text), None)
            from_there = f": there is no room from {quoted((first,))} on" if first else ""
            # A picture, or a border alone, counts as a line.
            lines = max(1, ceil(sum(_used(page) / _leading(page) for page in surplus)))
            where = "the three panels inside" if name == "inside" else f"the {name}"
            message = f"the text is {_lines(lines)} too long for {where}{even_so}{from_there}"
            # Other panels would stay too full.
            only_inside = all(count <= panels.get(other, 0) for other, count in names.items() if other != "inside")
            sections = _section_lines(pages) if name == "inside" and only_inside else {}
            hint = leave_out(sections, lines, fits_without) + _or_fit(composed)
            yield error("overfull", message, first.place if first else None, hint)


def leave_out(sections: Mapping[str, int], lines: int, fits_without: Fits) -> str:
    """Say which sections, with their lengths in lines, make room for so many lines if they are left out.

    All that is said was tried.
    """
    likely = sorted((length, name) for name, length in sections.items() if length >= lines * _WORTH_TRYING)
    if len(sections) > 1:
        enough = [name for _, name in likely[:_MOST_TRIED] if fits_without([name])]
        if enough:
            return "leave out " + " or ".join(_named(name, sections) for name in enough[:_MOST_CHOICES])
    longest = sorted(sections, key=lambda name: (-sections[name], name))
    freed = accumulate(sections[name] for name in longest)
    for count, length in enumerate(freed, start=1):
        if 1 < count < len(longest) and length >= lines * _WORTH_TRYING and fits_without(longest[:count]):
            *others, last = (_named(name, sections) for name in longest[:count])
            return f"leave out {', '.join(others)} and {last}"
    return "shorten the text"


def _named(section: str, lengths: Mapping[str, int]) -> str:
    return f'"{section}" ({_lines(lengths[section])})'


def _lines(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'}"


def _or_fit(composed: Composed) -> str:
    return ", or try --fit" if composed.can_fit else ""


def _page_of(name: str) -> str:
    return f'the page "{name}"' if name else "a page without a name"


def _section_lines(pages: Sequence[Any]) -> dict[str, int]:
    """Give the lengths of sections, in the order in which they are printed."""
    heights: dict[str, float] = {}
    for page in pages:
        for box in page.descendants():
            element = box.element
            if element is not None and "question" in element.get("class", "").split() and box.element_tag == "section":
                name = element.get("id", "").removeprefix("section-")
                heights[name] = heights.get(name, 0) + box.margin_height() / _leading(page)
    return {name: round(height) for name, height in heights.items()}


def _used(page: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """Give how far down a page its text and pictures go."""
    top: float = page.content_box_y()
    bottoms: list[float] = [
        box.position_y + box.height
        for box in page.children[0].descendants()
        if hasattr(box, "text") or hasattr(box, "replacement")
    ]
    return max(bottoms, default=top) - top


def _leading(page: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """Give the distance of lines, in CSS pixels."""
    from weasyprint.text.line_break import strut  # noqa: PLC0415 - slow, so only where pages are made

    height: float = strut(page.children[0].style)[0]
    return height
