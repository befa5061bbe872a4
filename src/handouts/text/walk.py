"""Writes the elements of a document as lines of text without markup.

Inscriptis and html2text were tried: they print hidden text, pad tables with spaces or bars, and glue captions together.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from handouts.language.raised import write_lowered, write_raised
from handouts.text.lines import LEFT_TO_RIGHT, Edge, Lines

_NOT_SHOWN: Final = frozenset(["head", "script", "style", "template", "noscript", "title", "desc", "metadata"])
_PHRASES: Final = ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd", "label"]
_MORE_PHRASES: Final = ["mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"]
_OTHER_INLINE: Final = ["br", "del", "ins", "rb", "rp", "rt", "ruby", "svg", "text", "tspan", "wbr"]
_INLINE: Final = frozenset([*_PHRASES, *_MORE_PHRASES, *_OTHER_INLINE])
# Blocks without an empty line between them.
_CLOSE: Final = frozenset(["caption", "dd", "dt", "figcaption", "img", "li", "option", "summary"])
_HEADINGS: Final = frozenset(["h2", "h3", "h4", "h5", "h6"])
_SCRIPTS: Final = frozenset(["sub", "sup"])
_TABLES: Final = frozenset(["table", "tr", "th", "td"])
_LISTS: Final = frozenset(["ol", "ul"])
_SCHEMES: Final = frozenset(["http", "https", "mailto", "tel"])
_HIDING: Final = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _End:
    element: Element


@dataclass(frozen=True, slots=True)
class _Edge:
    """The start or end of a slot."""


def get_picture_word(root: Element) -> str:
    """Return the word that introduces the description of a picture: the attribute data-picture of the body."""
    body = root.find("body")
    return "" if body is None else body.get("data-picture", "")


@dataclass(frozen=True, slots=True)
class Written:
    """Unwrapped lines with an empty one between blocks, and where slots start and end: position and edge by turns."""

    lines: tuple[str, ...]
    edges: tuple[tuple[int, Edge], ...] = ()


def write_lines(root: Element, picture: str) -> tuple[str, ...]:
    """Return the lines of a document or of an element; `picture` introduces descriptions of pictures."""
    walk = _Walk(picture)
    walk.visit(root, ())
    return walk.lines.done


def write_lines_with_edges(root: Element, slots: Collection[Element], picture: str) -> Written | None:
    """Return the lines of a document, and where its slots are; None if one is in a list, note or table."""
    walk = _Walk(picture)
    walk.visit(root, slots)
    edges = tuple((position, edge) for position, edge in walk.edges if edge is not None)
    return Written(walk.lines.done, edges) if len(edges) == 2 * len(slots) else None


def write_lines_after(element: Element, edge: Edge, picture: str) -> Written:
    """Return the lines of a slot that follows an edge, and the edge at its end."""
    walk = _Walk(picture, Lines.after(edge))
    walk.visit(element, ())
    end = walk.lines.end_at_edge()
    lines = walk.lines.done if edge.is_first else walk.lines.done[1:]
    return Written(lines, ((len(lines), end),) if end else ())


def _is_shown(element: Element) -> bool:
    # The tag of a comment is a function.
    return (
        isinstance(element.tag, str)
        and _get_local_name(element) not in _NOT_SHOWN
        and "hidden" not in element.attrib
        and element.get("aria-hidden") != "true"
        and not _HIDING.search(element.get("style", ""))
    )


def _get_local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


@dataclass
class _Walk:
    """The state of the walk: the next number of each open list, where links and headings began, notes."""

    picture: str
    lines: Lines = field(default_factory=Lines)
    edges: list[tuple[int, Edge | None]] = field(default_factory=list)
    _numbers: list[int | None] = field(default_factory=list)
    _begun: list[tuple[int, int]] = field(default_factory=list)
    _notes: list[bool] = field(default_factory=list)
    _directions: list[str] = field(default_factory=list)

    def visit(self, root: Element, slots: Collection[Element]) -> None:
        """Write an element and all in it, and note the edges of slots."""
        # No recursion, because elements may be nested to any depth.
        ahead: list[Element | _End | _Edge | str] = [root]
        while ahead:
            item = ahead.pop()
            if isinstance(item, str):
                self.lines.add(item)
            elif isinstance(item, _End):
                self.end(item.element)
            elif isinstance(item, _Edge):
                edge = self.lines.end_at_edge()
                self.edges.append((len(self.lines.done), None if self._notes else edge))
            elif _is_shown(item) and self.begin(item):
                ahead.append(_End(item))
                for child in reversed(item):
                    around = [_Edge()] if child in slots else []
                    ahead += [child.tail or "", *around, child, *around]
                ahead.append(item.text or "")
        self.lines.end_block(0)

    def begin(self, element: Element) -> bool:
        """Begin an element; return whether to visit its content."""
        name = _get_local_name(element)
        label = element.get("alt", "") if name == "img" else element.get("aria-label", "") if name == "svg" else ""
        if name == "img" or label:
            self._show_picture(label)
            return False
        if name in _SCRIPTS and "class" not in element.attrib:
            text = "".join(element.itertext())
            self.lines.add(write_raised(text) if name == "sup" else write_lowered(text))
            return False
        if name not in _INLINE:
            self.lines.end_block(self._choose_gap(name))
            self._directions.append(element.get("dir", self._directions[-1] if self._directions else ""))
        if name == "a" or name in _HEADINGS:
            self._begun.append(self.lines.position)
        elif name in _TABLES:
            self._begin_in_table(element, name)
        else:
            self._begin_other(element, name)
        return True

    def end(self, element: Element) -> None:
        """End an element."""
        name = _get_local_name(element)
        if name not in _INLINE:
            self.lines.end_block(self._choose_gap(name))
            self._directions.pop()
        if name == "a":
            self._end_link(element, self._begun.pop())
        elif name in _HEADINGS:
            self._end_heading(element, self._begun.pop())
        elif name in _TABLES:
            self._end_in_table(name)
        else:
            self._end_other(element, name)

    def _begin_other(self, element: Element, name: str) -> None:
        match name:
            case "ol" | "ul":
                self._numbers.append(_parse_number(element.get("start"), 1) if name == "ol" else None)
            case "li":
                self.lines.begin_item(self._make_next_mark(element))
            case "dd":
                self.lines.begin_item("  ")
            case "blockquote":
                self.lines.begin_quotation()
            case "br":
                self.lines.add_break()
            case "pre":
                self.lines.preformatted = True
            case "span" if self._changes_direction(element):
                self.lines.add(LEFT_TO_RIGHT)
            case "sup" if _has_class(element, "citation"):
                self.lines.add("\xa0[")
            case "div" if _has_class(element, "symbol-note"):
                self._notes.append(False)

    def _end_other(self, element: Element, name: str) -> None:
        match name:
            case "ol" | "ul":
                self._numbers.pop()
            case "li" | "dd" | "blockquote":
                self.lines.end_item()
            case "pre":
                self.lines.preformatted = False
            case "span" if self._changes_direction(element):
                self.lines.add(LEFT_TO_RIGHT)
            case "sup" if _has_class(element, "citation"):
                self.lines.add("]")
            case "span" if _has_class(element, "symbol") and self._notes and not self._notes[-1]:
                # The symbol of a note takes the place of the mark of an item.
                self._notes[-1] = True
                self.lines.begin_item_with_words()
            case "div" if _has_class(element, "symbol-note") and self._notes.pop():
                self.lines.end_item()

    def _changes_direction(self, element: Element) -> bool:
        """Return whether a text from left to right stands in one from right to left, or in a slot of such a page."""
        return element.get("dir") == "ltr" and self._directions[-1:] != ["ltr"]

    def _begin_in_table(self, element: Element, name: str) -> None:
        match name:
            case "table":
                self.lines.begin_table()
            case "tr":
                self.lines.begin_row()
            case "th" | "td":
                spans = "colspan" in element.attrib or "rowspan" in element.attrib
                self.lines.begin_cell(names_column=name == "th", spans=spans)

    def _end_in_table(self, name: str) -> None:
        match name:
            case "table":
                self.lines.end_table()
            case "th" | "td":
                self.lines.end_cell()

    def _choose_gap(self, name: str) -> int:
        return 1 if name in _CLOSE or (name in _LISTS and self.lines.in_item) else 2

    def _make_next_mark(self, element: Element) -> str:
        if not self._numbers or self._numbers[-1] is None:
            return "- "
        number = _parse_number(element.get("value"), self._numbers[-1])
        self._numbers[-1] = number + 1
        return f"{number}. "

    def _show_picture(self, label: str) -> None:
        if label.strip():
            self.lines.end_block(1)
            self.lines.add(f"{self.picture}: {label}" if self.picture else label)
            self.lines.end_block(1)

    def _end_heading(self, element: Element, begun: tuple[int, int]) -> None:
        if self.lines.position == begun:
            return
        if _get_local_name(element) == "h2":
            self.lines.underline()
        elif not _has_class(element, "question-title"):
            self.lines.join_next()

    def _end_link(self, element: Element, begun: tuple[int, int]) -> None:
        address = element.get("href", "").strip()
        words = self.lines.words_since(begun).strip()
        has_no_words = not words and self.lines.position[0] == begun[0]
        scheme, _, rest = address.partition(":")
        if has_no_words or scheme.lower() not in _SCHEMES or _has_class(element, "bare"):
            return
        shown = unquote(rest) if scheme.lower() in {"mailto", "tel"} else address
        if _normalize_address(words) not in {_normalize_address(address), _normalize_address(rest)}:
            self.lines.add(f" ({shown})")


def _has_class(element: Element, name: str) -> bool:
    return name in element.get("class", "").split()


def _parse_number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch("-?[0-9]{1,9}", text) else default


def _normalize_address(address: str) -> str:
    """Return an address in a form in which equivalent addresses are equal."""
    return unquote(address).strip().removeprefix("//").rstrip("/").replace(" ", "")
