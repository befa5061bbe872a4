"""Lays out HTML and style sheets as pages, and reports every problem on them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final
from xml.etree.ElementTree import Element

from handouts.assets.bundled_fonts import check_bundled_fonts
from handouts.compose.slotted_html import SlottedHtml, cut_slots
from handouts.model.document import Composed, Sheet
from handouts.model.imposition import count_missing_pages
from handouts.pdf.layout.bodies import Body, make_body, make_body_key
from handouts.pdf.layout.brand_colors import use_stand_ins
from handouts.pdf.layout.copyfitting import is_overfull, report_overfull_panels
from handouts.pdf.layout.low_blocks import lower_blocks
from handouts.pdf.layout.renderer import Context, Engine, Pages, Renderer, open_engine
from handouts.pdf.layout.slot_boxes import LayOutSlots, SlotRenderer
from handouts.pdf.layout.slots import fill_slots, get_single_element
from handouts.pdf.layout.trials import find_layout
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.breaks import check_page_breaks
from handouts.pdf.page_checks.inspection import check_edges, check_page_sizes, inspect_pages
from handouts.pdf.page_checks.type_measures import check_line_length, check_type_size
from handouts.pdf.page_checks.white_space import check_white_space
from handouts.pdf.rules import SET_SMALLER, SHORT_BOOKLET
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem


@dataclass(frozen=True)
class OpenDocument:
    """A document that is ready to be laid out, and its slots; `key` says which others have the same body, if any.

    `problems` are those of style sheets, files and fitting. `colors` are operators that are replaced by others when
    the pages are painted. `sheets` are its style sheets with stand-ins for these colors.
    """

    composed: Composed
    engine: Engine
    slotted: SlottedHtml
    sheets: tuple[Sheet, ...]
    colors: Mapping[bytes, bytes]
    problems: Problems = field(default_factory=Problems)

    @property
    def drawing_problems(self) -> tuple[Problem, ...]:
        """The problems of its drawings, also those of its practice, that are printed as pictures."""
        return self.engine.drawing_problems

    @cached_property
    def key(self) -> str | None:
        """The key of its body; None if it is not to be kept."""
        return make_body_key(self.composed, self.slotted, self.sheets)

    @cached_property
    def metadata(self) -> Any:  # noqa: ANN401 - WeasyPrint has no types
        """Its title and other metadata, as a weasyprint.DocumentMetadata."""
        return self.engine.read_metadata(self.slotted.head)

    @cached_property
    def slots(self) -> tuple[Element, ...]:
        """The element of each slot; none if one of them is not a single element."""
        return _parse_slots(self.engine, self.slotted)

    def open_slots(self, slots: Sequence[str], group: frozenset[int]) -> SlotRenderer | None:
        """Return what lays out a group of slots alone that are not those of the document; None as in `slots`."""
        elements = _parse_slots(self.engine, replace(self.slotted, slots=tuple(slots)))
        return SlotRenderer(self.engine, self.slotted.head, elements, group) if elements else None

    @cached_property
    def renderers(self) -> tuple[SlotRenderer, ...]:
        """What lays out each group of slots alone."""
        groups = self.slotted.groups if self.slots else ()
        return tuple(SlotRenderer(self.engine, self.slotted.head, self.slots, group) for group in groups)


@dataclass(frozen=True, slots=True)
class WholePages:
    """Pages of a document that was laid out as a whole, and all trials; `context` is that of the pages.

    `fitting_problems` are those of fitting the text to panels.
    """

    pages: Pages
    fitting_problems: tuple[Problem, ...] = ()
    trials: tuple[tuple[Context, Pages], ...] = ()
    context: Context | None = None


_PAGES_OF_A_CARD: Final = 3  # cover, back cover, and one page between them


def lay_out(composed: Composed) -> Pages:
    """Lay out a document as pages that can be written as PDF/A-2a and PDF/UA-1; nothing is loaded from the network."""
    with open_document(composed) as document:
        whole = lay_out_whole(document)
    pages = check_pages(document, whole)
    return replace(pages, problems=(*pages.problems, *document.drawing_problems))


@contextmanager
def open_document(composed: Composed) -> Iterator[OpenDocument]:
    """Prepare a document for layout; all of its problems are known after the block."""
    problems = Problems()
    sheets, colors = use_stand_ins(composed.sheets, composed.html)
    with open_engine(composed, sheets, problems) as engine:
        yield OpenDocument(composed, engine, cut_slots(composed.html), sheets, colors, problems)


def lay_out_whole(document: OpenDocument) -> WholePages:
    """Lay out a document with what is in its slots."""
    engine, composed, slotted, slots = document.engine, document.composed, document.slotted, document.slots
    html: Any = engine.parse(slotted.head + slotted.body if slots else composed.html)
    if slots and not fill_slots(html.etree_element, slots):
        slots, html = (), engine.parse(composed.html)
    renderer = Renderer(engine, html, slots)
    fitting_problems = Problems()
    pages, css = _lay_out_to_fit(composed, renderer, fitting_problems)
    context = renderer.find_context(css) if slots else None
    return WholePages(
        replace(pages, colors=document.colors), fitting_problems.as_tuple(), tuple(renderer.trials), context
    )


def find_body(document: OpenDocument, whole: WholePages, groups: Mapping[frozenset[int], LayOutSlots]) -> Body | None:
    """Return the body of pages that were laid out whole; None if it has none.

    `groups` are what lays out each group of slots alone.
    """
    if not groups or whole.context is None:
        return None
    return make_body(document.engine, document.slots, groups, whole.pages, whole.trials, whole.context)


def check_pages(document: OpenDocument, whole: WholePages) -> Pages:
    """Return pages with all of their problems but those of drawings, when everything was loaded."""
    from handouts.pdf.page_checks.hidden_text import find_required_pieces  # noqa: PLC0415 - imports pdfium
    from handouts.pdf.page_checks.ink import check_ink  # noqa: PLC0415 - imports WeasyPrint, which is slow

    composed, pages = document.composed, whole.pages
    problems = Problems((*check_bundled_fonts(), *document.problems, *pages.problems, *whole.fitting_problems))
    painted = read_painted_text(pages.document)
    if not check_page_sizes(painted, problems):
        return replace(pages, problems=problems.as_tuple(), is_overfull=True)
    inspect_pages(painted, composed.required, problems)
    check_type_size(painted, composed.layout.smallest_type, problems)
    if not pages.is_overfull:
        check_page_breaks(painted, problems)
        check_edges(painted, problems)
        if composed.layout.advise:
            check_white_space(painted, composed.layout.smallest_type, problems)
            check_line_length(painted, problems)
    check_ink(pages.pictures, problems)
    return replace(
        pages,
        problems=problems.as_tuple(),
        missing_letters="".join(sorted(painted.missing)),
        required_pieces=find_required_pieces(painted, composed.required),
    )


def _parse_slots(engine: Engine, slotted: SlottedHtml) -> tuple[Element, ...]:
    """Return the element of each slot; nothing if one of them is not a single element."""
    parsed = [engine.parse(f"<body>{slot}").etree_element.find("body") for slot in slotted.slots]
    elements = tuple(element for element in map(get_single_element, parsed) if element is not None)
    return elements if len(elements) == len(parsed) else ()


def _lay_out_to_fit(composed: Composed, renderer: Renderer, problems: Problems) -> tuple[Pages, str]:
    """Choose the layout, and return the CSS that it was made with, apart from that of pages for notes.

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
        # A slot on these pages would be displayed only here, and such a document has no shared body.
        shown = renderer.render(css, _show_pages_for_notes(missing_pages))
        pages = replace(shown, is_overfull=pages.is_overfull)
    if composed.makeup.imposition == "saddle-stitch" and len(layout.pages.names) <= _PAGES_OF_A_CARD:
        problems.add(SHORT_BOOKLET.at(None, count=len(layout.pages.names)))
    return lower_blocks(pages), css


def _hide_sections(composed: Composed, sections: Collection[str]) -> str:
    """Return CSS that hides sections and the elements that are printed only for them."""
    hidden = [attached.element for attached in composed.attached if attached.sections <= set(sections)]
    return "".join(f"#{element} {{ display: none }}\n" for element in hidden)


def _show_pages_for_notes(count: int) -> str:
    """Return CSS that shows the first pages for notes of a template."""
    return "".join(f".page-for-notes.number-{number} {{ display: block }}\n" for number in range(1, count + 1))
