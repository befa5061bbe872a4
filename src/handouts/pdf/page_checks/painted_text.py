"""Records of what is painted on laid-out pages, and where; free of WeasyPrint's own types."""

import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final, Literal, NamedTuple

from handouts.problems.problem import Place

Layer = Literal["flow", "aside", "margin"]
"""Text that flows from page to page; positioned out of the flow; in margins of pages and footnotes."""

Cut = Literal["", "space", "joint", "word", "line"]
"""Where a text is broken that continues on the next line.

Respectively: not within a run of text; at white space; where the Unicode line breaking algorithm (UAX 14) allows it, as
after a hyphen; elsewhere in a word; at a line break in the source.
"""

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""Their tags."""

_MAX_QUOTE = 60


class Area(NamedTuple):
    """A rectangle on a page: distances of its edges from the page's left and top, in points."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height in points."""
        return self.bottom - self.top


class Font(NamedTuple):
    """A font as a style sheet requests it: families in order of preference, weight and style."""

    families: tuple[str, ...]
    weight: int
    style: str


class Piece(NamedTuple):
    """A run of text on one line, or a picture, which has no text.

    `tag` and `block` identify the element whose lines it belongs to, also where that continues on other pages; `line`
    is the number of its line in the document, `lists` the numbers of the lists around it, outermost first. `baseline`
    is how far down the page its letters stand, in points; of a picture, its foot. `size` is
    the font size in points, `pixels` the size of a raster picture, `words` the text drawn in a picture. `column` holds
    the left and right edge of the block or cell around it in points, `table` the number of its table, 0 outside of
    tables. `column_number` is the number of its column of a multi-column layout, 0 outside of columns. `figure` is the
    index of its figure among those that the reader was given. `address` marks web addresses, which may be broken
    anywhere; `raised` marks superscripts and subscripts, `contact` the contact panel, and `whole` is the number of what
    must not be split around it: the contact panel, safety information, or a form to fill in or to cut out. `opens_part`
    marks the titles of parts, `beside` what stands beside a picture or a form.
    """

    page: int
    area: Area
    baseline: float
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
    column_number: int
    figure: int | None
    address: bool
    raised: bool
    contact: bool
    whole: int
    opens_part: bool
    beside: bool
    cut: Cut = ""
    pixels: tuple[int, int] | None = None
    words: str = ""

    @property
    def spot(self) -> str:
        """Page and section, for the start of a message."""
        return f'page {self.page}, in "{self.section}"' if self.section else f"page {self.page}"


@dataclass(frozen=True, slots=True)
class PageBounds:
    """A blank page, counted from 1: its `whole` area, and the `content` area within its margins.

    `name` is what the style sheet calls such pages, "" for most. `is_forced` if it starts a new page here, however much
    room there was on the page before.
    """

    number: int
    whole: Area
    content: Area
    name: str
    is_forced: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a multi-column layout on one page; all columns of a row have the same top and bottom.

    `outer` is the number of the column around it, 0 if there is none.
    """

    number: int
    page: int
    area: Area
    outer: int


@dataclass(frozen=True, slots=True)
class Extent:
    """The space that a line, a picture or a block with lines to write on takes up in the flow, as wide as its block."""

    page: int
    area: Area


@dataclass(frozen=True)
class PaintedText:
    """Everything that is painted, in reading order, and the space that it takes up.

    `substitutes` maps each font and letter that is not set in the requested family to the name of its substitute, "" if
    there is none. `invisible` holds the letters for which a font has an empty outline.
    """

    pages: tuple[PageBounds, ...]
    pieces: tuple[Piece, ...]
    columns: tuple[Column, ...]
    extents: tuple[Extent, ...]
    substitutes: Mapping[tuple[Font, str], str]
    invisible: AbstractSet[tuple[Font, str]] = frozenset()

    @property
    def missing(self) -> frozenset[str]:
        """The letters that no font has."""
        return frozenset(letter for (_, letter), name in self.substitutes.items() if not name)

    def page_of(self, piece: Piece) -> PageBounds:
        """Return the page of a piece."""
        return self.pages[piece.page - 1]

    @cached_property
    def flow(self) -> tuple[Piece, ...]:
        """The text and pictures that flow from page to page."""
        return tuple(piece for piece in self.pieces if piece.layer == "flow")

    def blocks(self) -> Iterator[tuple[Piece, ...]]:
        """Yield the pieces of each paragraph, heading, list item or picture of the flow."""
        for _, block in groupby(self.flow, key=lambda piece: piece.block):
            yield tuple(block)


def split_letters(text: str) -> Iterator[str]:
    """Yield the letters of a text, each with its combining marks."""
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


def split_lines(block: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], ...]:
    """Group the pieces of a block by line."""
    return tuple(tuple(line) for _, line in groupby(block, key=lambda piece: piece.line))


def quote(pieces: tuple[Piece, ...]) -> str:
    """Return the start of a text in quotes, for a message."""
    text = " ".join("".join(piece.text for piece in pieces).split())
    if len(text) > _MAX_QUOTE:
        text = text[:_MAX_QUOTE].rpartition(" ")[0] or text[:_MAX_QUOTE]
        text += " ..."
    return f'"{text}"' if text else "a picture"
