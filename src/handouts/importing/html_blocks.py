"""Reads HTML as blocks. Nothing is loaded: pictures on other computers are only named."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from handouts.html.markup import get_tag, parse_html
from handouts.importing.blocks import LINE_BREAK, Block, BlockKind
from handouts.importing.html_inline import INLINE, NOTE, SKIPPED, InlineWriter, join_words, list_words, tidy
from handouts.importing.html_nesting import refuse_deep_nesting
from handouts.importing.text_blocks import looks_like_heading
from handouts.language.escaping import escape_markdown

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
# Lines that go on within a sentence are one line.
_WITHIN_SENTENCE: Final = re.compile(rf"(?<=[^\s.!?:;]){LINE_BREAK}(?=[^\W\d_A-Z])")
_LARGEST_SPAN: Final = 100
_ALL_BOLD: Final = re.compile(r"\*\*([^*]+)\*\*:?")


def read_html_blocks(html: str, dropped: list[str]) -> Iterator[Block]:
    """Yield the blocks of a page; what is skipped, such as menus, is dropped with its words.

    Raises RecursionError for elements that are nested too deeply.
    """
    refuse_deep_nesting(html)
    reader = _Reader(dropped, InlineWriter(dropped))
    reader.read_container(parse_html(html))
    yield from reader.blocks


@dataclass(slots=True)
class _Reader:
    """Collects blocks; text that stands in no paragraph is one of its own."""

    dropped: list[str]
    writer: InlineWriter
    blocks: list[Block] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)

    def read_container(self, element: Element, level: int = -1) -> None:
        """Read an element that contains blocks, text or both; `level` is that of the list around it, -1 for none."""
        self.inline.append(self.writer.write(element.text))
        for child in element:
            self._read_child(child, level)
            self.inline.append(self.writer.write(child.tail))
        self.end_paragraph()

    def end_paragraph(self) -> None:
        """Make a paragraph of the text that was collected."""
        text = _WITHIN_SENTENCE.sub(" ", tidy("".join(self.inline), line_breaks=True))
        self.inline.clear()
        if text:
            bold = _ALL_BOLD.fullmatch(text)
            if bold and looks_like_heading(bold[1]):
                self._add("heading", bold[1], 2, is_proposed=True)
            else:
                self._add("paragraph", text)

    def _read_child(self, child: Element, level: int) -> None:
        tag = get_tag(child)
        if not tag:  # a comment
            return
        if tag in SKIPPED:
            if words := tidy(" ".join(list_words(child))):
                self.dropped.append(f"{tag}: {words}")
        elif tag == "img":
            self.end_paragraph()
            self._add("picture", f"{child.get('src', '')}\n{tidy(child.get('alt', ''))}")
        elif tag in INLINE and not any(get_tag(inner) == "img" for inner in child.iter()):
            self.inline.append(self.writer.write_inline(child, "".join(self.inline)[-10:]))
        elif tag in _HEADINGS:
            self.end_paragraph()
            self._add("heading", escape_markdown(tidy(join_words(child))), _HEADINGS[tag])
        elif tag in {"ul", "ol"}:
            self.end_paragraph()
            self._read_list(child, level + 1)
        elif tag == "table":
            self.end_paragraph()
            self._read_table(child)
        else:
            self.end_paragraph()
            self.read_container(child, level)

    def _read_list(self, element: Element, level: int) -> None:
        kind: BlockKind = "numbered" if get_tag(element) == "ol" else "item"
        for item in element:
            first = len(self.blocks)
            if note := NOTE.fullmatch(item.get("id", "")):
                text = tidy(self.writer.write_words(item)).removesuffix("\N{UPWARDS ARROW}").rstrip()
                self._add("paragraph", f"[^{note[1]}]: {text}")
                continue
            self.read_container(item, level)
            is_numbered = False
            for at in range(first, len(self.blocks)):
                block = self.blocks[at]
                if block.kind in {"paragraph", "heading"}:
                    # The first paragraph is the item. Others are items of their own, so that none is lost; in numbered
                    # lists they go on with it, so that the next item keeps its number.
                    self.blocks[at] = Block("continued" if is_numbered else kind, block.text, block.where, level)
                    is_numbered = kind == "numbered"

    def _read_table(self, table: Element) -> None:
        rows = [row for row in table.iter() if get_tag(row) == "tr"]
        cells = [[cell for cell in row if get_tag(cell) in {"td", "th"}] for row in rows]
        if any(get_tag(inner) == "table" for inner in table.iter() if inner is not table) or len(cells) == 1:
            for row in cells:  # a table that only places its texts
                for cell in row:
                    self.read_container(cell)
            return
        written, is_merged = self._write_cells(cells)
        width = max((len(row) for row in written), default=0)
        lines = [" | ".join([*row, *[""] * (width - len(row))]) for row in written]
        if lines:
            self._add("table", "\n".join(lines), is_proposed=is_merged)

    def _write_cells(self, rows: Sequence[Sequence[Element]]) -> tuple[list[list[str]], bool]:
        """Return the texts of cells in their columns, and whether cells are merged: each part of these has the text."""
        grid: dict[tuple[int, int], str] = {}
        is_merged = False
        for at, row in enumerate(rows):
            column = 0
            for cell in row:
                while (at, column) in grid:
                    column += 1
                text = tidy(self.writer.write_words(cell))
                height, width = min(_read_span(cell, "rowspan"), len(rows) - at), _read_span(cell, "colspan")
                is_merged = is_merged or height > 1 or width > 1
                for place in itertools.product(range(at, at + height), range(column, column + width)):
                    grid.setdefault(place, text)
                column += width
        columns = range(max((column for _, column in grid), default=-1) + 1)
        return [[grid.get((at, column), "") for column in columns] for at, row in enumerate(rows) if row], is_merged

    def _add(self, kind: BlockKind, text: str, level: int = 0, *, is_proposed: bool = False) -> None:
        where = f"block {len(self.blocks) + 1}"
        self.blocks.append(Block(kind, text, where, level, is_proposed))


def _read_span(cell: Element, attribute: str) -> int:
    """Return how many rows or columns a cell takes, 1 if it does not say so."""
    written = cell.get(attribute, "").strip()
    return max(1, min(int(written), _LARGEST_SPAN)) if re.fullmatch(r"[0-9]{1,9}", written) else 1
