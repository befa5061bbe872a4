"""Estimates from one layout whether another could need fewer pages, so that it is worth a trial."""

from handouts.pdf.page_checks.painted_text import PaintedText
from handouts.pdf.page_checks.white_space import (
    Hole,
    find_avoidable_holes,
    is_before_whole_block,
    measure_used_height,
)


def may_save_page(painted: PaintedText, saving: float) -> bool:
    """Return whether the last page may become empty if lines take less height by a share of `saving`."""
    *earlier, used = (measure_used_height(painted, page) for page in painted.pages)
    # Space that is left on earlier pages may be filled, too.
    left = sum(1 - height for height, page in zip(earlier, painted.pages[1:], strict=True) if not page.is_forced)
    gain = (len(earlier) + used) * saving + left + sum(hole.share for hole in find_avoidable_holes(painted))
    is_free = bool(earlier) and not painted.pages[-1].is_forced
    return is_free and used <= gain and _may_move_whole_block(painted, saving)


def _may_move_whole_block(painted: PaintedText, saving: float) -> bool:
    """Return False if the last page begins with a block that stays whole, and finds no room on an earlier one.

    Text fills small gaps, too, but such a block needs its room in one place: lines before a forced break gain none for
    it, and a hole only as wide as its column gains as little as that.
    """
    last = painted.pages[-1]
    first = next((piece for piece in painted.flow if piece.page == last.number), None)
    if first is None or not first.whole:
        return True
    start = max(page.number for page in painted.pages if page.is_forced or page.number == 1)
    *earlier, used = (measure_used_height(painted, page) for page in painted.pages[start - 1 :])
    left = sum(1 - height for height in earlier)
    holes = sum(hole.share * hole.width for hole in find_avoidable_holes(painted) if hole.page >= start)
    return used <= (sum(earlier) + used) * saving + left + holes


def may_join_first_page(painted: PaintedText) -> bool:
    """Return whether the last page may become empty if the text goes on on the first page, behind what stands there.

    It does not where it begins with a block that stays whole and needs more space than is left.
    """
    if len(painted.pages) <= 2:  # noqa: PLR2004 - the first page and the text
        return False
    first = painted.pages[0]
    *earlier, used = (measure_used_height(painted, page) for page in painted.pages)
    following = next((piece for piece in painted.flow if piece.page > first.number), None)
    share = 1 - earlier[0]
    if following is None or is_before_whole_block(
        painted, Hole(first.number, share * first.content.height, share, 1, following)
    ):
        return False
    holes = sum(hole.share for hole in find_avoidable_holes(painted))
    return used <= sum(1 - height for height in earlier) + holes
