"""Markdown in Pandoc's conventions, parsed to tokens: CommonMark, tables, citations, notes and `:::` blocks."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from handouts.library import Body, Citation, NoteMark, Picture
from handouts.problem import Place, Problem, error

# Pandoc's citation keys: a letter, digit or _, then also inner punctuation.
_KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?"
_CITATION = re.compile(rf"\[\s*@{_KEY}(?:\s*;\s*@{_KEY})*\s*\]")
_CITATION_LIKE = re.compile(r"\[\s*@[^\]\n]*\]?")
_HEADING_ATTRIBUTES = re.compile(r"\s*(\{[^{}]*\})\s*$")

PictureReader = Callable[[str, Place], Picture | None]


@dataclass(frozen=True, slots=True)
class Source:
    """Markdown text with the file it stands in and the number of its first line."""

    text: str
    path: Path
    file: str
    first_line: int = 1

    def place(self, token: Token, offset: int | None = None, content: str = "") -> Place:
        """Give the place of a block token or, with an offset into its content, of something inline in it."""
        first = token.map[0] if token.map else 0
        if offset is None:
            return Place(self.file, self.first_line + first)
        before = content[:offset]
        line = first + before.count("\n")
        lines = self.text.split("\n")
        written = content.split("\n")[before.count("\n")]
        # The parser strips indentation, list marks and table bars: look for the stripped line in the written one.
        indent = lines[line].find(written) if line < len(lines) else -1
        column = max(indent, 0) + offset - (before.rfind("\n") + 1) + 1
        return Place(self.file, self.first_line + line, column)


def markdown_parser() -> MarkdownIt:
    """Make the parser; raw HTML stays text, and only safe link addresses become links."""
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    parser.use(container_plugin, "block", validate=lambda *_: True)
    parser.inline.ruler.before("link", "citation", _citation)
    return parser


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's interface
    found = _CITATION.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        keys = list(dict.fromkeys(re.findall(rf"@({_KEY})", found.group())))
        before = state.tokens[-1] if state.tokens and not state.pending else None
        if before and before.type == "citation":  # two side by side print as one, or "1" and "2" would read "12"
            before.meta["keys"] = list(dict.fromkeys([*before.meta["keys"], *keys]))
        else:
            token = state.push("citation", "", 0)
            token.meta = {"keys": keys, "offset": state.pos}
    state.pos = found.end()
    return True


def parse_attributes(text: str) -> dict[str, str]:
    """Read `{#id .class key="value"}`; raise ParseError for anything else."""
    end, attributes = parse(text)
    if text[end + 1 :].strip():
        raise ParseError("text after the attributes", end)
    return attributes


def heading(token: Token) -> tuple[str, dict[str, str]]:
    """Split the inline token of a heading into its plain title and the attributes after it."""
    found = _HEADING_ATTRIBUTES.search(token.content)
    title = token.content[: found.start()] if found else token.content
    return title.strip(), parse_attributes(found.group(1)) if found else {}


def split_notes(tokens: Sequence[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """Part the definitions of notes (`[^label]: ...`) from the other tokens."""
    text: list[Token] = []
    notes: dict[str, list[Token]] = {}
    into = text
    for token in tokens:
        if token.type == "footnote_reference_open":
            into = notes.setdefault(token.meta["label"], [])
        elif token.type == "footnote_reference_close":
            into = text
        else:
            into.append(token)
    return text, notes


def inline_children(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Give every inline child with the block token that holds it, in order."""
    for token in tokens:
        for child in token.children or ():
            yield token, child


def make_body(source: Source, tokens: Sequence[Token], read_picture: PictureReader, problems: list[Problem]) -> Body:
    """Make a body of block tokens: collect citations, notes and pictures; report what looks like one but is none."""
    marks: list[Citation | NoteMark] = []
    pictures: list[Picture] = []
    searched: dict[int, int] = {}
    for block, child in inline_children(tokens):
        if child.type == "citation":
            place = source.place(block, child.meta["offset"], block.content)
            marks.append(Citation(tuple(child.meta["keys"]), place))
        elif child.type == "footnote_ref":
            label = child.meta["label"]
            child.meta["file"] = source.file
            offset = block.content.find(f"[^{label}]", searched.get(id(block), 0))
            searched[id(block)] = offset + 1
            marks.append(NoteMark(label, source.place(block, max(offset, 0), block.content)))
        elif child.type == "image":
            place = source.place(block, max(block.content.find("!["), 0), block.content)
            if picture := read_picture(str(child.attrs["src"]), place):
                pictures.append(picture)
                child.attrs["src"] = picture.name
        elif child.type == "text" and (found := _CITATION_LIKE.search(child.content)):
            place = source.place(block, max(block.content.find(found.group()), 0), block.content)
            problems.append(
                error("bad-citation", f"{found.group()} is no citation", place, "write [@key] or [@key; @other-key]")
            )
    return Body(tuple(tokens), tuple(marks), tuple(pictures))


def shifted(source: Source, by: int) -> Source:
    """Give the source as if it started some lines later in its file."""
    return replace(source, first_line=source.first_line + by)
