"""What is painted on laid-out pages, and where: plain records, for whoever judges or measures pages."""

import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from handouts.problems.problem import Place

Layer = Literal["flow", "aside", "margin"]
"""The text that goes on from page to page; what is taken out of it; margins of pages and footnotes."""

Cut = Literal["", "space", "joint", "word", "line"]
"""Where a text is broken that goes on in the next line.

Not within a run of text; at white space; where the Unicode line breaking algorithm (UAX 14) allows it, as after a
hyphen; elsewhere in a word; where a line end is written.
"""

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page: distances of its edges from the page's left and top, in points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Give the width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Give the height in points."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Font:
    """What a style sheet asks for: families, the wanted one first, and weight and style."""

    families: tuple[str, ...]
    weight: int
    style: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one line, or a picture, which has no text.

    `tag` and `block` are those of the element whose lines it stands in, also where that goes on over pages; `line`
    numbers the lines of the document, `lists` the lists that it stands in, outermost first. `size` is that of the type
    in points, `pixels` that of a picture made of them. `words` are those that are drawn in a picture. `column` holds
    left and right edge of the block or cell that it stands in, `table` the number of its table, 0 outside of tables.
    `address` marks web addresses, which may be broken anywhere.
    """

    page: int
    area: Area
    text: str
    font: Font
    size: float
    layer: Layer
    tag: str
    block: int
    line: int
    lists: tuple[int, ...]
    place: Place | None
    section: str
    column: tuple[float, float]
    table: int
    address: bool
    cut: Cut = ""
    pixels: tuple[int, int] | None = None
    words: str = ""

    @property
    def spot(self) -> str:
        """Give page and section, for the start of a message."""
        return f'page {self.page}, in "{self.section}"' if self.section else f"page {self.page}"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page without what is on it: the `whole` of it, and the `content` that its margins leave. Counted from 1."""

    number: int
    whole: Area
    content: Area


@dataclass(frozen=True, slots=True)
class PaintedText:
    """All that is painted, in the order of reading.

    `others` names for each font and letter that is not set in the family asked for first the font that it is set in,
    "" if there is none. `invisible` are the letters that a font has no outline for.
    """

    leaves: tuple[Leaf, ...]
    pieces: tuple[Piece, ...]
    others: Mapping[tuple[Font, str], str]
    invisible: AbstractSet[tuple[Font, str]] = frozenset()

    @property
    def missing(self) -> frozenset[str]:
        """The letters that no font has."""
        return frozenset(letter for (_, letter), name in self.others.items() if not name)

    def leaf(self, piece: Piece) -> Leaf:
        """Give the page of a piece."""
        return self.leaves[piece.page - 1]

    @property
    def flow(self) -> tuple[Piece, ...]:
        """The text and pictures that go on from page to page."""
        return tuple(piece for piece in self.pieces if piece.layer == "flow")

    def blocks(self) -> Iterator[tuple[Piece, ...]]:
        """Give the text that goes on from page to page, one paragraph, heading, item or picture after the other."""
        for _, block in groupby(self.flow, key=lambda piece: piece.block):
            yield tuple(block)


def letters(text: str) -> Iterator[str]:
    """Give the letters of a text, each with the marks that are set on it."""
    if text.isascii():
        yield from text
        return
    letter = ""
    for character in text:
        if letter and not unicodedata.category(character).startswith("M"):
            yield letter
            letter = ""
        letter += character
    yield letter


def lines(block: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], ...]:
    """Give the lines of a block."""
    return tuple(tuple(line) for _, line in groupby(block, key=lambda piece: piece.line))


def quoted(pieces: tuple[Piece, ...]) -> str:
    """Quote the start of a text in a message."""
    text = " ".join("".join(piece.text for piece in pieces).split())
    if len(text) > _LONGEST_QUOTE:
        text = text[:_LONGEST_QUOTE].rpartition(" ")[0] or text[:_LONGEST_QUOTE]
        text += " ..."
    return f'"{text}"' if text else "a picture"
