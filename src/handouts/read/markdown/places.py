"""Places in Markdown: from the parser's tokens back to line and column of the file."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Final, Literal

from markdown_it.token import Token

from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule
from handouts.read.markdown.attributes import HEADING_ATTRIBUTES
from handouts.read.markdown.comments import Cuts, Uncommented, cut_comments, find_comments
from handouts.read.markdown.sources import COMMONMARK
from handouts.read.text_length import MOST_CHARACTERS, PARAGRAPH_TOO_LONG

OPEN_COMMENT: Final = Rule(
    "open-comment",
    Severity.ERROR,
    title="a comment that is never closed",
    why="It is not clear which of the text after it is a remark, and which is for patients.",
    source=COMMONMARK,
    message="the comment that starts here is never closed: everything after it could be part of it",
    hint="end it with -->",
)
UNFINISHED: Final = Rule(
    "unfinished",
    Severity.WARNING,
    title="a comment says that something is still to do",
    why="What the author meant to check before patients read it may still be wrong.",
    source="docs/ci.md: what a release refuses",
    message='a comment has "{word}": something is still to do',
    hint="do it, and remove the word",
)
RULES: Final = (OPEN_COMMENT, UNFINISHED)

_TO_DO: Final = re.compile(r"\b(?:TODO|TO DO|TBD|TBC|TBA|FIXME|XXX)\b")

_SUBHEADINGS: Final = {"h3": 3, "h4": 4, "h5": 5, "h6": 6}

Kind = Literal["text", "heading", "item", "cell"]


@dataclass(frozen=True)
class Source:
    """Markdown text with its file and the number of its first line in that file."""

    text: str
    path: Path
    file: str
    first_line: int = 1

    @cached_property
    def uncommented(self) -> Uncommented:
        """The text without comments, with the same lines: this is parsed."""
        return cut_comments(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text without comments."""
        return self.uncommented.text.split("\n")

    def place(self, token: Token) -> Place:
        """Return the line that a block starts on."""
        return Place(self.file, self.first_line + (token.map[0] if token.map else 0))

    def place_at(self, line: int, column: int) -> Place:
        """Return the place of a line and column of the text without comments, both counted from 0."""
        return Place(self.file, self.first_line + line, self.uncommented.column(line, column) + 1)

    def inlines(self, tokens: Sequence[Token]) -> Iterator["Inline"]:
        """Yield the text of every paragraph, heading and table cell, in order."""
        cell_end = 0
        for position, token in enumerate(tokens):
            if token.type == "tr_open":
                cell_end = 0
            elif token.type == "inline" and tokens[position - 1].type in {"th_open", "td_open"}:
                # The parser strips the bars, so each cell is searched for after the previous one.
                line = self.lines[token.map[0]] if token.map else ""
                written = token.content.replace("|", "\\|")
                start = max(line.find(written, cell_end), cell_end)
                cell_end = start + len(written)
                yield Inline(self, token, "cell", cell=start)
            elif token.type == "inline":
                before = tokens[position - 1]
                in_item = position > 1 and tokens[position - 2].type == "list_item_open"
                kind: Kind = "heading" if before.type == "heading_open" else "item" if in_item else "text"
                yield Inline(self, token, kind, subheading=_SUBHEADINGS.get(before.tag, 0))


def drop_long_lines(source: Source, problems: Problems) -> Source:
    """Return a text without its lines that are too long to be read, which are reported."""
    lines = source.text.split("\n")
    for number, line in enumerate(lines):
        if len(line) > MOST_CHARACTERS:
            place = Place(source.file, source.first_line + number, 1)
            problems.add(PARAGRAPH_TOO_LONG.at(place, length=len(line), most=MOST_CHARACTERS))
            lines[number] = ""
    return replace(source, text="\n".join(lines))


def check_comments(source: Source, problems: Problems) -> None:
    """Report a comment that is never closed, and comments that say what is still to do."""
    line = counted = 0
    for start, end in find_comments(source.text)[0]:
        for match in _TO_DO.finditer(source.text, start, end):
            line, counted = line + source.text.count("\n", counted, match.start()), match.start()
            column = match.start() - source.text.rfind("\n", 0, match.start())
            problems.add(UNFINISHED.at(Place(source.file, source.first_line + line, column), word=match[0]))
    if source.uncommented.open:
        line, column = source.uncommented.open
        problems.add(OPEN_COMMENT.at(source.place_at(line, column)))


class Inline:
    """The text of a paragraph, heading or table cell, which maps offsets in it to places in the file."""

    def __init__(self, source: Source, token: Token, kind: Kind, *, cell: int = 0, subheading: int = 0) -> None:
        """Wrap an inline token; `cell` is the column where a table cell starts, `subheading` the level of a heading."""
        self.token = token
        self.kind = kind
        self.subheading = subheading
        self._source = source
        self._cell = cell
        self._first = token.map[0] if token.map else 0
        self._indents: dict[int, int] = {}

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.token.content.split("\n")[:-1])]

    @property
    def end_of_title(self) -> int:
        """The offset where the words of a heading end and its attributes start; the end of any other text."""
        attributes = HEADING_ATTRIBUTES.search(self.token.content) if self.kind == "heading" else None
        return attributes.start() if attributes else len(self.token.content)

    def place(self, offset: int) -> Place:
        """Return the place of an offset."""
        line = bisect_right(self._starts, offset) - 1
        column = offset - self._starts[line]
        if self.kind == "cell":
            column += self._cell + self.token.content.count("|", 0, offset)  # each was written with a backslash
        else:
            column += self._find_indent(line)
        return self._source.place_at(self._first + line, column)

    @property
    def columns(self) -> tuple[int, ...]:
        """For each line of the token, the column in the file at which it starts, counted from 0."""
        return (self._cell,) if self.kind == "cell" else tuple(map(self._find_indent, range(len(self._starts))))

    @property
    def cuts(self) -> tuple[Cuts, ...]:
        """For each line of the token, the comments that were cut out of it."""
        cuts = self._source.uncommented.cuts
        return tuple(cuts.get(self._first + line, ()) for line in range(len(self._starts))) if cuts else ()

    def _find_indent(self, line: int) -> int:
        """Return how many characters the parser stripped from a line: indentation, marks of lists and quotations."""
        if line not in self._indents:
            end = self._starts[line + 1] - 1 if line + 1 < len(self._starts) else None
            raw = self._source.lines[self._first + line] if self._first + line < len(self._source.lines) else ""
            self._indents[line] = max(0, raw.rfind(self.token.content[self._starts[line] : end].rstrip()))
        return self._indents[line]
