"""WeasyPrint's boxes read into records of what is painted."""

import re
from dataclasses import dataclass, replace
from math import inf
from typing import Any
from xml.etree.ElementTree import Element

from handouts.pdf.page_checks.letter_fonts import Letters
from handouts.pdf.page_checks.painted_text import Area, Cut, Font, Layer, Leaf, PaintedText, Piece
from handouts.problems.problem import Place

_POINTS_PER_PIXEL = 0.75
_PLACE = re.compile(r"(.*?)(?::(\d{1,9})(?::(\d{1,9}))?)?", re.DOTALL)
_LISTS = frozenset({"ul", "ol"})
_PSEUDO = "::"
_ANYWHERE = (-inf, inf)
_ADDRESS = "web-address"  # the class of what may be broken anywhere


@dataclass(frozen=True, slots=True)
class _Around:
    """What a box stands in."""

    layer: Layer
    element: Element | None = None
    place: Place | None = None
    section: str = ""
    lists: tuple[int, ...] = ()
    tag: str = ""
    block: int = 0
    line: int = 0
    column: tuple[float, float] = _ANYWHERE
    limit: float = inf  # what a table is in ends there, also where the table does not
    table: int = 0
    address: bool = False


def read_painted_text(document: Any) -> PaintedText:  # noqa: ANN401 - WeasyPrint has no types
    """Read all that is painted on the pages of a rendered weasyprint.Document."""
    reader = _Reader()
    for number, page in enumerate(document.pages, start=1):
        reader.read(number, page._page_box)  # noqa: SLF001 - no public way to the boxes
    others = reader.letters.others()
    return PaintedText(tuple(reader.leaves), tuple(reader.pieces), others, frozenset(reader.letters.invisible))


class _Reader:
    """Walks the boxes of one page after another."""

    def __init__(self) -> None:
        from weasyprint.formatting_structure.boxes import BlockContainerBox  # noqa: PLC0415 - slow, and after the fonts

        self._container = BlockContainerBox
        self.leaves: list[Leaf] = []
        self.pieces: list[Piece] = []
        self.letters = Letters()
        self._page = 0
        self._blocks: dict[tuple[Element | None, str], int] = {}
        self._places: dict[str, Place] = {}
        self._fonts: dict[Font, Font] = {}
        self._lines = 0

    def read(self, number: int, page: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        left, top = page.content_box_x(), page.content_box_y()
        whole = _area(0, 0, page.margin_width(), page.margin_height())
        self.leaves.append(Leaf(number, whole, _area(left, top, page.width, page.height)))
        self._page = number
        root, *others = page.children  # then its footnotes, and the boxes in its margins
        self._visit(root, _Around("flow"))
        for box in others:
            self._visit(box, _Around("margin"))

    def _visit(self, box: Any, around: _Around) -> None:  # noqa: ANN401 - WeasyPrint has no types
        if box.style["visibility"] != "visible" or box.style["opacity"] == 0:
            return
        if box.element is not around.element and box.element is not None:
            around = self._enter(box.element, around)
            if box.element.tag == "br" and self.pieces and self.pieces[-1].line == around.line:
                self.pieces[-1] = replace(self.pieces[-1], cut="line")
        if around.layer == "flow" and box.is_absolutely_positioned():
            around = replace(around, layer="aside", line=0, limit=inf)
        around = self._within(box, around)
        if hasattr(box, "text"):
            self._add_text(box, around)
        elif hasattr(box, "replacement"):
            self._add_picture(box, around)
        else:
            if not around.line and hasattr(box, "text_overflow"):  # a line box: those within it are parts of the line
                self._lines += 1
                tag = box.element_tag or ""
                around = replace(around, line=self._lines, tag=tag, block=self._block(box.element, tag))
            for child in box.children:
                self._visit(child, around)

    def _within(self, box: Any, around: _Around) -> _Around:  # noqa: ANN401 - WeasyPrint has no types
        """Note the column that a block makes; a table may be wider than what it is in, its cells end there."""
        if getattr(box, "is_table_wrapper", False):
            return replace(around, limit=min(around.limit, around.column[1]))
        if not isinstance(getattr(box, "_box", box), self._container):  # absolute boxes stand in a placeholder
            return around
        left = box.content_box_x()
        right = min((left + box.width) * _POINTS_PER_PIXEL, around.limit)
        return replace(around, column=(left * _POINTS_PER_PIXEL, right))

    def _enter(self, element: Element, around: _Around) -> _Around:
        at, section = element.get("data-at"), element.get("data-section")
        place = self._place(at) if at else around.place
        lists = (*around.lists, self._block(element, "")) if element.tag in _LISTS else around.lists
        return replace(
            around,
            element=element,
            place=place,
            section=section or around.section,
            lists=lists,
            table=around.table or (self._block(element, "") if element.tag == "table" else 0),
            address=around.address or _ADDRESS in element.get("class", "").split(),
        )

    def _place(self, at: str) -> Place:
        if at not in self._places:
            file, line, column = _PLACE.fullmatch(at).groups()  # type: ignore[union-attr] # it matches any text
            self._places[at] = Place(file, int(line or 0), int(column or 0))
        return self._places[at]

    def _block(self, element: Element | None, tag: str) -> int:
        pseudo = tag.partition(_PSEUDO)[2]
        return self._blocks.setdefault((element, pseudo), len(self._blocks) + 1)

    def _add_text(self, box: Any, around: _Around) -> None:  # noqa: ANN401 - WeasyPrint has no types
        if not box.text.strip():
            return
        pseudo = (box.element_tag or "").partition(_PSEUDO)[2]
        if pseudo == "marker":  # stands beside its item
            around = replace(around, column=_ANYWHERE)
        elif pseudo and around.element is not None and around.element.tag == "a":
            around = replace(around, address=True)  # printed after the words of a link
        font = self._font(box.style)
        self.letters.add(font, box.style, box.text)
        area = _area(box.position_x, box.position_y + box.margin_top, box.width, box.height)
        self._add(
            area, box.text, font, round(box.style["font_size"] * _POINTS_PER_PIXEL, 3), around, box.pango_layout.cut
        )

    def _add_picture(self, box: Any, around: _Around) -> None:  # noqa: ANN401 - WeasyPrint has no types
        font, image = self._font(box.style), box.replacement
        area = _area(box.content_box_x(), box.content_box_y(), box.width, box.height)
        drawing = getattr(image, "_svg", None)
        words = _words(drawing.tree) if drawing is not None else ""
        if words.strip() and box.style["font_size"]:  # Pango cannot make letters of no size
            self.letters.add(font, box.style, words)
        pixels = (image.width, image.height) if hasattr(image, "image_data") else None
        if not around.line:
            self._lines += 1
            block = self._block(box.element, box.element_tag)
            around = replace(around, line=self._lines, tag=box.element_tag, block=block)
        self._add(area, "", font, 0, around, "", pixels, words)

    def _add(  # noqa: PLR0913, PLR0917 - the fields of a record
        self,
        area: Area,
        text: str,
        font: Font,
        size: float,
        around: _Around,
        cut: Cut,
        pixels: tuple[int, int] | None = None,
        words: str = "",
    ) -> None:
        self.pieces.append(
            Piece(
                self._page,
                area,
                text,
                font,
                size,
                around.layer,
                around.tag,
                around.block,
                around.line,
                around.lists,
                around.place,
                around.section,
                around.column,
                around.table,
                around.address,
                cut,
                pixels,
                words,
            )
        )

    def _font(self, style: Any) -> Font:  # noqa: ANN401 - WeasyPrint has no types
        font = Font(tuple(dict.fromkeys(style["font_family"])), style["font_weight"], style["font_style"])
        return self._fonts.setdefault(font, font)


def _area(left: float, top: float, width: float, height: float) -> Area:
    """Make an area of CSS pixels."""
    return Area(*(edge * _POINTS_PER_PIXEL for edge in (left, top, left + width, top + height)))


def _words(drawing: Any) -> str:  # noqa: ANN401 - WeasyPrint has no types
    """Give the texts that an SVG paints."""
    texts = (node for node in drawing._etree_node.iter() if str(node.tag).rpartition("}")[2] == "text")  # noqa: SLF001
    return "".join("".join(text.itertext()) for text in texts)
