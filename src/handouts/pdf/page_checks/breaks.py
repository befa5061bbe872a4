"""Checks of where text is broken over lines, columns and pages.

A broken word or amount can be misread as half a dose or another medicine; the other breaks are those that a
typographer would mark.
"""

from collections.abc import Sequence
from itertools import pairwise

from handouts.language.amounts import find_amounts, is_hyphenated_word
from handouts.pdf.page_checks.negations import check_negations
from handouts.pdf.page_checks.painted_text import HEADINGS, PaintedText, Piece, quote, split_lines
from handouts.pdf.page_checks.white_space import is_last_page_short, measure_used_height
from handouts.pdf.rules import (
    HEADING_AT_PAGE_END,
    LIST_APART,
    LONE_LINE,
    SHORT_LAST_PAGE,
    SPLIT_AMOUNT,
    SPLIT_WORD,
)
from handouts.problems.collector import Problems

_CONTEXT = 6  # words of a line that can belong to an amount: those of a phone number
_HYPHENS = ("-", "\N{HYPHEN}", "\N{EN DASH}", "/")

Block = tuple[Piece, ...]
Line = tuple[Piece, ...]


def check_line_breaks(painted: PaintedText, problems: Problems) -> None:
    """Report each word and each amount that is not on one line; soft hyphens, dashes and slashes may be broken after.

    Web addresses may be broken anywhere, and so may text that is written as two lines.
    """
    blocks: dict[int, list[Piece]] = {}
    for piece in painted.pieces:
        if piece.text:
            blocks.setdefault(piece.block, []).append(piece)
    for pieces in blocks.values():
        for before, after in pairwise(split_lines(tuple(pieces))):
            if _is_one_text(before[-1], after[0]):
                _check_line_break(before, after, problems)


def check_page_breaks(painted: PaintedText, problems: Problems) -> None:
    """Report bad breaks over pages and columns, and a last page with little on it."""
    blocks = tuple(painted.blocks())
    _check_headings(blocks, problems)
    _check_lone_lines(blocks, problems)
    _check_lists(blocks, problems)
    check_negations(blocks, problems)
    _check_last_page(painted, problems)


def _is_one_text(end: Piece, start: Piece) -> bool:
    """Return whether two lines are parts of one text, which may be broken only at spaces."""
    # Footers and the heads of tables are printed on each page.
    is_repeated = end.page != start.page and (end.layer == "margin" or end.tag == "th")
    return not is_repeated and end.cut != "line" and not (end.address or start.address)


def _check_line_break(before: Line, after: Line, problems: Problems) -> None:
    last = before[-1]
    end = " ".join("".join(piece.text for piece in before).split()[-_CONTEXT:])
    start = " ".join("".join(piece.text for piece in after).split()[:_CONTEXT])
    # A dash between spaces joins nothing.
    is_hyphenated = last.cut == "joint" or (not last.cut and end.endswith(_HYPHENS) and end.split()[-1] not in _HYPHENS)
    if last.cut == "word" or (is_hyphenated and is_hyphenated_word(end, start)):
        end, start = end.rpartition(" ")[2], start.partition(" ")[0]
        problems.add(SPLIT_WORD.at(last.place, spot=last.spot, end=end, start=start))
        return
    space = "" if is_hyphenated else " "
    for first, behind in find_amounts(end + space + start):
        if first < len(end) and behind > len(end) + len(space):
            halves = {"end": end[first:], "start": start[: behind - len(end) - len(space)]}
            problems.add(SPLIT_AMOUNT.at(last.place, spot=last.spot, **halves))


def _is_on_next_page(before: Piece, after: Piece) -> bool:
    """Return whether the second piece is on another page, or in another column and not below the first one.

    The areas of letters overlap below one another in fonts with much room above and below them, their baselines do not.
    """
    top = after.baseline - after.size / 2 if after.text else after.area.top
    is_beside = before.column_number != after.column_number and top < before.baseline
    return before.page != after.page or is_beside


def _is_heading(block: Block) -> bool:
    return block[0].tag in HEADINGS


def _check_headings(blocks: Sequence[Block], problems: Problems) -> None:
    """Report a heading that has no text below it; of several headings in a row, only one."""
    is_reported = False
    for position, block in enumerate(blocks):
        if not _is_heading(block):
            is_reported = False
            continue
        text = next((other for other in blocks[position + 1 :] if not _is_heading(other)), None)
        if not is_reported and (text is None or _is_on_next_page(block[-1], text[0])):
            is_reported = True
            problems.add(HEADING_AT_PAGE_END.at(block[0].place, spot=block[-1].spot, text=quote(block)))


def _check_lone_lines(blocks: Sequence[Block], problems: Problems) -> None:
    """Report the first line of each paragraph that is alone on a page or in a column."""
    for block in blocks:
        parts = _split_at_pages(split_lines(block))
        lone_index = next((n for n, part in enumerate(parts) if len(part) == 1), None) if len(parts) > 1 else None
        if lone_index is not None:
            line = parts[lone_index][0]
            end = "bottom" if lone_index == 0 else "top"
            problems.add(LONE_LINE.at(line[0].place, spot=line[0].spot, end=end, text=quote(line)))


def _split_at_pages(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines by page and column."""
    parts: list[list[Line]] = []
    for line in lines:
        if parts and not _is_on_next_page(parts[-1][-1][0], line[0]):
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def _check_lists(blocks: Sequence[Block], problems: Problems) -> None:
    """Report a list that starts on another page than the paragraph or item that leads up to it."""
    seen_lists: set[int] = set()
    for before, block in pairwise(blocks):
        lists = block[0].lists
        is_start = bool(lists) and lists[-1] not in seen_lists
        seen_lists.update(lists)
        is_introduced = before[0].tag in {"p", "li"} and before[0].lists == lists[:-1]
        if is_start and is_introduced and _is_on_next_page(before[-1], block[0]):
            problems.add(LIST_APART.at(block[0].place, spot=block[0].spot, text=quote(before)))


def _check_last_page(painted: PaintedText, problems: Problems) -> None:
    last = painted.pages[-1]
    pieces = [piece for piece in painted.flow if piece.page == last.number]
    if last.number == 1 or not pieces:
        return
    if is_last_page_short(painted):
        filled = measure_used_height(painted, last)
        count = len({piece.line for piece in pieces})
        lines = f"{count} line{'s' if count > 1 else ''}"
        problems.add(SHORT_LAST_PAGE.at(pieces[0].place, spot=pieces[0].spot, filled=filled, lines=lines))
