"""Lays out HTML and style sheets as pages, and reports every problem on them."""

from collections.abc import Collection
from dataclasses import replace

from handouts.assets.bundled_fonts import check_bundled_fonts
from handouts.model.document import Composed
from handouts.model.imposition import count_missing_pages
from handouts.pdf.layout.copyfitting import is_overfull, report_overfull_panels
from handouts.pdf.layout.renderer import Pages, Renderer, open_renderer
from handouts.pdf.layout.trials import find_layout
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.breaks import check_page_breaks
from handouts.pdf.page_checks.inspection import check_edges, inspect_pages
from handouts.pdf.page_checks.type_measures import check_line_length, check_type_size
from handouts.pdf.page_checks.white_space import check_white_space
from handouts.pdf.rules import SET_SMALLER
from handouts.problems.collector import Problems


def lay_out(composed: Composed) -> Pages:
    """Lay out a document as pages that can be written as PDF/A-2a and PDF/UA-1; nothing is loaded from the network."""
    engine_problems, fitting_problems = Problems(), Problems()
    with open_renderer(composed, engine_problems) as renderer:
        pages = _lay_out_to_fit(composed, renderer, fitting_problems)
    from handouts.pdf.page_checks.ink import check_ink  # noqa: PLC0415 - imports WeasyPrint, which is slow

    problems = Problems((*check_bundled_fonts(), *engine_problems, *pages.problems, *fitting_problems))
    painted = read_painted_text(pages.document)
    inspect_pages(painted, composed.required, problems)
    check_type_size(painted, composed.layout.smallest_type, problems)
    if not pages.is_overfull:
        check_page_breaks(painted, problems)
        check_edges(painted, problems)
        if composed.layout.advise:
            check_white_space(painted, composed.layout.smallest_type, problems)
            check_line_length(painted, problems)
    check_ink(pages.pictures, problems)
    return replace(pages, problems=problems.as_tuple(), missing_letters="".join(sorted(painted.missing)))


def _lay_out_to_fit(composed: Composed, renderer: Renderer, problems: Problems) -> Pages:
    """Choose the layout; say what to leave out if it does not fit its panels. Pages for notes fill the last sheet."""
    layout = find_layout(composed, renderer)
    pages, css = layout.pages, layout.css
    if is_overfull(composed.makeup, pages.names):

        def fits_without(sections: Collection[str]) -> bool:
            return not is_overfull(composed.makeup, renderer.render(css + _hide_sections(composed, sections)).names)

        report_overfull_panels(composed, pages.document, fits_without, problems)
        pages = replace(pages, is_overfull=True)
    elif layout.fit:
        problems.add(SET_SMALLER.at(None, properties=layout.fit))
    missing_pages = count_missing_pages(composed.makeup, pages.names)
    if missing_pages:
        pages = replace(renderer.render(css + _show_pages_for_notes(missing_pages)), is_overfull=pages.is_overfull)
    return pages


def _hide_sections(composed: Composed, sections: Collection[str]) -> str:
    """Return CSS that hides sections and the elements that are printed only for them."""
    hidden = [attached.element for attached in composed.attached if attached.sections <= set(sections)]
    return "".join(f"#{element} {{ display: none }}\n" for element in hidden)


def _show_pages_for_notes(count: int) -> str:
    """Return CSS that shows the first pages for notes of a template."""
    return "".join(f".page-for-notes.number-{number} {{ display: block }}\n" for number in range(1, count + 1))
