"""Cuts the file of a handout into units to translate, and puts it together again with other texts in their places."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import yaml
from markdown_it.token import Token

from handouts.read.markdown.parser import make_parser
from handouts.read.markdown.places import Source
from handouts.schema.front_matter import FIELD_TEXTS
from handouts.system.digests import digest

Kind = Literal["front", "heading", "text", "cell", "attribute"]

_FRONT_FIELDS: Final = (*FIELD_TEXTS, "keywords", "abbreviations")
_FENCE: Final = "---"
_OPENING: Final = re.compile(r"^\s*:{3,}\s*\{?\.?(?P<name>[a-z-]+)")
_ID: Final = re.compile(r"\{[^}]*#(?P<id>[a-z0-9-]+)")
_ATTRIBUTE: Final = re.compile(r'\b(?P<name>title|label|date|caption|alt)="(?P<text>(?:[^"\\]|\\.)*)"')
_HEADING_END: Final = re.compile(r"\s*\{[^{}]*\}\s*$")
_BEFORE_TEXT: Final = re.compile(r"(?:\[[ xX]\][ \t]+|\[\^[^\]]+\]:[ \t]*)")
_SAFETY: Final = frozenset({"important", "urgent", "boxed-warning"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to translate, on one line.

    The id has the section or block that it is in, and its number there. `spans` are the pieces of the file that it is
    written in, as start and end: one for each line. `is_safety` if it is in an important or urgent block.
    """

    id: str
    text: str
    kind: Kind
    spans: tuple[tuple[int, int], ...]
    is_safety: bool = False

    @property
    def digest(self) -> str:
        """The digest of the text, which shows whether it has changed."""
        return digest(self.text)

    @property
    def section(self) -> str:
        """The section, block or field that the unit is in."""
        return self.id.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Cut:
    """A file without comments in its Markdown, and its units in order."""

    text: str
    units: tuple[Unit, ...]


def cut_handout(text: str, path: Path) -> Cut:
    """Cut a handout that can be read without errors into its units."""
    lines = text.split("\n")
    end = next(number for number, line in enumerate(lines[1:], start=1) if line.rstrip() in {_FENCE, "..."})
    front = "\n".join(lines[1:end])
    start = len(lines[0]) + 1
    before = "\n".join(lines[: end + 1]) + "\n"
    source = Source("\n".join(lines[end + 1 :]), path, path.name, end + 2)
    whole = before + source.uncommented.text
    found = [*_cut_front_matter(front, start), *_cut_markdown(source, len(before))]
    return Cut(whole, tuple(_number(sorted(found, key=lambda unit: unit.spans[0]))))


def join_handout(cut: Cut, texts: Mapping[str, str]) -> str:
    """Return the file with the texts of units, by id, in their places; a unit without one stays as it is."""
    pieces, position = [], 0
    for unit in cut.units:
        text = texts.get(unit.id, unit.text)
        first, last = unit.spans[0], unit.spans[-1]
        pieces += [cut.text[position : first[0]], _write(unit, text)]
        position = last[1]
    return "".join(pieces) + cut.text[position:]


def _write(unit: Unit, text: str) -> str:
    if unit.kind == "front":
        return json.dumps(text, ensure_ascii=False)
    if unit.kind == "attribute":
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("|", "\\|") if unit.kind == "cell" else text


def _number(units: list[Unit]) -> Iterator[Unit]:
    """Yield the units with their numbers within their sections."""
    counts: dict[str, int] = {}
    for unit in units:
        counts[unit.id] = counts.get(unit.id, 0) + 1
        yield Unit(f"{unit.id}/{counts[unit.id]}", unit.text, unit.kind, unit.spans, unit.is_safety)


def _cut_front_matter(front: str, start: int) -> Iterator[Unit]:
    node = yaml.compose(front, Loader=yaml.SafeLoader)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in _FRONT_FIELDS:
            yield from _cut_node(key.value, value, start)


def _cut_node(field: str, node: yaml.Node, start: int) -> Iterator[Unit]:
    if isinstance(node, yaml.ScalarNode):
        span = (start + node.start_mark.index, start + node.end_mark.index)
        yield Unit(f"front/{field}", " ".join(node.value.split()), "front", (span,))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _cut_node(field, item, start)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _cut_node(field, value, start)


def _cut_markdown(source: Source, start: int) -> Iterator[Unit]:
    starts = _find_line_starts(source.lines, start)
    tokens = make_parser().parse(source.uncommented.text, {"references": {}})
    section, blocks = "start", list[tuple[str, bool]]()
    for position, token in enumerate(tokens):
        is_opening = token.type == "container_block_open"
        if is_opening:
            blocks.append(_name_block(token, source.lines, blocks))
        elif token.type == "container_block_close":
            blocks.pop()
        elif token.type == "inline" and tokens[position - 1].tag in {"h1", "h2"} and not blocks:
            found = _ID.search(token.content)
            section = found["id"] if found else section
        name, is_safety = blocks[-1] if blocks and blocks[-1][0] else (section, bool(blocks) and blocks[-1][1])
        if is_opening and token.map:
            yield from _cut_attributes(source.lines[token.map[0]], starts[token.map[0]], name or section, is_safety)
    yield from _cut_inlines(source, tokens, starts)


def _name_block(token: Token, lines: list[str], blocks: list[tuple[str, bool]]) -> tuple[str, bool]:
    """Return the id of a block, or that of the one around it, and whether it is about safety."""
    line = lines[token.map[0]] if token.map else ""
    opening, identifier = _OPENING.match(line), _ID.search(line)
    outer, outer_safety = blocks[-1] if blocks else ("", False)
    is_safety = outer_safety or bool(opening and opening["name"] in _SAFETY)
    return (identifier["id"] if identifier else outer), is_safety


def _cut_attributes(line: str, start: int, section: str, is_safety: bool) -> Iterator[Unit]:  # noqa: FBT001 - of a block
    for match in _ATTRIBUTE.finditer(line):
        span = (start + match.start("text"), start + match.end("text"))
        text = re.sub(r"\\(.)", r"\1", match["text"])
        if text.strip():
            yield Unit(section, text, "attribute", (span,), is_safety)


def _cut_inlines(source: Source, tokens: list[Token], starts: list[int]) -> Iterator[Unit]:
    section, blocks = "start", list[tuple[str, bool]]()
    cell_end = 0
    for position, token in enumerate(tokens):
        if token.type == "container_block_open":
            blocks.append(_name_block(token, source.lines, blocks))
        elif token.type == "container_block_close":
            blocks.pop()
        elif token.type == "tr_open":
            cell_end = 0
        elif token.type == "inline":
            found = _ID.search(token.content) if tokens[position - 1].tag in {"h1", "h2"} and not blocks else None
            section = found["id"] if found else section
            name, is_safety = blocks[-1] if blocks else (section, False)
            is_heading = tokens[position - 1].type == "heading_open"
            kind: Kind = "heading" if is_heading else "cell" if tokens[position - 1].tag in {"th", "td"} else "text"
            text, spans = _cut_inline(source.lines, token, starts, kind, cell_end)
            if kind == "cell":
                cell_end = spans[-1][1] - starts[token.map[0] if token.map else 0]
            if re.search(r"\w", text):
                yield Unit(name or section, text, kind, spans, is_safety)


def _cut_inline(
    lines: list[str], token: Token, starts: list[int], kind: Kind, cell: int
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of a paragraph, heading or cell, and where its lines are written."""
    spans, texts = [], []
    for offset, written in enumerate(token.content.split("\n")):
        number = (token.map or [0])[0] + offset
        line = lines[number]
        shown = written.replace("|", "\\|") if kind == "cell" else written
        at = line.find(shown, cell if kind == "cell" else 0)
        begin, end = at, at + len(shown)
        if offset == 0 and (before := _BEFORE_TEXT.match(written)):
            begin += before.end()
            written = written[before.end() :]  # noqa: PLW2901 - what is left of it
        if kind == "heading" and (attributes := _HEADING_END.search(written)):
            end -= len(written) - attributes.start()
            written = written[: attributes.start()]  # noqa: PLW2901 - likewise
        spans.append((starts[number] + begin, starts[number] + end))
        texts.append(written.strip())
    return " ".join(texts), tuple(spans)


def _find_line_starts(lines: list[str], start: int) -> list[int]:
    starts = [start]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return starts
