"""Measures how much of each page is filled, and reports holes in columns and a contact panel alone on a page.

A hole is space that is left because what follows did not fit, and went on to the next column or page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from handouts.pdf.page_checks.painted_text import HEADINGS, Area, Column, PageBounds, PaintedText, Piece, quote
from handouts.pdf.rules import CONTACT_ALONE, HOLE
from handouts.problems.collector import Problems

_SHORTEST_LAST_PAGE = 0.15  # of its height
_LARGEST_GAP = 0.15  # of the height of a page's content
_FEWEST_LINES = 7  # of the smallest type, in a hole
_LINE_HEIGHT = 1.3  # of the font size
_LARGEST_END_OF_PART = 0.5  # of the height of a page's content
_FILLED_BY_PANEL = 0.7  # of the height of a page's content
_ROUNDING = 1.0

Interval = tuple[float, float]
"""The top and bottom of something on a page, in points."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Empty space in a column: its page, its height in points, and what follows it.

    `share` is its height as a share of that of the page's content, `width` that of its column likewise.
    """

    page: int
    height: float
    share: float
    width: float
    following: Piece


def check_white_space(painted: PaintedText, smallest_type: float, problems: Problems) -> None:
    """Report each hole, and each page that holds the contact panel alone though no style sheet wants it so.

    Space for a few lines only, as in large print, is no fault. `smallest_type` is that of the format, in points.
    """
    for hole in find_avoidable_holes(painted):
        if hole.height >= _FEWEST_LINES * _LINE_HEIGHT * smallest_type:
            after = hole.following
            problems.add(HOLE.at(after.place, page=hole.page, share=hole.share, text=quote((after,))))
    _check_contact_panel(painted, problems)


def find_avoidable_holes(painted: PaintedText) -> Iterator[Hole]:
    """Yield the holes of all pages, in order, but for those that a designer would leave.

    These are spaces in which something does not fit that must not be split: the contact panel and safety information,
    which are read at one glance, and forms, which are written on at one go, pinned up or cut out. Likewise up to half
    of a page at the end of a part: in most books chapters begin on a new page, so nobody looks for more of the last
    one.
    """
    for hole in find_holes(painted):
        is_end_of_part = hole.following.opens_part and hole.share <= _LARGEST_END_OF_PART
        if not is_end_of_part and not is_before_whole_block(painted, hole):
            yield hole


def is_before_whole_block(painted: PaintedText, hole: Hole) -> bool:
    """Return whether a block that stays whole follows, with what leads up to it, and they need more than the hole.

    Headings and one paragraph lead up to a block.
    """
    flow = painted.flow
    behind = flow[flow.index(hole.following) :]
    leading = list(takewhile(lambda piece: not piece.whole, behind))
    texts = {piece.block for piece in leading if piece.tag not in HEADINGS}
    whole = behind[len(leading)].whole if len(leading) < len(behind) else 0
    if not whole or len(texts) > 1 or not {piece.tag for piece in leading} <= {*HEADINGS, "p"}:
        return False
    block = [piece for piece in behind if piece.whole == whole]
    if {piece.page for piece in block} != {hole.following.page}:
        return True
    top = min(piece.area.top for piece in (*leading, *block))
    frame = 2 * max(piece.size for piece in block)
    return max(piece.area.bottom for piece in block) - top + frame > hole.height


def _check_contact_panel(painted: PaintedText, problems: Problems) -> None:
    """Report the first page that holds nothing but the contact panel, and is not well filled by it.

    In large print the panel, which stays whole, needs most of a page: no text would fit there.
    """
    for page in painted.pages[1:]:
        pieces = [piece for piece in painted.flow if piece.page == page.number]
        is_alone = bool(pieces) and not page.is_forced and all(piece.contact for piece in pieces)
        if is_alone and measure_used_height(painted, page) < _FILLED_BY_PANEL:
            problems.add(CONTACT_ALONE.at(pieces[0].place, spot=pieces[0].spot))
            return


def measure_filled(painted: PaintedText) -> tuple[float, ...]:
    """Return the share of each page's content area that is filled.

    Lines count in the full width of their block, pictures likewise; space between blocks does not count.
    """
    return tuple(_measure_page(painted, page) for page in painted.pages)


def _measure_page(painted: PaintedText, page: PageBounds) -> float:
    blocks: dict[Interval, list[Interval]] = {}
    for area in _list_areas(painted, page):
        blocks.setdefault((round(area.left), round(area.right)), []).append((area.top, area.bottom))
    content = page.content
    filled = sum(
        max(0.0, min(right, content.right) - max(left, content.left)) * sum(end - start for start, end in _merge(spans))
        for (left, right), spans in blocks.items()
    )
    return min(1.0, filled / (content.width * content.height))


def _list_areas(painted: PaintedText, page: PageBounds) -> list[Area]:
    return [extent.area for extent in painted.extents if extent.page == page.number]


def _merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the union of intervals, from top to bottom."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def measure_used_height(painted: PaintedText, page: PageBounds) -> float:
    """Return how far down the content area of a page its text and pictures reach, as a share of its height."""
    lowest = max((area.bottom for area in _list_areas(painted, page)), default=page.content.top)
    return (lowest - page.content.top) / page.content.height


def is_last_page_short(painted: PaintedText) -> bool:
    """Return whether the last page, behind others, has only a few lines."""
    last = painted.pages[-1]
    return last.number > 1 and measure_used_height(painted, last) < _SHORTEST_LAST_PAGE


def find_holes(painted: PaintedText) -> Iterator[Hole]:
    """Yield the holes of all pages, in order; one at the bottom of all columns of a page is one hole."""
    for page in painted.pages:
        pieces = [piece for piece in painted.flow if piece.page == page.number]
        if pieces:
            yield from _find_holes_on_page(painted, page, pieces)


def _find_holes_on_page(painted: PaintedText, page: PageBounds, pieces: Sequence[Piece]) -> Iterator[Hole]:
    areas = _list_areas(painted, page)
    columns = [column for column in painted.columns if column.page == page.number]
    next_piece = _find_next_page_piece(painted, page)
    # Columns count as a whole here: the space in each of them is looked at below.
    spans = _merge([(area.top, area.bottom) for area in (*areas, *(column.area for column in columns))])
    if not page.name:  # a named page, such as a cover, is designed as a whole
        yield from _find_gaps(spans, page, page.content, pieces)
    used = max((area.bottom for area in areas), default=page.content.top)
    is_page_short = next_piece is not None and _is_hole(used, page.content.bottom, page)
    if next_piece is not None and is_page_short:
        yield _measure_hole(page, page.content, page.content.bottom - used, next_piece)
    for column in columns:
        inside = [area for area in areas if _is_within(area, column)]
        own = [piece for piece in pieces if _is_within(piece.area, column)]
        if not inside or not own:
            continue
        spans = _merge((area.top, area.bottom) for area in inside)
        yield from _find_gaps(spans, page, column.area, own)
        below = [area.top for area in areas if _is_below(area, column)]
        # The column ends where something stands below; at the end of its page, if the text goes on there.
        limit = min(below, default=column.area.bottom)
        if not below and next_piece is not None and not column.outer:
            limit = used if is_page_short else page.content.bottom
        following = _find_following(painted, own[-1], next_piece)
        if following is not None and _is_hole(spans[-1][1], limit, page):
            yield _measure_hole(page, column.area, limit - spans[-1][1], following)


def _find_gaps(spans: Sequence[Interval], page: PageBounds, column: Area, pieces: Sequence[Piece]) -> Iterator[Hole]:
    """Yield the holes between what stands in a column."""
    for (_, end), (start, _) in pairwise(spans):
        if _is_hole(end, start, page):
            following = min((piece for piece in pieces if piece.area.bottom > start), key=lambda piece: piece.area.top)
            yield _measure_hole(page, column, start - end, following)


def _find_next_page_piece(painted: PaintedText, page: PageBounds) -> Piece | None:
    """Return what the next page begins with; None if nothing follows, or if the style sheet wants a new page there."""
    following = painted.pages[page.number] if page.number < len(painted.pages) else None
    if following is None or following.is_forced:
        return None
    return next((piece for piece in painted.flow if piece.page == following.number), None)


def _find_following(painted: PaintedText, last: Piece, next_page_piece: Piece | None) -> Piece | None:
    """Return what is read after the last piece of a column."""
    flow = painted.flow
    position = flow.index(last) + 1
    is_on_page = position < len(flow) and flow[position].page == last.page
    return flow[position] if is_on_page else next_page_piece


def _measure_hole(page: PageBounds, column: Area, height: float, following: Piece) -> Hole:
    content = page.content
    return Hole(page.number, height, height / content.height, column.width / content.width, following)


def _is_hole(top: float, bottom: float, page: PageBounds) -> bool:
    return bottom - top > _LARGEST_GAP * page.content.height


def _is_within(area: Area, column: Column) -> bool:
    """Return whether something stands in a column."""
    middle = (area.left + area.right) / 2
    is_beside = column.area.left <= middle <= column.area.right
    return is_beside and column.area.top - _ROUNDING <= area.top <= column.area.bottom - _ROUNDING


def _is_below(area: Area, column: Column) -> bool:
    """Return whether something stands below a column, or below a part of its width."""
    width = min(area.right, column.area.right) - max(area.left, column.area.left)
    return width > _ROUNDING and area.top > column.area.bottom - _ROUNDING
