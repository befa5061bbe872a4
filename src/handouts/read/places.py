"""Places in Markdown: from the parser's tokens back to line and column of the file."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from markdown_it.token import Token

from handouts.problem import Place

_SUBHEADINGS = {"h3": 3, "h4": 4, "h5": 5, "h6": 6}


@dataclass(frozen=True)
class Source:
    """Markdown text with the file it stands in and the number of its first line."""

    text: str
    path: Path
    file: str
    first_line: int = 1

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    def place(self, token: Token) -> Place:
        """Give the line that a block starts on."""
        return Place(self.file, self.first_line + (token.map[0] if token.map else 0))

    def inlines(self, tokens: Sequence[Token]) -> Iterator["Inline"]:
        """Give every piece of text, in order."""
        cell_end = 0
        for position, token in enumerate(tokens):
            if token.type == "tr_open":
                cell_end = 0
            elif token.type == "inline" and tokens[position - 1].type in {"th_open", "td_open"}:
                # The parser takes away the bars: a cell is looked for after the cell before it.
                line = self.lines[token.map[0]] if token.map else ""
                written = token.content.replace("|", "\\|")
                start = max(line.find(written, cell_end), cell_end)
                cell_end = start + len(written)
                yield Inline(self, token, cell=start)
            elif token.type == "inline":
                yield Inline(self, token, subheading=_SUBHEADINGS.get(tokens[position - 1].tag, 0))


class Inline:
    """The text of a paragraph, heading or table cell: an offset into it leads to a place in the file."""

    def __init__(self, source: Source, token: Token, *, cell: int | None = None, subheading: int = 0) -> None:
        """Take an inline token; `cell` is where it starts in its line, for a table cell; `subheading` its level."""
        self.token = token
        self.subheading = subheading
        self._source = source
        self._cell = cell
        self._first = token.map[0] if token.map else 0
        self._indents: dict[int, int] = {}

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.token.content.split("\n")[:-1])]

    def place(self, offset: int) -> Place:
        """Give the place of what stands at an offset."""
        line = bisect_right(self._starts, offset) - 1
        column = offset - self._starts[line] + 1
        if self._cell is not None:
            column += self._cell + self.token.content.count("|", 0, offset)  # each was written with a backslash
        else:
            column += self._indent(line)
        return Place(self._source.file, self._source.first_line + self._first + line, column)

    @property
    def columns(self) -> tuple[int, ...]:
        """How much further right than in the token each of its lines starts in the file."""
        return (self._cell,) if self._cell is not None else tuple(map(self._indent, range(len(self._starts))))

    def _indent(self, line: int) -> int:
        """Find how much the parser took away in front of a line: indentation and the marks of lists and quotes."""
        if line not in self._indents:
            end = self._starts[line + 1] - 1 if line + 1 < len(self._starts) else None
            raw = self._source.lines[self._first + line] if self._first + line < len(self._source.lines) else ""
            self._indents[line] = max(0, raw.rfind(self.token.content[self._starts[line] : end].rstrip()))
        return self._indents[line]
