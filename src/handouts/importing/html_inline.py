"""Writes what HTML has within a paragraph as Markdown: emphasis, links, raised numbers and notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from handouts.ama.styled_text import Run, to_plain_text
from handouts.html.markup import get_tag
from handouts.importing.blocks import CITATION_END, CITATION_START, LINE_BREAK, NUMBERS
from handouts.importing.text_blocks import mark_citations
from handouts.language.escaping import escape_markdown

SKIPPED: Final = frozenset(
    {"head", "script", "style", "template", "nav", "button", "select", "svg:svg", "iframe", "object"}
)
"""Elements without words of the document."""
INLINE: Final = frozenset(
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
"""Elements within a paragraph."""
_STRUCK_OUT: Final = frozenset({"del", "s", "strike"})
_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:)[^\s()<>]+", re.IGNORECASE)
# Ids of notes as mammoth writes them. Notes are never citations: their numbers are not those of the list of sources.
NOTE: Final = re.compile(r"((?:footnote|endnote)-\d+)")
# Raised numbers after these are powers, not citations: 10^9, kg/m^2; and so are those before a letter, as in 18F.
_POWER_BASE: Final = re.compile(r"(?:\d|(?:^|[\s/\d(])(?:[kcm]?m|in|ft|yd))$")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class InlineWriter:
    """Writes elements within a paragraph; what is struck out is added to `dropped`."""

    dropped: list[str]

    def write_inline(self, element: Element, before: str) -> str:
        """Return an element within a paragraph as Markdown; `before` is the text before it."""
        tag, words = get_tag(element), self.write_words(element)
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
            return f"[{tidy(words)}]({address})"
        if not mark or not words.strip() or "*" in words or CITATION_START in words:
            return words
        return LINE_BREAK.join(_add_marks(line, mark) for line in words.split(LINE_BREAK))

    def write_words(self, element: Element) -> str:
        """Return the content of an element as Markdown."""
        pieces = [self.write(element.text)]
        for child in element:
            tag = get_tag(child)
            if tag and tag not in SKIPPED:
                is_block = tag not in INLINE
                inline = self.write_inline(child, "".join(pieces)[-10:])
                pieces += [" " if is_block else "", inline, " " if is_block else ""]
            pieces.append(self.write(child.tail))
        return "".join(pieces)

    def write(self, text: str | None) -> str:
        """Return a text between elements as Markdown."""
        return mark_citations(text) if text else ""


def _add_marks(words: str, mark: str) -> str:
    """Return words between the marks of emphasis, with the spaces around them outside."""
    inside = words.strip()
    return words.replace(inside, f"{mark}{inside}{mark}", 1) if inside else words


def _find_note(element: Element) -> str:
    """Return the name of the footnote or endnote of Word that an element marks, "" if it marks none."""
    links = (inner.get("href", "") for inner in element.iter() if get_tag(inner) == "a")
    found = (note[1] for link in links if (note := NOTE.fullmatch(link.removeprefix("#"))))
    return next(found, "") if get_tag(element) in {"sup", "a"} else ""


def list_words(element: Element) -> Iterator[str]:
    """Yield the texts of an element, without programs and style sheets."""
    if get_tag(element) not in {"", "script", "style"}:
        yield element.text or ""
        for child in element:
            yield from list_words(child)
            yield child.tail or ""


def join_words(element: Element) -> str:
    """Return the text of an element, with a space for each line break."""
    pieces = [element.text or ""]
    for child in element:
        pieces += [" " if get_tag(child) == "br" else join_words(child), child.tail or ""]
    return "".join(pieces)


def tidy(text: str, *, line_breaks: bool = False) -> str:
    """Return a text with single spaces, on one line unless its line breaks are kept."""
    lines = text.split(LINE_BREAK) if line_breaks else [text]
    return LINE_BREAK.join(line for line in (_SPACE.sub(" ", line).strip() for line in lines) if line)
