"""Chooses among layouts of one document: smaller type for leaflets, figures that leave no holes, line heights.

Each trial lays out the whole document, so only those are made that may gain something, only a few, and none twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from handouts.model.document import Composed
from handouts.pdf.layout.copyfitting import is_overfull
from handouts.pdf.layout.estimates import may_save_page
from handouts.pdf.layout.figures import Change, MovableFigures
from handouts.pdf.layout.renderer import Pages, Renderer
from handouts.pdf.layout.room import make_room
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.painted_text import PaintedText
from handouts.pdf.page_checks.white_space import Hole, find_avoidable_holes, is_last_page_short

_MAX_CHANGES: Final = 3  # of figures and tables on trial, at each line height


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout, the CSS that it was made with, and what was done with figures and tables for it.

    `fit` holds the declarations for smaller type, if it needed any. `holes` is the height of the holes that are left,
    in twentieths of a page.
    """

    pages: Pages
    css: str = ""
    fit: str = ""
    changes: tuple[Change, ...] = ()
    holes: int = 0


def find_layout(composed: Composed, renderer: Renderer) -> Layout:
    """Return the best layout that the rules of the format allow; without rules there is only one.

    Wide tables, tall footers and a first page that is too full get more room. A text that does not fit its panels is
    laid out with each allowed step of smaller type and spacing, until it fits. A figure or table that leaves a hole is
    moved behind the next paragraph, or arranged in another way that `MovableFigures` knows; what helped stays in the
    trials that follow. Of several line heights, the most generous one is used that needs the fewest pages, or another
    one if that leaves smaller holes. Split references of which a few lines go on to the last page are set larger. The
    renderer's tree is left as the layout has it.
    """
    rules = composed.layout
    first, *tighter = [_write_root_rule(f"--leading: {height:g}pt") for height in rules.line_heights] or [""]
    pages, room = make_room(renderer, first)
    first, tighter = first + room, [css + room for css in tighter]
    figures = MovableFigures(renderer.tree if rules.move_figures else None)
    rendered: dict[tuple[str, tuple[Change, ...]], Pages] = {(first, ()): pages}

    def lay_out(css: str, changes: tuple[Change, ...]) -> Layout:
        figures.arrange(changes)
        if (css, changes) not in rendered:
            rendered[css, changes] = renderer.render(css)
        return Layout(rendered[css, changes], css, changes=changes)

    def fill_holes(layout: Layout) -> Layout:
        return _fill_holes(layout, figures, lay_out)

    layout = fill_holes(lay_out(first, ()))
    for step in rules.fit:
        if not is_overfull(composed.makeup, layout.pages.names):
            break
        layout = replace(fill_holes(lay_out(first + _write_root_rule(step), layout.changes)), fit=step)
    if tighter and may_save_page(
        read_painted_text(layout.pages.document), 1 - rules.line_heights[-1] / rules.line_heights[0]
    ):
        *others, tightest = tighter
        fewest = fill_holes(lay_out(tightest, layout.changes))
        if len(fewest.pages.names) < len(layout.pages.names):
            # A more generous line height may need as few pages.
            candidates = (lay_out(css, fewest.changes) for css in others)
            layout = next((one for one in candidates if len(one.pages.names) == len(fewest.pages.names)), fewest)
    if layout.holes:
        candidates = (fill_holes(lay_out(css, ())) for css in tighter if css != layout.css)
        layout = min((layout, *candidates), key=lambda one: (len(one.pages.names), one.holes))
    split = [change for change in layout.changes if change.kind == "split"]
    if split and is_last_page_short(read_painted_text(layout.pages.document)):
        larger = lay_out(layout.css, (*layout.changes, replace(split[0], kind="larger")))
        layout = larger if len(larger.pages.names) == len(layout.pages.names) else layout
    figures.arrange(layout.changes)
    return layout


def _write_root_rule(declarations: str) -> str:
    return f":root {{ {declarations} }}\n"


def _fill_holes(
    layout: Layout, figures: MovableFigures, lay_out: Callable[[str, tuple[Change, ...]], Layout]
) -> Layout:
    """Move figures that leave holes in a layout, or make them smaller, if that makes fewer pages or smaller holes."""
    if not figures.elements:
        return layout
    tried = set(layout.changes)
    painted = read_painted_text(layout.pages.document, figures.elements)
    while len(tried) < _MAX_CHANGES:
        possible = (
            change for hole in find_avoidable_holes(painted) for change in _list_changes(painted, hole, figures)
        )
        change = next((change for change in possible if change not in tried), None)
        if change is None:
            break
        tried.add(change)
        changed = lay_out(layout.css, (*layout.changes, change))
        painted_after = read_painted_text(changed.pages.document, figures.elements)
        if _measure_waste(painted_after) < _measure_waste(painted):
            layout, painted = changed, painted_after
        figures.arrange(layout.changes)
    return replace(layout, holes=_measure_waste(painted)[1])


def _list_changes(painted: PaintedText, hole: Hole, figures: MovableFigures) -> tuple[Change, ...]:
    """Return what may be done with the figure or table behind a hole, or behind the paragraph that stays with it."""
    flow = painted.flow
    pieces = flow[flow.index(hole.following) :]
    block = hole.following.block
    first = next((piece for piece in pieces if piece.figure is not None or piece.block != block), None)
    if first is None or first.figure is None:
        return ()
    has_words = any(piece.words for piece in pieces if piece.figure == first.figure)
    return figures.list_changes(first.figure, has_words=has_words)


def _measure_waste(painted: PaintedText) -> tuple[int, int]:
    """Return the number of pages, and the holes on them in twentieths of a page: less is not worth a change."""
    return len(painted.pages), round(20 * sum(hole.share for hole in find_avoidable_holes(painted)))
