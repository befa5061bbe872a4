"""Measures type: the smallest size and the length of lines, and reports what is hard to read."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from handouts.pdf.page_checks.painted_text import PaintedText, Piece, quote, split_lines
from handouts.pdf.rules import LINE_LENGTH, SMALL_TYPE
from handouts.problems.collector import Problems

_ROUNDING: Final = 0.05  # points
_SHORTEST_LINE, _LONGEST_LINE = 40, 75  # characters
_FEWEST_LINES = 5  # fewer have no average
_LARGEST_INDENT = 2.0  # of a list in another, in sizes of its type
_BODY: Final = frozenset({"p", "li"})

Line = tuple[Piece, ...]


def check_type_size(painted: PaintedText, least: float, problems: Problems) -> None:
    """Report type that is smaller than `least`, in points: each size once in each section, where it first occurs."""
    reported: set[tuple[float, str]] = set()
    for piece in _list_type(painted):
        if piece.size < least - _ROUNDING and (piece.size, piece.section) not in reported:
            reported.add((piece.size, piece.section))
            problems.add(
                SMALL_TYPE.at(piece.place, spot=piece.spot, text=quote((piece,)), size=piece.size, least=least)
            )


def check_line_length(painted: PaintedText, problems: Problems) -> None:
    """Report lines of the text that have too few or too many characters on average."""
    length = measure_line_length(painted)
    if length is not None and not _SHORTEST_LINE <= length <= _LONGEST_LINE:
        first = next(_list_full_lines(painted))[0]
        problem = LINE_LENGTH.at(first.place, spot=first.spot, length=length, least=_SHORTEST_LINE, most=_LONGEST_LINE)
        problems.add(problem)


def measure_smallest_type(painted: PaintedText) -> float:
    """Return the smallest size of type in points, without raised and lowered characters; 0 if there is no text."""
    return min((piece.size for piece in _list_type(painted)), default=0)


def measure_line_length(painted: PaintedText) -> int | None:
    """Return the number of characters in a line of the text, on average; None if there are too few lines for one.

    The text is what is set in the commonest size and width of paragraphs and lists. Last lines of paragraphs do not
    count, nor does what stands beside a picture or a form, whose width decides. East Asian characters, which are as
    wide as two others, count as two. Lines of lists count as if they had the width of their column, as the eye takes in
    the bullets and boxes in their indent, too.
    """
    lines = list(_list_full_lines(painted))
    if len(lines) < _FEWEST_LINES:
        return None
    return round(sum(_count_characters(line) * _find_stretch(painted, line[0]) for line in lines) / len(lines))


def _list_type(painted: PaintedText) -> Iterator[Piece]:
    return (piece for piece in painted.pieces if piece.text and not piece.raised)


def _list_full_lines(painted: PaintedText) -> Iterator[Line]:
    """Yield the lines of the text that go on in another line."""
    flow = [
        piece for piece in painted.flow if piece.text and piece.tag in _BODY and not piece.address and not piece.beside
    ]
    letters: Counter[tuple[float, float]] = Counter()
    for piece in flow:
        letters[_find_measure(piece)] += len(piece.text)
    commonest = max(letters, key=letters.__getitem__, default=None)
    for _, pieces in groupby(flow, key=lambda piece: piece.block):
        block = tuple(pieces)
        for line in split_lines(block)[:-1]:
            if _find_measure(line[0]) == commonest and line[-1].cut != "line":
                yield line


def _find_measure(piece: Piece) -> tuple[float, float]:
    """Return the size of type and the width of the lines that a piece belongs to."""
    left, right = piece.column
    return piece.size, round(right - left)


def _find_stretch(painted: PaintedText, start: Piece) -> float:
    """Return the ratio of the width of a column to that of an item of a list in it; 1 for other text."""
    columns = {column.number: column.area for column in painted.columns}
    outer = columns.get(start.column_number, painted.page_of(start).content)
    width = start.column[1] - start.column[0]
    if width <= 0:  # its letters stick out
        return 1
    is_indented = bool(start.lists) and outer.width - width <= _LARGEST_INDENT * start.size * len(start.lists)
    return outer.width / width if is_indented else 1


def _count_characters(line: Line) -> int:
    text = "".join(piece.text for piece in line).strip()
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
