"""Chooses among layouts of one document: smaller type for leaflets, figures moved into holes, line heights.

Each trial lays out the whole document, so only those are made that may gain something, and only a few.
"""

from dataclasses import dataclass
from typing import Final

from handouts.model.document import Composed
from handouts.pdf.layout.copyfitting import is_overfull
from handouts.pdf.layout.figures import MovableFigures
from handouts.pdf.layout.renderer import Pages, Renderer
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.painted_text import PaintedText
from handouts.pdf.page_checks.white_space import find_holes, measure_used_height

_MAX_MOVES: Final = 3  # figures moved on trial, for each line height


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout, and the CSS that it was made with; `fit` holds the declarations for smaller type, if it needed any."""

    pages: Pages
    css: str = ""
    fit: str = ""


def find_layout(composed: Composed, renderer: Renderer) -> Layout:
    """Return the best layout that the rules of the format allow; without rules there is only one.

    A text that does not fit its panels is laid out with each allowed step of smaller type and spacing, until it fits.
    A figure that leaves a hole is moved behind the next paragraph. Of several line heights, the most generous one is
    used that needs the fewest pages.
    """
    rules = composed.layout
    heights = tuple(_write_root_rule(f"--leading: {height:g}pt") for height in rules.line_heights) or ("",)
    layout = Layout(renderer.render(heights[0]), heights[0])
    for step in rules.fit:
        if not is_overfull(composed.makeup, layout.pages.names):
            break
        css = heights[0] + _write_root_rule(step)
        layout = Layout(renderer.render(css), css, step)
    if composed.makeup.imposition not in {"pages", "saddle-stitch"}:
        return layout  # the number of its panels is given
    figures = MovableFigures(renderer.tree) if rules.move_figures else None
    if figures:
        layout = _fill_holes(renderer, layout, figures)
    if len(heights) > 1:
        tighter = _save_page(renderer, layout, heights[1:], 1 - rules.line_heights[-1] / rules.line_heights[0])
        if figures and tighter is not layout:
            return _fill_holes(renderer, tighter, figures)
        return tighter
    return layout


def _write_root_rule(declarations: str) -> str:
    return f":root {{ {declarations} }}\n"


def _fill_holes(renderer: Renderer, layout: Layout, figures: MovableFigures) -> Layout:
    """Move figures that leave holes, each once, and keep those moves that make fewer pages or smaller holes."""
    tried: set[int] = set()
    painted = read_painted_text(layout.pages.document, figures.elements)
    while len(tried) < _MAX_MOVES:
        following = (hole.following.figure for hole in find_holes(painted))
        movable = (index for index in following if index is not None and index not in tried and figures.can_move(index))
        index = next(movable, None)
        if index is None:
            break
        tried.add(index)
        figures.move(index)
        pages = renderer.render(layout.css)
        painted_after = read_painted_text(pages.document, figures.elements)
        if _measure_waste(painted_after) < _measure_waste(painted):
            layout, painted = Layout(pages, layout.css, layout.fit), painted_after
        else:
            figures.move_back(index)
    return layout


def _measure_waste(painted: PaintedText) -> tuple[int, float]:
    """Return the number of pages, and the sum of the holes on them."""
    return len(painted.pages), sum(hole.share for hole in find_holes(painted))


def _save_page(renderer: Renderer, layout: Layout, tighter: tuple[str, ...], saving: float) -> Layout:
    """Try tighter line heights if they may save a page; `saving` is the share of the height that the last one saves.

    The last one shows how few pages are possible; the first one that needs no more is used.
    """
    painted = read_painted_text(layout.pages.document)
    count, last = len(painted.pages), painted.pages[-1]
    used = measure_used_height(painted, last)
    # Holes may close, too.
    gain = (count - 1 + used) * saving + sum(hole.share for hole in find_holes(painted))
    if count == 1 or last.is_forced or used > gain:
        return layout
    *others, tightest = tighter
    fewest = Layout(renderer.render(tightest), tightest)
    if len(fewest.pages.names) == count:
        return layout
    for css in others:
        pages = renderer.render(css)
        if len(pages.names) == len(fewest.pages.names):
            return Layout(pages, css)
    return fewest
