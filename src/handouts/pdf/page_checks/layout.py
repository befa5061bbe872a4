"""What a typographer would mark on pages: what is cut from what it belongs to, bare last pages, text near edges."""

from collections.abc import Iterator
from itertools import pairwise

from handouts.pdf.page_checks.inspection import stands_out
from handouts.pdf.page_checks.painted_text import PaintedText, Piece, lines, quoted
from handouts.problems.problem import Problem, warning

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SHORTEST_LAST_PAGE = 0.15  # of its height
# In points: 0.25 in, which most printers can print and a folding machine keeps to.
_EDGE = 18.0
_ROUNDING = 0.1

Block = tuple[Piece, ...]
Line = tuple[Piece, ...]


def check_layout(painted: PaintedText) -> Iterator[Problem]:
    """Report what was badly broken over pages or columns, a last page with little on it, and text near an edge."""
    blocks = tuple(painted.blocks())
    yield from _headings_at_page_end(blocks)
    yield from _lone_lines(blocks)
    yield from _lists_apart(blocks)
    yield from _short_last_page(painted)
    yield from _near_edge(painted)


def _goes_on_elsewhere(before: Piece, after: Piece) -> bool:
    """Tell whether what comes after stands on another page, or at the top of another column."""
    return before.page != after.page or after.area.bottom <= before.area.top


def _is_heading(block: Block) -> bool:
    return block[0].tag in _HEADINGS


def _headings_at_page_end(blocks: tuple[Block, ...]) -> Iterator[Problem]:
    """Report a heading that has no text below it; of headings that follow one another, one at most."""
    told = False
    for position, block in enumerate(blocks):
        if not _is_heading(block):
            told = False
            continue
        text = next((other for other in blocks[position + 1 :] if not _is_heading(other)), None)
        if not told and (text is None or _goes_on_elsewhere(block[-1], text[0])):
            told = True
            message = f"{block[-1].spot}: the heading {quoted(block)} has no text below it"
            hint = "keep it with its text (break-after: avoid), or shorten the text above"
            yield warning("heading-at-page-end", message, block[0].place, hint)


def _lone_lines(blocks: tuple[Block, ...]) -> Iterator[Problem]:
    for block in blocks:
        parts = _parts(lines(block))
        lone = next((n for n, part in enumerate(parts) if len(part) == 1), None) if len(parts) > 1 else None
        if lone is not None:
            line = parts[lone][0]
            end = "bottom" if lone == 0 else "top"
            message = f"{line[0].spot}: one line of a paragraph stands alone at the {end}: {quoted(line)}"
            hint = "change the length of the text, or keep two lines together (orphans, widows)"
            yield warning("lone-line", message, line[0].place, hint)


def _parts(whole: tuple[Line, ...]) -> list[list[Line]]:
    """Part lines by the pages and columns that they stand in."""
    parts: list[list[Line]] = []
    for line in whole:
        if parts and not _goes_on_elsewhere(parts[-1][-1][0], line[0]):
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def _lists_apart(blocks: tuple[Block, ...]) -> Iterator[Problem]:
    """Report a list that starts on another page than the paragraph or the item that leads up to it."""
    seen: set[int] = set()
    for before, block in pairwise(blocks):
        lists = block[0].lists
        starts = bool(lists) and lists[-1] not in seen
        seen.update(lists)
        leads = before[0].tag in {"p", "li"} and before[0].lists == lists[:-1]
        if starts and leads and _goes_on_elsewhere(before[-1], block[0]):
            message = f"{block[0].spot}: the list is cut from the line that leads up to it, {quoted(before)}"
            hint = "keep them together (break-after: avoid), or shorten the text above"
            yield warning("list-apart", message, block[0].place, hint)


def _short_last_page(painted: PaintedText) -> Iterator[Problem]:
    last = painted.leaves[-1]
    pieces = [piece for piece in painted.flow if piece.page == last.number]
    if last.number == 1 or not pieces:
        return
    filled = (max(piece.area.bottom for piece in pieces) - last.content.top) / last.content.height
    if filled < _SHORTEST_LAST_PAGE:
        rows = len({piece.line for piece in pieces})
        message = f"{pieces[0].spot}: the last page is filled to {filled:.0%} only"
        hint = f"shorten the text by {rows} line{'s' if rows > 1 else ''}, or leave out a section"
        yield warning("short-last-page", message, pieces[0].place, hint)


def _near_edge(painted: PaintedText) -> Iterator[Problem]:
    """Report each paragraph once that stands near an edge of its page; what runs over its margins is reported there."""
    told: set[int] = set()
    for piece in painted.pieces:
        if not piece.text or piece.block in told or stands_out(painted, piece):
            continue
        page, area = painted.leaf(piece).whole, piece.area
        distances = (area.left, area.top, page.right - area.right, page.bottom - area.bottom)
        if min(distances) < _EDGE - _ROUNDING:
            told.add(piece.block)
            message = f"{piece.spot}: {quoted((piece,))} stands {max(0, min(distances)) / 72:.2f} in from the edge"
            yield warning("near-edge", message, piece.place, "keep text 0.25 in (18 pt) from edges and folds")
