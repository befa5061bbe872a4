"""Checks of what is painted on pages: required texts, overflow, overlap, fonts, and the resolution of pictures."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from handouts.language.punctuation import straighten_quotes
from handouts.model.document import Required
from handouts.model.required_texts import report_missing
from handouts.pdf.page_checks.breaks import check_line_breaks
from handouts.pdf.page_checks.painted_text import Area, Font, PaintedText, Piece, quote, split_letters
from handouts.pdf.rules import (
    BLURRED_PICTURE,
    COLUMN_OVERFLOW,
    FALLBACK_FONT,
    INVISIBLE_TEXT,
    LOW_RESOLUTION,
    MARGIN_OVERFLOW,
    MISSING_GLYPH,
    NEAR_EDGE,
    OVERFLOW,
    OVERLAP,
    UNUSABLE_PAGE,
    WIDE_TABLE,
)
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem

_POINTS_PER_INCH = 72
# In points: less than a letter, because a space at the end of a line may hang over the edge.
_TOLERANCE = 4.5
_USUAL_HEIGHT = 1.5  # of the area of a text, in sizes of its type; Latin, Vietnamese and CJK fonts have 1.2 to 1.45
_ROUNDING = 1.0
_UNPRINTABLE = 12.0  # at the edges of a sheet most office printers print nothing: 1/6 in
# In points: 0.25 in, which most printers can print and a folding machine keeps to.
SAFE_EDGE: Final = 18.0
_EDGE_ROUNDING = 0.1
_LETTER_HEIGHT = 0.6  # of the height of a line
_LARGEST_PAGE = 14_400  # points: what PDF viewers can show
_SHARP, _BLURRED = 200, 100  # pixels per inch
_MAX_LETTERS_NAMED = 12
_READABLE = 7.0  # points; smaller type in a margin does not count as there


def check_page_sizes(painted: PaintedText, problems: Problems) -> bool:
    """Return whether each page has room for text; report the first one that has none, or is of infinite size."""
    for page in painted.pages:
        sizes = (page.whole.width, page.whole.height, page.content.width, page.content.height)
        if not all(0 < size < _LARGEST_PAGE for size in sizes):
            width, height, room, depth = sizes
            problem = UNUSABLE_PAGE.at(None, page=page.number, width=width, height=height, room=room, depth=depth)
            problems.add(problem)
            return False
    return True


def inspect_pages(painted: PaintedText, required: Collection[Required], problems: Problems) -> None:
    """Report missing texts, text that is cut off or unreadable, letters in other fonts, and coarse pictures."""
    _check_required_texts(painted, required, problems)
    _check_overflow(painted, problems)
    _check_overlap(painted, problems)
    check_line_breaks(painted, problems)
    _check_missing_glyphs(painted, problems)
    _check_invisible_letters(painted, problems)
    _check_fallback_fonts(painted, problems)
    _check_resolution(painted, problems)


def _is_outside_margins(painted: PaintedText, piece: Piece) -> bool:
    """Return whether a piece extends into the margins of its page; for one in a margin, into the unprintable edge."""
    bounds, area = painted.page_of(piece), piece.area
    if piece.layer == "margin":
        page = bounds.whole
        edges = (area.left - page.left, area.top - page.top, page.right - area.right, page.bottom - area.bottom)
        return min(edges) < _UNPRINTABLE
    content = bounds.content
    beside = area.left < content.left - _TOLERANCE or area.right > content.right + _TOLERANCE
    # Fonts of scripts with many marks, such as Arabic, have room above and below their letters.
    room = max(0, area.height - _USUAL_HEIGHT * piece.size) / 2 if piece.text else 0
    return beside or area.bottom - room > content.bottom + _TOLERANCE


def check_edges(painted: PaintedText, problems: Problems) -> None:
    """Report each paragraph near an edge of its page, once, unless it is reported as outside its margins."""
    reported: set[int] = set()
    for piece in painted.pieces:
        if not piece.text or piece.block in reported or _is_outside_margins(painted, piece):
            continue
        page, area = painted.page_of(piece).whole, piece.area
        distance = min(area.left, area.top, page.right - area.right, page.bottom - area.bottom)
        if distance < SAFE_EDGE - _EDGE_ROUNDING:
            reported.add(piece.block)
            inches = max(0, distance) / _POINTS_PER_INCH
            problems.add(NEAR_EDGE.at(piece.place, spot=piece.spot, text=quote((piece,)), inches=inches))


def _check_required_texts(painted: PaintedText, required: Collection[Required], problems: Problems) -> None:
    # First the text that flows from page to page, then the margins: a sentence may continue on the next page.
    in_order = sorted(painted.pieces, key=lambda piece: piece.layer == "margin")
    everything = "".join(_normalize(piece.text) for piece in in_order)
    report_missing(required, lambda text: _normalize(text) in everything, "pages", problems)
    for number in range(1, len(painted.pages) + 1):
        in_margins = (piece for piece in in_order if piece.layer == "margin" and piece.page == number)
        on_page = (piece.text for piece in in_margins if piece.size >= _READABLE)
        margins = _normalize("".join(on_page))
        each = (replace(one, text=_normalize(one.text)) for one in required if one.on_each_page)
        report_missing(each, margins.__contains__, f"margins of page {number}", problems)


def _normalize(text: str) -> str:
    """Remove white space, because lines may break anywhere in it, and straighten quotation marks, which are curled."""
    return "".join(straighten_quotes(text).split())


def _check_overflow(painted: PaintedText, problems: Problems) -> None:
    """Report what exceeds its page or column: paragraphs and pictures once per page, tables and margins once."""
    reported: set[tuple[int | Place | None, ...]] = set()
    for piece in painted.pieces:
        is_outside = _is_outside_margins(painted, piece)
        # A table is equally wide on each of its pages, and margins are the same on each page.
        owner: tuple[int | Place | None, ...] = (piece.page, piece.block)
        if piece.table:
            owner = (piece.table,)
        elif piece.layer == "margin":
            owner = (piece.place,)
        if (is_outside or _is_too_wide(piece)) and owner not in reported:
            reported.add(owner)
            problems.add(_make_overflow_problem(painted, piece, is_outside=is_outside))


def _make_overflow_problem(painted: PaintedText, piece: Piece, *, is_outside: bool) -> Problem:
    text = quote((piece,))
    if piece.table:
        excess = max(other.area.right for other in painted.pieces if other.table == piece.table) - piece.column[1]
        inches = max(excess / _POINTS_PER_INCH, 0.1)
        return WIDE_TABLE.at(piece.place, spot=piece.spot, inches=inches, text=text)
    outside_rule = MARGIN_OVERFLOW if piece.layer == "margin" else OVERFLOW
    rule = outside_rule if is_outside else COLUMN_OVERFLOW
    return rule.at(piece.place, spot=piece.spot, text=text)


def _is_too_wide(piece: Piece) -> bool:
    """Return whether a text is wider than its block or cell, as a very long word is."""
    left, right = piece.column
    return bool(piece.text) and (piece.area.left < left - _ROUNDING or piece.area.right > right + _ROUNDING)


def _check_overlap(painted: PaintedText, problems: Problems) -> None:
    """Report each pair of texts that are printed over one another, and each text that is over a picture, once."""
    reported: set[tuple[int, int]] = set()
    for _, on_page in groupby(sorted(painted.pieces, key=_page_and_top), key=lambda piece: piece.page):
        above: list[Piece] = []
        for piece in on_page:
            above = [other for other in above if other.area.bottom > piece.area.top]
            for other in above:
                pair = min(piece.block, other.block), max(piece.block, other.block)
                has_text = bool(piece.text or other.text)
                is_new = has_text and piece.line != other.line and pair not in reported
                if is_new and _do_letters_meet(piece.area, other.area):
                    reported.add(pair)
                    place = piece.place or other.place
                    problems.add(OVERLAP.at(place, spot=piece.spot, first=quote((other,)), second=quote((piece,))))
            above.append(piece)


def _page_and_top(piece: Piece) -> tuple[int, float]:
    return piece.page, piece.area.top


def _do_letters_meet(one: Area, other: Area) -> bool:
    """Return whether letters meet: the areas of closely set lines overlap a little, above and below their letters."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return width > _ROUNDING and height > _LETTER_HEIGHT * min(one.height, other.height)


def _check_missing_glyphs(painted: PaintedText, problems: Problems) -> None:
    """Report the letters that no font has, each once for each place."""
    reported: set[tuple[Place | None, str, str]] = set()
    missing = painted.missing
    for piece in painted.pieces if missing else ():
        letters = [letter for letter in dict.fromkeys(split_letters(piece.text + piece.words)) if letter in missing]
        new = [letter for letter in letters if (piece.place, piece.section, letter) not in reported]
        reported.update((piece.place, piece.section, letter) for letter in new)
        if new:
            problems.add(MISSING_GLYPH.at(piece.place, spot=piece.spot, letters=name_missing_letters(new)))


def _check_invisible_letters(painted: PaintedText, problems: Problems) -> None:
    """Report each font that has empty outlines, once, where it first occurs."""
    empty: dict[Font, dict[str, Piece]] = {}
    for piece in painted.pieces if painted.invisible else ():
        for letter in split_letters(piece.text + piece.words):
            if (piece.font, letter) in painted.invisible:
                empty.setdefault(piece.font, {}).setdefault(letter, piece)
    for font, pieces in empty.items():
        first = next(iter(pieces.values()))
        names = _name_letters([f'"{letter}"' for letter in pieces])
        problems.add(INVISIBLE_TEXT.at(first.place, spot=first.spot, font=font.families[0], letters=names))


def _check_fallback_fonts(painted: PaintedText, problems: Problems) -> None:
    """Report each pair of a requested font and its substitute, once, where it first occurs."""
    substitutes: dict[tuple[str, str], dict[str, Piece]] = {}
    for piece in painted.pieces if painted.substitutes else ():
        for letter in split_letters(piece.text):
            if name := painted.substitutes.get((piece.font, letter)):
                substitutes.setdefault((piece.font.families[0], name), {}).setdefault(letter, piece)
    for (font, substitute), pieces in substitutes.items():
        first = next(iter(pieces.values()))
        names = _name_letters([f'"{letter}"' for letter in pieces])
        problems.add(FALLBACK_FONT.at(first.place, spot=first.spot, font=font, letters=names, substitute=substitute))


def name_missing_letters(letters: Sequence[str]) -> str:
    """Return letters with their code points as a phrase for a message."""
    return _name_letters([f'"{letter}" ({_format_code_points(letter)})' for letter in letters])


def _format_code_points(letter: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in letter)


def _name_letters(names: list[str]) -> str:
    """Return letters as a phrase for a message: "the letters "a", "b" and 3 more"."""
    rest = f" and {len(names) - _MAX_LETTERS_NAMED} more" if len(names) > _MAX_LETTERS_NAMED else ""
    return f"the letter{'s' if len(names) > 1 else ''} {', '.join(names[:_MAX_LETTERS_NAMED])}{rest}"


def _check_resolution(painted: PaintedText, problems: Problems) -> None:
    """Report pictures with too few pixels per inch."""
    for piece in painted.pieces:
        if not piece.pixels or not piece.area.width or not piece.area.height:
            continue
        width, height = piece.area.width / _POINTS_PER_INCH, piece.area.height / _POINTS_PER_INCH
        columns, rows = piece.pixels
        density = round(min(columns / width, rows / height))
        if density < _SHARP:
            rule = LOW_RESOLUTION if density >= _BLURRED else BLURRED_PICTURE
            problem = rule.at(
                piece.place,
                spot=piece.spot,
                columns=columns,
                rows=rows,
                width=width,
                height=height,
                density=density,
                needed_columns=round(width * _SHARP),
                needed_rows=round(height * _SHARP),
            )
            problems.add(problem)
