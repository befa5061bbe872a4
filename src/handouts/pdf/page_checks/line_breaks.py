"""Words and amounts that are broken over two lines, which can be read wrong: half a dose, or another medicine."""

from collections.abc import Iterator
from itertools import pairwise

from handouts.language.amounts import find_amounts
from handouts.pdf.page_checks.painted_text import PaintedText, Piece, lines
from handouts.problems.problem import Problem, error

_CONTEXT = 6  # words of a line that an amount can have: those of a phone number
_JOINTS = ("-", "\N{HYPHEN}", "\N{EN DASH}", "/")


def check_line_breaks(painted: PaintedText) -> Iterator[Problem]:
    """Report each word that is broken elsewhere than at its hyphens, and each amount that is not on one line.

    Web addresses may be broken anywhere, and what is written as two lines is.
    """
    blocks: dict[int, list[Piece]] = {}
    for piece in painted.pieces:
        if piece.text:
            blocks.setdefault(piece.block, []).append(piece)
    for pieces in blocks.values():
        for before, after in pairwise(lines(tuple(pieces))):
            if _goes_on(before[-1], after[0]):
                yield from _broken(before, after)


def _goes_on(end: Piece, start: Piece) -> bool:
    """Tell whether two lines are of one text, which may be broken at spaces only."""
    # Footers and the heads of tables are printed on each page.
    repeated = end.page != start.page and (end.layer == "margin" or end.tag == "th")
    return not repeated and end.cut != "line" and not (end.address or start.address)


def _broken(before: tuple[Piece, ...], after: tuple[Piece, ...]) -> Iterator[Problem]:
    end = " ".join("".join(piece.text for piece in before).split()[-_CONTEXT:])
    start = " ".join("".join(piece.text for piece in after).split()[:_CONTEXT])
    cut = before[-1].cut
    if cut == "word":
        message = f'{before[-1].spot}: one word is split over two lines: "{_last(end)}" and "{_first(start)}"'
        hint = "shorten the text around it, and let no style sheet break words (overflow-wrap, word-break, hyphens)"
        yield error("split-word", message, before[-1].place, hint)
        return
    joint = cut == "joint" or (not cut and end.endswith(_JOINTS))
    space = "" if joint else " "
    for first, last in find_amounts(end + space + start):
        if first < len(end) and last > len(end) + len(space):
            parts = f'"{end[first:]}" and "{start[: last - len(end) - len(space)]}"'
            message = f"{before[-1].spot}: {parts} are on different lines, but belong together"
            hint = "keep `.amount { white-space: nowrap }` in the style sheet, and write the amount as one text"
            yield error("split-amount", message, before[-1].place, hint)


def _last(text: str) -> str:
    return text.rpartition(" ")[2]


def _first(text: str) -> str:
    return text.partition(" ")[0]
