"""Lays out HTML and style sheets as pages, and reports every problem on them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from handouts.assets.bundled_fonts import check_bundled_fonts
from handouts.model.document import Composed, Sheet
from handouts.model.imposition import count_missing_pages
from handouts.pdf.layout.bodies import make_body, make_body_key
from handouts.pdf.layout.brand_colors import use_stand_ins
from handouts.pdf.layout.copyfitting import is_overfull, report_overfull_panels
from handouts.pdf.layout.renderer import Engine, Pages, Renderer, open_engine
from handouts.pdf.layout.slot_boxes import SlotRenderer
from handouts.pdf.layout.slots import SlottedHtml, cut_slots, fill_slots, get_single_element
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
    sheets, colors = use_stand_ins(composed.sheets, composed.html)
    with open_engine(composed, sheets, engine_problems) as engine:
        pages = _lay_out_layers(composed, engine, sheets, fitting_problems)
    from handouts.pdf.page_checks.hidden_text import find_required_pieces  # noqa: PLC0415 - imports pdfium
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
    missing_letters = "".join(sorted(painted.missing))
    return replace(
        pages,
        problems=problems.as_tuple(),
        missing_letters=missing_letters,
        colors=colors,
        required_pieces=find_required_pieces(painted, composed.required),
    )


def _lay_out_layers(composed: Composed, engine: Engine, sheets: Sequence[Sheet], problems: Problems) -> Pages:
    """Lay out the slots of a document alone and put them into a body that was kept, or lay out the body with them."""
    from handouts.pdf.layout.worker_cache import worker_cache  # noqa: PLC0415 - imports WeasyPrint

    bodies, slotted = worker_cache().bodies, cut_slots(composed.html)
    slots = _parse_slots(engine, slotted)
    key = make_body_key(composed, slotted, sheets) if slots else None
    slot_renderer = SlotRenderer(engine, slotted.head, slots)
    found = bodies.find(key, slot_renderer) if key else None
    if found:
        body, boxes = found
        problems.extend(body.problems)
        return body.put_together(boxes, composed.files)
    html = engine.parse(slotted.head + slotted.body if slots else composed.html)
    if slots and not fill_slots(html.etree_element, slots):
        slots, key, html = (), None, engine.parse(composed.html)
    renderer = Renderer(engine, html, slots)
    pages, css = _lay_out_to_fit(composed, renderer, problems)
    if key is None:
        return pages
    context = renderer.find_context(css)
    made = make_body(slot_renderer, pages, renderer.trials, context, problems.as_tuple())
    if made is None:
        return pages
    body, boxes = made
    bodies.add(key, body)
    return body.put_together(boxes, composed.files)


def _parse_slots(engine: Engine, slotted: SlottedHtml) -> tuple[Element, ...]:
    """Return the element of each slot; nothing if one of them is not a single element."""
    parsed = [engine.parse(f"<body>{slot}").etree_element.find("body") for slot in slotted.slots]
    elements = tuple(element for element in map(get_single_element, parsed) if element is not None)
    return elements if len(elements) == len(parsed) else ()


def _lay_out_to_fit(composed: Composed, renderer: Renderer, problems: Problems) -> tuple[Pages, str]:
    """Choose the layout, and return the CSS that it was made with.

    Say what to leave out if it does not fit its panels. Pages for notes fill the last sheet.
    """
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
        css += _show_pages_for_notes(missing_pages)
        pages = replace(renderer.render(css), is_overfull=pages.is_overfull)
    return pages, css


def _hide_sections(composed: Composed, sections: Collection[str]) -> str:
    """Return CSS that hides sections and the elements that are printed only for them."""
    hidden = [attached.element for attached in composed.attached if attached.sections <= set(sections)]
    return "".join(f"#{element} {{ display: none }}\n" for element in hidden)


def _show_pages_for_notes(count: int) -> str:
    """Return CSS that shows the first pages for notes of a template."""
    return "".join(f".page-for-notes.number-{number} {{ display: block }}\n" for number in range(1, count + 1))
