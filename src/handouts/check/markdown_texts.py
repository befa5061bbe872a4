"""The texts of a handout or an insert as their author wrote them: paragraphs, headings and table cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from markdown_it.token import Token

from handouts.model.library import Body
from handouts.problems.problem import Place
from handouts.read.markdown.comments import column_in_file

_LISTS: Final = frozenset({"bullet_list", "ordered_list", "table"})
_CELLS: Final = frozenset({"td", "th"})
_LINE_BREAKS: Final = frozenset({"softbreak", "hardbreak"})


@dataclass(frozen=True)
class MarkdownText:
    """A paragraph, a heading or a table cell, as Markdown.

    `tag` is the HTML element that holds it. `group` is what a reader takes as one statement: the text itself with the
    paragraph above its list, or all cells of its table with the paragraph above the table.
    """

    token: Token
    tag: str
    origin: Place
    group: tuple[Token, ...]

    @property
    def markdown(self) -> str:
        """The source of the text."""
        return self.token.content

    @property
    def children(self) -> Sequence[Token]:
        """The inline tokens of the text."""
        return self.token.children or ()

    @property
    def is_cell(self) -> bool:
        """Whether the text is a table cell."""
        return self.tag in _CELLS

    @cached_property
    def words(self) -> str:
        """The words as a screen reader reads them: without citations, notes, markup and pictures."""
        return "".join(
            child.content if child.type in {"text", "code_inline"} else " " if child.type in _LINE_BREAKS else ""
            for child in self.children
        )

    def place(self, offset: int = 0) -> Place:
        """Return the place in the file of an offset into the Markdown."""
        content = self.token.content
        line = content.count("\n", 0, offset)
        column = offset - content.rfind("\n", 0, offset) - 1 + self.token.meta["columns"][line]
        if self.is_cell:
            column += content.count("|", 0, offset)  # the file has a backslash before each of them
        cuts = self.token.meta["cuts"]
        column = column_in_file(cuts[line] if cuts else (), column)
        first_line = self.origin.line + (self.token.map[0] if self.token.map else 0)
        return Place(self.origin.file, first_line + line, column + 1)


def collect_texts(bodies: Sequence[Body]) -> tuple[MarkdownText, ...]:
    """Return the texts of several bodies, in order; bodies that come from no file are left out."""
    return tuple(text for body in bodies if body.origin for text in find_texts(body, body.origin))


def find_texts(body: Body, origin: Place) -> Iterator[MarkdownText]:
    """Yield the texts of a body in order; `origin` is the place that the lines of its tokens are counted from."""
    paragraphs_above: list[tuple[Token, ...]] = []  # of each list and table that is open
    cells: tuple[Token, ...] = ()
    last_paragraph: tuple[Token, ...] = ()
    for position, token in enumerate(body.tokens):
        name, _, end = token.type.rpartition("_")
        if name in _LISTS and end == "open":
            paragraphs_above.append(last_paragraph)
            cells = (*last_paragraph, *_find_table_cells(body.tokens, position)) if name == "table" else cells
        elif name in _LISTS and end == "close":
            paragraphs_above.pop()
            cells = () if name == "table" else cells
        elif token.type == "inline":
            opening = body.tokens[position - 1]
            if opening.type == "paragraph_open" and not paragraphs_above:
                last_paragraph = (token,)
            above = paragraphs_above[-1] if paragraphs_above else ()
            yield MarkdownText(token, opening.tag, origin, cells or (token, *above))


def _find_table_cells(tokens: Sequence[Token], start: int) -> Iterator[Token]:
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.type == "table_close":
            return
        if token.type == "inline":
            yield token
