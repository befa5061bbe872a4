"""Chooses among layouts of one document: smaller type for leaflets, figures that leave no holes, line heights.

Each trial lays out the whole document, so only those are made that may gain something, only a few, and none twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from xml.etree.ElementTree import Element

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


@dataclass(frozen=True)
class Layout:
    """A layout, the CSS that it was made with, and what was done with figures and tables for it.

    `fit` holds the declarations for smaller type, if it needed any; `movable` are the figures and tables.
    """

    pages: Pages
    css: str = ""
    changes: tuple[Change, ...] = ()
    movable: tuple[Element, ...] = ()
    fit: str = ""

    @cached_property
    def painted(self) -> PaintedText:
        """What is painted on its pages."""
        return read_painted_text(self.pages.document, self.movable)

    @cached_property
    def holes(self) -> tuple[Hole, ...]:
        """The holes on its pages; nothing can be done about them without figures or tables."""
        return tuple(find_avoidable_holes(self.painted)) if self.movable else ()

    @property
    def count(self) -> int:
        """The number of its pages."""
        return len(self.pages.names)


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
    trials = _Trials(renderer, MovableFigures(renderer.tree if rules.move_figures else None))
    trials.add(first, pages)
    layout = trials.fill_holes(trials.lay_out(first, ()))
    for step in rules.fit:
        if not is_overfull(composed.makeup, layout.pages.names):
            break
        smaller = trials.lay_out(first + _write_root_rule(step), layout.changes)
        layout = replace(trials.fill_holes(smaller), fit=step)
    if tighter:
        saving = 1 - rules.line_heights[-1] / rules.line_heights[0]
        layout = _choose_line_height(layout, tighter, saving, trials)
    layout = _enlarge_references(layout, trials)
    trials.figures.arrange(layout.changes)
    return replace(layout, pages=renderer.finish(layout.pages))


class _Trials:
    """The layouts of one document that were made, none of them twice."""

    def __init__(self, renderer: Renderer, figures: MovableFigures) -> None:
        self.figures: Final = figures
        self._renderer: Final = renderer
        self._made: dict[tuple[str, tuple[Change, ...]], Layout] = {}

    def add(self, css: str, pages: Pages, changes: tuple[Change, ...] = ()) -> Layout:
        """Add the pages of the tree as it is."""
        layout = self._made[css, changes] = Layout(pages, css, changes, self.figures.elements)
        return layout

    def lay_out(self, css: str, changes: tuple[Change, ...]) -> Layout:
        """Make these changes, and return the layout with some CSS."""
        self.figures.arrange(changes)
        return self._made.get((css, changes)) or self.add(css, self._renderer.render(css, on_trial=True), changes)

    def fill_holes(self, layout: Layout) -> Layout:
        """Move figures that leave holes, or make them smaller, if that makes fewer pages or smaller holes."""
        tried = set(layout.changes)
        while len(tried) < _MAX_CHANGES:
            painted, figures = layout.painted, self.figures
            possible = (change for hole in layout.holes for change in _list_changes(painted, hole, figures))
            change = next((change for change in possible if change not in tried), None)
            if change is None:
                break
            tried.add(change)
            layout = min(layout, self.lay_out(layout.css, (*layout.changes, change)), key=_measure_waste)
            figures.arrange(layout.changes)
        return layout


def _choose_line_height(layout: Layout, tighter: Sequence[str], saving: float, trials: _Trials) -> Layout:
    """Return a layout with less height of lines, by one of some CSS, if that makes fewer pages or smaller holes.

    `saving` is the share of their height that lines need less with the last of them.
    """
    if may_save_page(layout.painted, saving):
        *others, tightest = tighter
        fewest = trials.fill_holes(trials.lay_out(tightest, layout.changes))
        if fewest.count < layout.count:
            # A more generous line height may need as few pages.
            generous = (trials.lay_out(css, fewest.changes) for css in others)
            return next((one for one in generous if one.count == fewest.count), fewest)
    for css in tighter:
        # No line height needs fewer pages.
        if _measure_waste(layout)[1]:
            layout = min(layout, trials.fill_holes(trials.lay_out(css, ())), key=_measure_waste)
    return layout


def _enlarge_references(layout: Layout, trials: _Trials) -> Layout:
    """Return a layout with split references set larger if only a few lines of them are on the last page."""
    split = [change for change in layout.changes if change.kind == "split"]
    if not split or not is_last_page_short(layout.painted):
        return layout
    larger = trials.lay_out(layout.css, (*layout.changes, replace(split[0], kind="larger")))
    return larger if larger.count == layout.count else layout


def _measure_waste(layout: Layout) -> tuple[int, int]:
    """Return the number of pages, and the holes on them in twentieths of a page: less is not worth a change."""
    return layout.count, round(20 * sum(hole.share for hole in layout.holes))


def _write_root_rule(declarations: str) -> str:
    return f":root {{ {declarations} }}\n"


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
