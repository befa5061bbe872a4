"""The lines of a plain text as they come into being: blocks and what is between them, items and tables."""

from dataclasses import dataclass, field

from handouts.text.characters import as_typed, collapsed, flowing

_DEEPEST = 8  # levels of lists that are set in; more would leave no room on a phone
_LONGEST_RULE = 30
_INDENT = "  "
_QUOTE = "| "  # as the bar beside a quotation on paper; a > could be read as "more than" in front of a number
_ENDS = (":", "?", "\uff1a", "\uff1f", "\u061f")  # after these a name of a column needs no colon


@dataclass
class _Table:
    """Rows of cells; `header` tells whether the first one names the columns, `regular` that no cell spans others."""

    outer_marks: int
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] | None = None
    header: bool = True
    regular: bool = True


@dataclass
class Lines:
    """Collects words and gives them out as lines; `gap` is what is wished for: 1 a new line, 2 an empty line too."""

    _done: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _marks: list[str] = field(default_factory=list)  # of items and quotations, empty once they are written
    _margins: list[str] = field(default_factory=list)  # what their other lines begin with
    _tables: list[_Table] = field(default_factory=list)
    _gap: int = 0
    _joined: bool = False
    typed: bool = False

    def add(self, text: str) -> None:
        """Add words of a line."""
        if text:
            self._words.append(text if self.typed else collapsed(text))

    def add_break(self) -> None:
        """Go on in a new line of the same block."""
        self._words.append("\n")

    @property
    def position(self) -> tuple[int, int]:
        """Where the next words come to stand."""
        return len(self._done), len(self._words)

    def since(self, position: tuple[int, int]) -> str:
        """Give the words of the present block that came after a position."""
        return "".join(self._words[position[1] if position[0] == len(self._done) else 0 :])

    def end_block(self, gap: int) -> None:
        """End a block, if there is one, and wish for a gap after it."""
        text, self._words = "".join(self._words), []
        self._put(as_typed(text) if self.typed else flowing(text))
        self._gap = max(self._gap, gap)

    def join_next(self) -> None:
        """Have the next block follow without an empty line."""
        self._joined = True

    def rule_off(self) -> None:
        """Draw a line of hyphens below the last line: a heading to readers, and where Markdown is known too."""
        self._done.append("-" * min(len(self._done[-1].strip()), _LONGEST_RULE))

    def enter(self, mark: str) -> None:
        """Begin an item: its first line begins with the mark, the others are set in."""
        self._marks.append(mark)
        self._margins.append(_INDENT)

    def enter_quotation(self) -> None:
        """Begin a quotation: each of its lines begins with its mark."""
        self._marks.append(_QUOTE)
        self._margins.append(_QUOTE)

    def enter_with_words(self) -> None:
        """Begin an item whose mark is the words of the present block."""
        lines, self._words = flowing("".join(self._words)), []
        self.enter(" ".join([*lines, ""]))

    def leave(self) -> None:
        """End an item or quotation."""
        self._marks.pop()
        self._margins.pop()

    def begin_table(self) -> None:
        """Begin a table; one inside another is part of its cell."""
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
        """Give out the rows of a table: a line "column: value" for each cell, if the columns have names."""
        table = self._tables.pop()
        if self._tables:
            return
        header, *rows = [row for row in table.rows if row] or [[]]
        if table.header and table.regular and rows and all(len(row) == len(header) for row in rows):
            for row in rows:
                self._gap = 2
                self._put([_named(name, value) for name, value in zip(header, row, strict=True) if name or value])
        else:
            self._gap = 2
            self._put([" | ".join(filter(None, row)) for row in (header, *rows) if any(row)])
        self._gap = 2

    @property
    def text(self) -> str:
        """Give all that was put down."""
        return "\n".join(self._done) + "\n"

    @property
    def in_item(self) -> bool:
        """Tell whether what comes next is part of an item."""
        return self._margins[-1:] == [_INDENT]

    def _put(self, lines: list[str]) -> None:
        if not lines:
            return
        table = self._tables[0] if self._tables else None
        if table and table.cell is not None:
            table.cell.append("".join(self._new_marks(table.outer_marks)) + " ".join(filter(None, lines)))
            return
        depth = min(len(self._marks), _DEEPEST)
        new = self._new_marks(0)[-_DEEPEST:]
        first = "".join([*self._margins[: depth - len(new)], *new])
        margin = "".join(self._margins[:depth])
        if self._done and self._gap > 1 and not self._joined:
            self._done.append("")
        self._gap, self._joined = 0, False
        self._done += [first + lines[0], *((margin + line).rstrip() for line in lines[1:])]

    def _new_marks(self, outer: int) -> list[str]:
        """Take the marks that are still to be written: those of the innermost items."""
        start = len(self._marks)
        while start > outer and self._marks[start - 1]:
            start -= 1
        new, self._marks[start:] = self._marks[start:], [""] * (len(self._marks) - start)
        return new


def _named(name: str, value: str) -> str:
    if name and not name.endswith(_ENDS):
        name += ":"
    return f"{name} {value}".strip()
