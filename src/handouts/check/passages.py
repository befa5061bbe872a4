"""Texts of a handout or an insert, paragraph by paragraph, each with the places of what is written in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it.token import Token

from handouts.model.library import Body, Handout, Insert
from handouts.problems.problem import Place
from handouts.read.markdown.places import Inline, Source

_LISTS = frozenset({"bullet_list", "ordered_list", "table"})


@dataclass(frozen=True)
class Passage:
    """A paragraph, a heading or a cell of a table.

    `group` holds it and what it is read with: the paragraph that leads up to its list or table, and all cells.
    """

    inline: Inline
    kind: str
    group: tuple[Token, ...]

    @property
    def written(self) -> str:
        """What the author wrote, with its marks."""
        return self.inline.token.content

    @property
    def children(self) -> Sequence[Token]:
        """The pieces of it."""
        return self.inline.token.children or ()

    def place(self, offset: int = 0) -> Place:
        """Give the place of what is written at an offset."""
        return self.inline.place(offset)

    @cached_property
    def read(self) -> str:
        """The words as they are read out: without citations, notes, marks and pictures."""
        breaks = {"softbreak": " ", "hardbreak": " "}
        return "".join(
            child.content if child.type in {"text", "code_inline"} else breaks.get(child.type, "")
            for child in self.children
        )


def handout_passages(root: Path, handout: Handout) -> tuple[Passage, ...]:
    """Give the passages of all sections, blocks and notes of a handout."""
    bodies = [*(section.body for section in handout.sections), *(block.body for block in handout.blocks)]
    return tuple(_passages(root, [*bodies, *handout.notes.values()]))


def insert_passages(root: Path, insert: Insert) -> tuple[Passage, ...]:
    """Give the passages of an insert."""
    return tuple(_passages(root, [insert.body, *insert.notes.values()]))


def _passages(root: Path, bodies: Sequence[Body]) -> Iterator[Passage]:
    sources: dict[Place, Source] = {}
    for body in bodies:
        if body.origin is None:
            continue
        if body.origin not in sources:
            path = root / body.origin.file
            lines = path.read_text(encoding="utf-8-sig").split("\n")[body.origin.line - 1 :]
            sources[body.origin] = Source("\n".join(lines), path, body.origin.file, body.origin.line)
        yield from _of_body(sources[body.origin], body)


def _of_body(source: Source, body: Body) -> Iterator[Passage]:
    inlines = {id(inline.token): inline for inline in source.inlines(body.tokens)}
    leads: list[tuple[Token, ...]] = []
    cells: tuple[Token, ...] = ()
    last: tuple[Token, ...] = ()
    for position, token in enumerate(body.tokens):
        name, _, end = token.type.rpartition("_")
        if name in _LISTS and end == "open":
            leads.append(last)
            cells = (*last, *_cells(body.tokens, position)) if name == "table" else cells
        elif name in _LISTS and end == "close":
            leads.pop()
            cells = () if name == "table" else cells
        elif token.type == "inline":
            before = body.tokens[position - 1]
            if before.type == "paragraph_open" and not leads:
                last = (token,)
            yield Passage(inlines[id(token)], before.tag, cells or (token, *(leads[-1] if leads else ())))


def _cells(tokens: Sequence[Token], start: int) -> Iterator[Token]:
    """Give the cells of the table that starts there."""
    for position in range(start, len(tokens)):
        token = tokens[position]
        if token.type == "table_close":
            return
        if token.type == "inline":
            yield token
