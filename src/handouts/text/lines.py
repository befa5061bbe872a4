"""Builds the lines of a plain text: blocks and the gaps between them, list items, quotations and tables."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from handouts.language.punctuation import straighten_quotes, write_colon

# Control characters, surrogates, and characters that only allow or forbid a line break. White space stays, and so do
# the marks that join letters or set the writing direction.
_UNWANTED: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff]")
# Around a number within Arabic: without it, programs show the parts of a phone number from right to left (UAX 9).
LEFT_TO_RIGHT: Final = "\N{LEFT-TO-RIGHT MARK}"
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_WHITE: Final = re.compile(r"\s+")
_SPACES: Final = re.compile("[ \xa0\u202f]{2,}")
_EMPTY_LINES: Final = re.compile("\n{3,}")
_MAX_DEPTH: Final = 8  # levels of indented lists; more would leave no room on a phone
_MAX_RULE: Final = 30
_INDENT: Final = "  "
_QUOTE: Final = "| "  # a ">" before a number could be read as "more than"
_END_MARKS: Final = (":", "?", "\uff1a", "\uff1f", "\u061f")  # no colon is added after these


@dataclass(frozen=True, slots=True)
class Edge:
    """What the next block depends on, between two blocks outside of lists, quotations and tables.

    Whether it is the first, the gap before it, and whether it joins the last one.
    """

    is_first: bool
    gap: int
    joined: bool


@dataclass
class _Table:
    """Rows of cells.

    `header`: the first row names the columns. `regular`: no cell spans several rows or columns. `outer_marks`: how many
    marks of list items were open when the table began.
    """

    outer_marks: int
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] | None = None
    header: bool = True
    regular: bool = True


@dataclass
class Lines:
    """Collects words and returns them as lines.

    A gap precedes the next block: 1 is a new line, 2 an empty line as well. While `preformatted` is set, spaces
    and line ends of the text are kept.
    """

    _done: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _marks: list[str] = field(default_factory=list)  # of items and quotations; empty strings once they are written
    _margins: list[str] = field(default_factory=list)  # what their further lines begin with
    _tables: list[_Table] = field(default_factory=list)
    _gap: int = 0
    _joined: bool = False
    preformatted: bool = False

    @classmethod
    def after(cls, edge: Edge) -> "Lines":
        """Return lines that go on after an edge; what was written before it is one empty line."""
        return cls(_done=[] if edge.is_first else [""], _gap=edge.gap, _joined=edge.joined)

    def end_at_edge(self) -> Edge | None:
        """End the current block without a gap; return what the next one depends on, None in a list or table."""
        self.end_block(0)
        is_within = self._marks or self._tables or self.preformatted
        return None if is_within else Edge(not self._done, self._gap, self._joined)

    @property
    def done(self) -> tuple[str, ...]:
        """The lines that were written."""
        return tuple(self._done)

    def add(self, text: str) -> None:
        """Add words to the current block."""
        if text:
            self._words.append(text if self.preformatted else collapse(text))

    def add_break(self) -> None:
        """Start a new line in the same block."""
        self._words.append("\n")

    @property
    def position(self) -> tuple[int, int]:
        """Where the next words will be added: finished lines, words of the current block."""
        return len(self._done), len(self._words)

    def words_since(self, position: tuple[int, int]) -> str:
        """Return the words of the current block after a position."""
        return "".join(self._words[position[1] if position[0] == len(self._done) else 0 :])

    def end_block(self, gap: int) -> None:
        """End the current block, if any, and request a gap after it."""
        text, self._words = "".join(self._words), []
        self._write(split_preformatted(text) if self.preformatted else split_flowing(text))
        self._gap = max(self._gap, gap)

    def join_next(self) -> None:
        """Put the next block right below, without an empty line."""
        self._joined = True

    def underline(self) -> None:
        """Add a line of hyphens below the last line, which marks a heading for readers and in Markdown."""
        self._done.append("-" * min(len(self._done[-1].strip()), _MAX_RULE))

    def begin_item(self, mark: str) -> None:
        """Begin an item: the mark precedes its first line, the others are indented."""
        self._marks.append(mark)
        self._margins.append(_INDENT)

    def begin_quotation(self) -> None:
        """Begin a quotation: a bar precedes each of its lines."""
        self._marks.append(_QUOTE)
        self._margins.append(_QUOTE)

    def begin_item_with_words(self) -> None:
        """Begin an item whose mark is the words of the current block."""
        lines, self._words = split_flowing("".join(self._words)), []
        self.begin_item(" ".join([*lines, ""]))

    def end_item(self) -> None:
        """End an item or quotation."""
        self._marks.pop()
        self._margins.pop()

    def begin_table(self) -> None:
        """Begin a table; a table inside another becomes text of its cell."""
        self._tables.append(_Table(len(self._marks)))

    def begin_row(self) -> None:
        """Begin a row."""
        if len(self._tables) == 1:
            self._tables[0].rows.append([])

    def begin_cell(self, *, names_column: bool, spans: bool) -> None:
        """Begin a cell."""
        if len(self._tables) == 1 and self._tables[0].rows:
            table = self._tables[0]
            table.cell = []
            table.header = table.header and (names_column or len(table.rows) > 1)
            table.regular = table.regular and not spans

    def end_cell(self) -> None:
        """End a cell."""
        if len(self._tables) == 1 and self._tables[0].cell is not None:
            table = self._tables[0]
            table.rows[-1].append(" ".join(table.cell or ()))
            table.cell = None

    def end_table(self) -> None:
        """Write the rows of a table: a line "column: value" for each cell if the columns have names."""
        table = self._tables.pop()
        if self._tables:
            return
        header, *rows = [row for row in table.rows if row] or [[]]
        if table.header and table.regular and rows and all(len(row) == len(header) for row in rows):
            for row in rows:
                self._gap = 2
                self._write(
                    [_label_value(name, value) for name, value in zip(header, row, strict=True) if name or value]
                )
        else:
            self._gap = 2
            self._write([" | ".join(filter(None, row)) for row in (header, *rows) if any(row)])
        self._gap = 2

    @property
    def in_item(self) -> bool:
        """Whether the next block belongs to a list item."""
        return self._margins[-1:] == [_INDENT]

    def _write(self, lines: list[str]) -> None:
        if not lines:
            return
        table = self._tables[0] if self._tables else None
        if table and table.cell is not None:
            table.cell.append("".join(self._take_marks(table.outer_marks)) + " ".join(filter(None, lines)))
            return
        depth = min(len(self._marks), _MAX_DEPTH)
        new = self._take_marks(0)[-_MAX_DEPTH:]
        first = "".join([*self._margins[: depth - len(new)], *new])
        margin = "".join(self._margins[:depth])
        if self._done and self._gap > 1 and not self._joined:
            self._done.append("")
        self._gap, self._joined = 0, False
        self._done += [first + lines[0], *((margin + line).rstrip() for line in lines[1:])]

    def _take_marks(self, outer: int) -> list[str]:
        """Return the marks of the innermost items that are not written yet, and count them as written."""
        start = len(self._marks)
        while start > outer and self._marks[start - 1]:
            start -= 1
        new, self._marks[start:] = self._marks[start:], [""] * (len(self._marks) - start)
        return new


def _label_value(name: str, value: str) -> str:
    if name.endswith(_END_MARKS):
        return f"{name} {value}".strip()
    return (name + write_colon(name) + value).strip() if name else value


def clean(text: str) -> str:
    """Remove control and other invisible characters."""
    return _UNWANTED.sub("", text)


def squeeze(text: str) -> str:
    """Remove white space and marks of direction as well, straighten quotation marks and raised digits, to compare."""
    return unicodedata.normalize("NFKC", "".join(straighten_quotes(clean(text).replace(LEFT_TO_RIGHT, "")).split()))


def collapse(text: str) -> str:
    """Replace runs of white space by one space, as HTML does; a run with a no-break space becomes a no-break space."""
    return _WHITE.sub(lambda run: _choose_space(run[0]), clean(text))


def split_flowing(text: str) -> list[str]:
    """Return the lines of a collapsed text, trimmed and without empty ones at the ends."""
    return _trim_empty_lines(_SPACES.sub(lambda run: _choose_space(run[0]), line).strip() for line in text.split("\n"))


def split_preformatted(text: str) -> list[str]:
    """Return the lines of a preformatted text; a tab advances to the next fourth column."""
    lines = _LINE_ENDS.sub("\n", clean(text)).split("\n")
    return _trim_empty_lines(line.expandtabs(4).rstrip() for line in lines)


def _choose_space(run: str) -> str:
    return next((space for space in run if space in "\xa0\u202f"), " ")


def _trim_empty_lines(lines: Iterable[str]) -> list[str]:
    text = _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
    return text.split("\n") if text else []
