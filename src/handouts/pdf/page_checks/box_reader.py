"""Reads WeasyPrint's boxes into records of what is painted."""

import re
from collections.abc import Sequence
from math import inf
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from handouts.pdf.page_checks.forced_breaks import is_forced_break
from handouts.pdf.page_checks.letter_fonts import LetterFonts
from handouts.pdf.page_checks.painted_text import (
    Area,
    Column,
    Cut,
    Extent,
    Font,
    Layer,
    PageBounds,
    PaintedText,
    Piece,
)
from handouts.problems.problem import Place

_POINTS_PER_PIXEL = 0.75
_PLACE = re.compile(r"(.*?)(?::(\d{1,9})(?::(\d{1,9}))?)?", re.DOTALL)
_LISTS = frozenset({"ul", "ol"})
_PSEUDO = "::"
_UNBOUNDED = (-inf, inf)
_ADDRESS_CLASS = "web-address"  # of elements whose text may be broken anywhere
_CONTACT_CLASS = "contact"  # of the contact panel
_WHOLE_CLASSES = frozenset(
    {_CONTACT_CLASS, "important", "form", "tear-off", "teach-back", "questions-to-ask"}
)  # of what must not be split
_PART_TITLE_CLASS = "part-title"
_BESIDE_CLASSES = frozenset({"step-text", "beside-text", "signs-side"})
_RAISED = frozenset({"sup", "sub"})


class _Context(NamedTuple):  # a dataclass is replaced more slowly
    """The values that a box inherits from the boxes around it."""

    layer: Layer
    element: Element | None = None
    place: Place | None = None
    section: str = ""
    lists: tuple[int, ...] = ()
    tag: str = ""
    block: int = 0
    line: int = 0
    column: tuple[float, float] = _UNBOUNDED
    limit: float = inf  # the right edge of what contains a table, which may be wider itself
    table: int = 0
    column_number: int = 0
    figure: int | None = None
    address: bool = False
    raised: bool = False
    contact: bool = False
    whole: int = 0
    opens_part: bool = False
    beside: bool = False


def read_painted_text(document: Any, figures: Sequence[Element] = ()) -> PaintedText:  # noqa: ANN401 - WeasyPrint has no types
    """Return what is painted on the pages of a rendered weasyprint.Document; pieces of `figures` have their index."""
    reader = _Reader(figures)
    for number, page in enumerate(document.pages, start=1):
        reader.read(number, page._page_box)  # noqa: SLF001 - no public way to the boxes
    substitutes = reader.letters.find_substitutes()
    return PaintedText(
        tuple(reader.pages),
        tuple(reader.pieces),
        tuple(reader.columns),
        tuple(reader.extents),
        substitutes,
        frozenset(reader.letters.invisible),
    )


class _Reader:
    """Walks the boxes of all pages in order."""

    def __init__(self, figures: Sequence[Element]) -> None:
        from weasyprint.formatting_structure.boxes import BlockContainerBox  # noqa: PLC0415 - slow, and after the fonts

        self._container = BlockContainerBox
        self.pages: list[PageBounds] = []
        self.pieces: list[Piece] = []
        self.columns: list[Column] = []
        self.extents: list[Extent] = []
        self.letters = LetterFonts()
        self._page = 0
        self._blocks: dict[tuple[Element | None, str], int] = {}
        self._places: dict[str, Place] = {}
        self._fonts: dict[Font, Font] = {}
        self._lines = 0
        self._figures = {figure: index for index, figure in enumerate(figures)}
        self._last_page: Any = None

    def read(self, number: int, page: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        left, top = page.content_box_x(), page.content_box_y()
        whole = _convert_to_points(0, 0, page.margin_width(), page.margin_height())
        content = _convert_to_points(left, top, page.width, page.height)
        is_forced = self._last_page is not None and is_forced_break(self._last_page, page)
        self.pages.append(PageBounds(number, whole, content, page.page_type.name, is_forced))
        self._page, self._last_page = number, page
        root, *others = page.children  # then its footnotes, and the boxes in its margins
        self._visit(root, _Context("flow"))
        for box in others:
            self._visit(box, _Context("margin"))

    def _visit(self, box: Any, context: _Context) -> None:  # noqa: ANN401 - WeasyPrint has no types
        if box.style["visibility"] != "visible" or box.style["opacity"] == 0:
            return
        if box.element is not context.element and box.element is not None:
            context = self._enter_element(box.element, context)
            if box.element.tag == "br" and self.pieces and self.pieces[-1].line == context.line:
                self.pieces[-1] = self.pieces[-1]._replace(cut="line")
        if context.layer == "flow" and box.is_absolutely_positioned():
            context = context._replace(layer="aside", line=0, limit=inf)
        context = self._enter_block(box, context)
        if hasattr(box, "text"):
            self._add_text(box, context)
        elif hasattr(box, "replacement"):
            self._add_picture(box, context)
        else:
            if not context.line and hasattr(box, "text_overflow"):  # a line box; nested ones are parts of the same line
                self._lines += 1
                tag = box.element_tag or ""
                context = context._replace(line=self._lines, tag=tag, block=self._number_block(box.element, tag))
                self._add_extent(box.position_y, box.height, context)
            for child in box.children:
                self._visit(child, context)

    def _enter_block(self, box: Any, context: _Context) -> _Context:  # noqa: ANN401 - WeasyPrint has no types
        """Set the column of a block; a table may be wider than what contains it, its cells end there."""
        if getattr(box, "is_table_wrapper", False):
            return context._replace(limit=min(context.limit, context.column[1]))
        if not isinstance(getattr(box, "_box", box), self._container):  # absolute boxes are wrapped in a placeholder
            return context
        left = box.content_box_x()
        right = min((left + box.width) * _POINTS_PER_PIXEL, context.limit)
        context = context._replace(column=(left * _POINTS_PER_PIXEL, right))
        if box.is_column:
            number = len(self.columns) + 1
            area = _convert_to_points(left, box.position_y, box.width, box.height)
            self.columns.append(Column(number, self._page, area, context.column_number))
            context = context._replace(column_number=number)
        elif box.border_bottom_width and all(hasattr(child, "text_overflow") for child in box.children):
            self._add_extent(box.border_box_y(), box.border_height(), context)  # to write on, perhaps below some text
        return context

    def _enter_element(self, element: Element, context: _Context) -> _Context:
        at, section = element.get("data-at"), element.get("data-section")
        place = self._find_place(at) if at else context.place
        lists = (*context.lists, self._number_block(element, "")) if element.tag in _LISTS else context.lists
        classes = element.get("class", "").split()
        return context._replace(
            element=element,
            place=place,
            section=section or context.section,
            lists=lists,
            table=context.table or (self._number_block(element, "") if element.tag == "table" else 0),
            figure=self._figures.get(element, context.figure),
            address=context.address or _ADDRESS_CLASS in classes,
            raised=context.raised or element.tag in _RAISED,
            contact=context.contact or _CONTACT_CLASS in classes,
            opens_part=context.opens_part or _PART_TITLE_CLASS in classes,
            beside=context.beside or not _BESIDE_CLASSES.isdisjoint(classes),
            whole=context.whole or (0 if _WHOLE_CLASSES.isdisjoint(classes) else self._number_block(element, "")),
        )

    def _find_place(self, at: str) -> Place:
        if at not in self._places:
            file, line, column = _PLACE.fullmatch(at).groups()  # type: ignore[union-attr] # it matches any text
            self._places[at] = Place(file, int(line or 0), int(column or 0))
        return self._places[at]

    def _number_block(self, element: Element | None, tag: str) -> int:
        pseudo = tag.partition(_PSEUDO)[2]
        return self._blocks.setdefault((element, pseudo), len(self._blocks) + 1)

    def _add_text(self, box: Any, context: _Context) -> None:  # noqa: ANN401 - WeasyPrint has no types
        if not box.text.strip():
            return
        pseudo = (box.element_tag or "").partition(_PSEUDO)[2]
        if pseudo == "marker":  # printed beside its item
            context = context._replace(column=_UNBOUNDED)
        elif pseudo and context.element is not None and context.element.tag == "a":
            context = context._replace(address=True)  # printed after the words of a link
        font = self._find_font(box.style)
        self.letters.add(font, box.style, box.text)
        area = _convert_to_points(_find_left(box), box.position_y + box.margin_top, box.width, box.height)
        baseline = (box.position_y + box.baseline) * _POINTS_PER_PIXEL
        size = round(box.style["font_size"] * _POINTS_PER_PIXEL, 3)
        self._add(area, baseline, box.text, font, size, context, box.pango_layout.cut)

    def _add_picture(self, box: Any, context: _Context) -> None:  # noqa: ANN401 - WeasyPrint has no types
        font, image = self._find_font(box.style), box.replacement
        area = _convert_to_points(box.content_box_x(), box.content_box_y(), box.width, box.height)
        drawing = getattr(image, "_svg", None)
        words = _extract_drawn_text(drawing.tree) if drawing is not None else ""
        if words.strip() and box.style["font_size"]:  # Pango cannot set letters of size 0
            self.letters.add(font, box.style, words)
        pixels = (image.width, image.height) if hasattr(image, "image_data") else None
        if not context.line:
            self._lines += 1
            block = self._number_block(box.element, box.element_tag)
            context = context._replace(line=self._lines, tag=box.element_tag, block=block)
            self._add_extent(box.content_box_y(), box.height, context)
        self._add(area, area.bottom, "", font, 0, context, "", pixels, words)

    def _add(  # noqa: PLR0913, PLR0917 - the fields of a record
        self,
        area: Area,
        baseline: float,
        text: str,
        font: Font,
        size: float,
        context: _Context,
        cut: Cut,
        pixels: tuple[int, int] | None = None,
        words: str = "",
    ) -> None:
        self.pieces.append(
            Piece(
                self._page,
                area,
                baseline,
                text,
                font,
                size,
                context.layer,
                context.tag,
                context.block,
                context.line,
                context.lists,
                context.place,
                context.section,
                context.column,
                context.table,
                context.column_number,
                context.figure,
                context.address,
                context.raised,
                context.contact,
                context.whole,
                context.opens_part,
                context.beside,
                cut,
                pixels,
                words,
            )
        )

    def _add_extent(self, top: float, height: float, context: _Context) -> None:
        """Add the space from `top` on, in CSS pixels, that something takes up in its block."""
        if context.layer == "flow" and height > 0:
            left, right = context.column
            area = Area(left, top * _POINTS_PER_PIXEL, right, (top + height) * _POINTS_PER_PIXEL)
            self.extents.append(Extent(self._page, area))

    def _find_font(self, style: Any) -> Font:  # noqa: ANN401 - WeasyPrint has no types
        font = Font(tuple(dict.fromkeys(style["font_family"])), style["font_weight"], style["font_style"])
        return self._fonts.setdefault(font, font)


def _find_left(box: Any) -> float:  # noqa: ANN401 - as above
    """Return where the letters of a text begin, in CSS pixels.

    Left of them, WeasyPrint still paints the space at the end of a line from right to left that it took off the width.
    """
    from weasyprint.text.line_break import create_layout, line_size  # noqa: PLC0415 - slow, so only where pages are made

    painted, left = box.pango_layout, float(box.position_x)
    if painted.first_line_direction % 2 and painted.text != box.text:
        line, _ = create_layout(painted.text, box.style, None, None, 0).get_first_line()
        left += max(0, line_size(line, box.style)[0] - box.width)
    return left


def _convert_to_points(left: float, top: float, width: float, height: float) -> Area:
    """Convert CSS pixels to an area in points."""
    return Area(*(edge * _POINTS_PER_PIXEL for edge in (left, top, left + width, top + height)))


def _extract_drawn_text(drawing: Any) -> str:  # noqa: ANN401 - WeasyPrint has no types
    """Return the text that an SVG paints."""
    texts = (node for node in drawing._etree_node.iter() if str(node.tag).rpartition("}")[2] == "text")  # noqa: SLF001
    return "".join("".join(text.itertext()) for text in texts)
