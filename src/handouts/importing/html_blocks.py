"""Reads HTML as blocks. Nothing is loaded: pictures on other computers are only named."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from handouts.ama.styled_text import Run, to_plain_text
from handouts.html.markup import get_tag, parse_html
from handouts.importing.blocks import CITATION_END, CITATION_START, LINE_BREAK, NUMBERS, Block, BlockKind
from handouts.importing.text_blocks import looks_like_heading, mark_citations
from handouts.language.escaping import escape_markdown

_SKIPPED: Final = frozenset(
    {"head", "script", "style", "template", "nav", "button", "select", "svg:svg", "iframe", "object"}
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_INLINE: Final = frozenset(
    {
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "dfn",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "u",
    }
    | {"br", "time", "var", "label", "font", "ins", "bdi", "bdo", "samp", "big", "tt", "del", "wbr"}
)
_STRUCK_OUT: Final = frozenset({"del", "s", "strike"})
# Lines that go on within a sentence are one line.
_WITHIN_SENTENCE: Final = re.compile(rf"(?<=[^\s.!?:;]){LINE_BREAK}(?=[^\W\d_A-Z])")
_LARGEST_SPAN: Final = 100
_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s()<>]+", re.IGNORECASE)
_ALL_BOLD: Final = re.compile(r"\*\*([^*]+)\*\*:?")
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")
_OFTEN_OPEN: Final = frozenset(
    {
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "col",
        "wbr",
        "source",
    }
    | {
        "path",
        "rect",
        "circle",
        "line",
        "use",
        "area",
        "base",
        "embed",
        "param",
        "track",
        "html",
        "head",
        "body",
        "tbody",
    }
)
# As mammoth names them. They are notes, never citations: their numbers are not those of the list of sources.
_NOTE: Final = re.compile(r"((?:footnote|endnote)-\d+)")
_MAX_DEPTH: Final = 200
# Raised numbers after these are powers, not citations: 10^9, kg/m^2; and so are those before a letter, as in 18F.
_POWER_BASE: Final = re.compile(r"(?:\d|(?:^|[\s/\d(])(?:[kcm]?m|in|ft|yd))$")
_SPACE: Final = re.compile(r"\s+")


def read_html_blocks(html: str, dropped: list[str]) -> Iterator[Block]:
    """Yield the blocks of a page; what is skipped, such as menus, is dropped with its words.

    Raises RecursionError for elements that are nested too deeply.
    """
    if _measure_depth(html) > _MAX_DEPTH:
        raise RecursionError
    reader = _Reader(dropped)
    root = parse_html(html)
    reader.read_container(root)
    yield from reader.blocks


@dataclass(slots=True)
class _Reader:
    """Collects blocks; text that stands in no paragraph is one of its own."""

    dropped: list[str]
    blocks: list[Block] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)

    def read_container(self, element: Element, level: int = -1) -> None:
        """Read an element that contains blocks, text or both; `level` is that of the list around it, -1 for none."""
        self.inline.append(self._write(element.text))
        for child in element:
            self._read_child(child, level)
            self.inline.append(self._write(child.tail))
        self.end_paragraph()

    def end_paragraph(self) -> None:
        """Make a paragraph of the text that was collected."""
        text = _WITHIN_SENTENCE.sub(" ", _tidy("".join(self.inline), line_breaks=True))
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
        if tag in _SKIPPED:
            if words := _tidy(" ".join(_list_words(child))):
                self.dropped.append(f"{tag}: {words}")
        elif tag == "img":
            self.end_paragraph()
            self._add("picture", f"{child.get('src', '')}\n{_tidy(child.get('alt', ''))}")
        elif tag in _INLINE and not any(get_tag(inner) == "img" for inner in child.iter()):
            self.inline.append(self._write_inline(child, "".join(self.inline)[-10:]))
        elif tag in _HEADINGS:
            self.end_paragraph()
            self._add("heading", escape_markdown(_tidy(_join_words(child))), _HEADINGS[tag])
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
            if note := _NOTE.fullmatch(item.get("id", "")):
                text = _tidy(self._write_words(item)).removesuffix("\N{UPWARDS ARROW}").rstrip()
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
                text = _tidy(self._write_words(cell))
                height, width = min(_read_span(cell, "rowspan"), len(rows) - at), _read_span(cell, "colspan")
                is_merged = is_merged or height > 1 or width > 1
                for place in itertools.product(range(at, at + height), range(column, column + width)):
                    grid.setdefault(place, text)
                column += width
        columns = range(max((column for _, column in grid), default=-1) + 1)
        return [[grid.get((at, column), "") for column in columns] for at, row in enumerate(rows) if row], is_merged

    def _write_inline(self, element: Element, before: str) -> str:
        """Return an element within a paragraph as Markdown; `before` is the text before it."""
        tag, words = get_tag(element), self._write_words(element)
        plain = "".join(element.itertext()).strip()
        if note := _find_note(element):
            return f"[^{note}]"
        if tag in _STRUCK_OUT:
            self.dropped.append(f"struck-out, hidden or deleted text: {plain}")
        if tag in {"br", *_STRUCK_OUT}:
            return LINE_BREAK if tag == "br" else ""
        is_power = _POWER_BASE.search(before) or (before[-1:].strip() == "" and (element.tail or "")[:1].isalpha())
        if tag == "sup" and re.fullmatch(rf"\[?{NUMBERS}\]?", plain) and not is_power:
            return f"{CITATION_START}{plain.strip('[]')}{CITATION_END}"
        if tag in {"sub", "sup"}:
            words = escape_markdown(to_plain_text([Run(plain, position="sub" if tag == "sub" else "sup")]))
        mark = {"b": "**", "strong": "**", "em": "*", "i": "*"}.get(tag, "")
        address = element.get("href", "")
        if tag == "a" and _LINK.fullmatch(address) and plain and CITATION_START not in words:
            return f"[{_tidy(words)}]({address})"
        if not mark or not words.strip() or "*" in words or CITATION_START in words:
            return words
        return LINE_BREAK.join(_add_marks(line, mark) for line in words.split(LINE_BREAK))

    def _write_words(self, element: Element) -> str:
        pieces = [self._write(element.text)]
        for child in element:
            tag = get_tag(child)
            if tag and tag not in _SKIPPED:
                is_block = tag not in _INLINE
                inline = self._write_inline(child, "".join(pieces)[-10:])
                pieces += [" " if is_block else "", inline, " " if is_block else ""]
            pieces.append(self._write(child.tail))
        return "".join(pieces)

    def _write(self, text: str | None) -> str:
        return mark_citations(text) if text else ""

    def _add(self, kind: BlockKind, text: str, level: int = 0, *, is_proposed: bool = False) -> None:
        where = f"block {len(self.blocks) + 1}"
        self.blocks.append(Block(kind, text, where, level, is_proposed))


def _add_marks(words: str, mark: str) -> str:
    """Return words between the marks of emphasis, with the spaces around them outside."""
    inside = words.strip()
    return words.replace(inside, f"{mark}{inside}{mark}", 1) if inside else words


def _read_span(cell: Element, attribute: str) -> int:
    """Return how many rows or columns a cell takes, 1 if it does not say so."""
    written = cell.get(attribute, "").strip()
    return max(1, min(int(written), _LARGEST_SPAN)) if re.fullmatch(r"[0-9]{1,9}", written) else 1


def _find_note(element: Element) -> str:
    """Return the name of the footnote or endnote of Word that an element marks, "" if it marks none."""
    links = (inner.get("href", "") for inner in element.iter() if get_tag(inner) == "a")
    found = (note[1] for link in links if (note := _NOTE.fullmatch(link.removeprefix("#"))))
    return next(found, "") if get_tag(element) in {"sup", "a"} else ""


def _list_words(element: Element) -> Iterator[str]:
    """Yield the texts of an element, without programs and style sheets."""
    if get_tag(element) not in {"", "script", "style"}:
        yield element.text or ""
        for child in element:
            yield from _list_words(child)
            yield child.tail or ""


def _measure_depth(html: str) -> int:
    """Return how deep elements are nested, those left aside that often are not closed: parsers take quadratic time."""
    depth = deepest = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _OFTEN_OPEN:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _join_words(element: Element) -> str:
    """Return the text of an element, with a space for each line break."""
    pieces = [element.text or ""]
    for child in element:
        pieces += [" " if get_tag(child) == "br" else _join_words(child), child.tail or ""]
    return "".join(pieces)


def _tidy(text: str, *, line_breaks: bool = False) -> str:
    """Return a text with single spaces, on one line unless its line breaks are kept."""
    lines = text.split(LINE_BREAK) if line_breaks else [text]
    return LINE_BREAK.join(line for line in (_SPACE.sub(" ", line).strip() for line in lines) if line)
