"""Copyfitting: checks whether text fits the panels of a folded sheet, and suggests what to leave out if it does not."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import accumulate
from math import ceil
from typing import Any

from handouts.model.document import Composed, Makeup
from handouts.model.imposition import count_panels
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.painted_text import quote
from handouts.pdf.rules import NO_PANEL, OVERFULL
from handouts.problems.collector import Problems

FitsWithout = Callable[[Collection[str]], bool]
"""Lays the text out without some sections and what belongs to them, and returns whether it fits."""

_MAX_SUGGESTIONS = 3
_MAX_TRIALS = 5
# Leaving out a section also removes its references and perhaps a block, so a slightly shorter one may be enough.
_WORTH_TRYING = 0.7
# By the name of their pages.
_PANEL_NAMES = {"inside": "the three panels inside", "": "one page"}


def is_overfull(makeup: Makeup, names: Sequence[str]) -> bool:
    """Return whether any name has more pages than the sheet has panels for it."""
    panels = count_panels(makeup)
    return bool(panels) and any(count > panels.get(name, 0) for name, count in Counter(names).items())


def report_overfull_panels(
    composed: Composed,
    document: Any,  # noqa: ANN401 - WeasyPrint has no types
    fits_without: FitsWithout,
    problems: Problems,
) -> None:
    """Report each panel with too much text: how many lines too many, where they begin, which sections to leave out."""
    panels = count_panels(composed.makeup)
    painted = read_painted_text(document)
    pages = [page._page_box for page in document.pages]  # noqa: SLF001 - no public way to the boxes
    names = Counter(page.page_type.name for page in pages)
    for name in names:
        if name not in panels:
            page_name = f'the page "{name}"' if name else "a page without a name"
            problems.add(NO_PANEL.at(None, page=page_name, panels=", ".join(panels)))
        elif names[name] > panels[name]:
            numbers = [number for number, page in enumerate(pages, start=1) if page.page_type.name == name]
            surplus = [pages[number - 1] for number in numbers[panels[name] :]]
            first = next((piece for piece in painted.flow if piece.page == numbers[panels[name]] and piece.text), None)
            # A picture, or a border alone, counts as a line.
            lines = max(1, ceil(sum(_measure_used_height(page) / _measure_line_height(page) for page in surplus)))
            # Other panels would stay too full.
            only_inside = all(count <= panels.get(other, 0) for other, count in names.items() if other != "inside")
            sections = _measure_sections(pages) if name == "inside" and only_inside else {}
            remedy = (
                suggest_sections(sections, lines, fits_without)
                if name
                else "print it as a handout, or shorten the text"
            )
            problem = OVERFULL.at(
                first.place if first else None,
                lines=_count_lines(lines),
                panel=_PANEL_NAMES.get(name, f"the {name}"),
                despite=", although set as small as is allowed" if composed.layout.fit else "",
                start=f": there is no room from {quote((first,))} on" if first else "",
                remedy=f"{remedy}, or try --fit" if composed.layout.can_fit else remedy,
            )
            problems.add(problem)


def suggest_sections(sections: Mapping[str, int], lines: int, fits_without: FitsWithout) -> str:
    """Return a hint that names sections to leave out to save `lines` lines; `sections` holds their lengths in lines.

    Every suggestion is tested with `fits_without`.
    """
    candidates = sorted((length, name) for name, length in sections.items() if length >= lines * _WORTH_TRYING)
    if len(sections) > 1:
        sufficient = [name for _, name in candidates[:_MAX_TRIALS] if fits_without([name])]
        if sufficient:
            return "leave out " + " or ".join(_name_section(name, sections) for name in sufficient[:_MAX_SUGGESTIONS])
    longest = sorted(sections, key=lambda name: (-sections[name], name))
    saved = accumulate(sections[name] for name in longest)
    for count, length in enumerate(saved, start=1):
        if 1 < count < len(longest) and length >= lines * _WORTH_TRYING and fits_without(longest[:count]):
            *others, last = (_name_section(name, sections) for name in longest[:count])
            return f"leave out {', '.join(others)} and {last}"
    return "shorten the text"


def _name_section(section: str, lengths: Mapping[str, int]) -> str:
    return f'"{section}" ({_count_lines(lengths[section])})'


def _count_lines(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'}"


def _measure_sections(pages: Sequence[Any]) -> dict[str, int]:
    """Return the lengths of sections in lines, in printed order."""
    heights: dict[str, float] = {}
    for page in pages:
        for box in page.descendants():
            element = box.element
            if element is not None and "question" in element.get("class", "").split() and box.element_tag == "section":
                name = element.get("id", "").removeprefix("section-")
                heights[name] = heights.get(name, 0) + box.margin_height() / _measure_line_height(page)
    return {name: round(height) for name, height in heights.items()}


def _measure_used_height(page: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """Return how far down a page its text and pictures reach, in CSS pixels."""
    top: float = page.content_box_y()
    bottoms: list[float] = [
        box.position_y + box.height
        for box in page.children[0].descendants()
        if hasattr(box, "text") or hasattr(box, "replacement")
    ]
    return max(bottoms, default=top) - top


def _measure_line_height(page: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """Return the distance between lines in CSS pixels."""
    from weasyprint.text.line_break import strut  # noqa: PLC0415 - slow, so only where pages are made

    height: float = strut(page.children[0].style)[0]
    return height
