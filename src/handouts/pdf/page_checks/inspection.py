"""Painted pages looked over: what has to be on them is, nothing is cut, letters and pictures are printed as meant."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from handouts.model.document import Required
from handouts.pdf.page_checks.line_breaks import check_line_breaks
from handouts.pdf.page_checks.painted_text import Area, Font, PaintedText, Piece, letters, quoted
from handouts.problems.problem import Place, Problem, error, warning

_POINTS_PER_INCH = 72
# In points: less than a letter, for a space at the end of a line may hang over the edge.
_TOLERANCE = 4.5
_ROUNDING = 1.0
_UNPRINTED = 12.0  # at the edges of a sheet most office printers print nothing: 1/6 in
_LETTERS = 0.6  # of the height of a line
_SHARP, _BLURRED = 200, 100  # pixels per inch
_MOST_NAMED = 12


def inspect(painted: PaintedText, required: Iterable[Required]) -> Iterator[Problem]:
    """Report what is left out, cut, printed in another font or none, and pictures that are too coarse."""
    yield from _left_out(painted, required)
    yield from _overflow(painted)
    yield from _overlap(painted)
    yield from check_line_breaks(painted)
    yield from _missing_letters(painted)
    yield from _invisible_letters(painted)
    yield from _other_fonts(painted)
    yield from _coarse_pictures(painted)


def stands_out(painted: PaintedText, piece: Piece) -> bool:
    """Tell whether a piece is or may be cut: it runs over the margins of its page, or in them to the page's edge."""
    leaf, area = painted.leaf(piece), piece.area
    if piece.layer == "margin":
        page = leaf.whole
        edges = (area.left - page.left, area.top - page.top, page.right - area.right, page.bottom - area.bottom)
        return min(edges) < _UNPRINTED
    content = leaf.content
    beside = area.left < content.left - _TOLERANCE or area.right > content.right + _TOLERANCE
    return beside or area.bottom > content.bottom + _TOLERANCE


def _left_out(painted: PaintedText, required: Iterable[Required]) -> Iterator[Problem]:
    # First the text that flows from page to page, then the margins: a sentence may go on over the page.
    in_order = sorted(painted.pieces, key=lambda piece: piece.layer == "margin")
    everything = "".join(_squeezed(piece.text) for piece in in_order)
    missing = dict.fromkeys(piece.what for piece in required if _squeezed(piece.text) not in everything)
    hint = "safety information, disclaimer, status and contact are always printed: mend the template or style sheet"
    yield from (error("left-out", f"{what} is on no page", None, hint) for what in missing)


def _squeezed(text: str) -> str:
    """Drop white space: lines may break anywhere in it."""
    return "".join(text.split())


def _overflow(painted: PaintedText) -> Iterator[Problem]:
    """Report what stands out of its page or column: paragraphs and pictures once for each page, tables once."""
    told: set[tuple[int | Place | None, ...]] = set()
    for piece in painted.pieces:
        out = stands_out(painted, piece)
        # A table is as wide on each of its pages, and margins are the same on each page.
        whole: tuple[int | Place | None, ...] = (piece.page, piece.block)
        if piece.table:
            whole = (piece.table,)
        elif piece.layer == "margin":
            whole = (piece.place,)
        if (not out and not _is_too_wide(piece)) or whole in told:
            continue
        told.add(whole)
        words = quoted((piece,))
        if piece.table:
            wide = max(other.area.right for other in painted.pieces if other.table == piece.table) - piece.column[1]
            inches = max(wide / _POINTS_PER_INCH, 0.1)
            message = f"{piece.spot}: the table is {inches:.1f} in too wide, from {words} on"
            hint = "use shorter words, fewer columns or a list in its place; or leave it out of this format"
        elif out and piece.layer == "margin":
            message = f"{piece.spot}: {words} does not fit in the margin of the page"
            hint = "shorten the text there, or give it more room in the style sheet"
        elif out:
            message = f"{piece.spot}: {words} runs over the edge"
            hint = "shorten it, or cut the code or picture"
        else:
            message = f"{piece.spot}: {words} is wider than its column"
            hint = "use a shorter word, or leave this out of this format: words and amounts are never broken"
        yield error("overflow", message, piece.place, hint)


def _is_too_wide(piece: Piece) -> bool:
    """Tell whether a text runs out of its block or cell, as a word that is wider than that does."""
    left, right = piece.column
    return bool(piece.text) and (piece.area.left < left - _ROUNDING or piece.area.right > right + _ROUNDING)


def _overlap(painted: PaintedText) -> Iterator[Problem]:
    """Report each pair of texts once of which one is printed over the other."""
    told: set[tuple[int, int]] = set()
    for _, on_page in groupby(sorted(painted.pieces, key=_page_and_top), key=lambda piece: piece.page):
        above: list[Piece] = []
        for piece in on_page:
            if not piece.text:
                continue
            above = [other for other in above if other.area.bottom > piece.area.top]
            for other in above:
                pair = min(piece.block, other.block), max(piece.block, other.block)
                if piece.line != other.line and pair not in told and _share_space(piece.area, other.area):
                    told.add(pair)
                    message = f"{piece.spot}: {quoted((other,))} and {quoted((piece,))} are printed over one another"
                    hint = "shorten one of them, or give them more room in the style sheet"
                    yield error("overlap", message, piece.place or other.place, hint)
            above.append(piece)


def _page_and_top(piece: Piece) -> tuple[int, float]:
    return piece.page, piece.area.top


def _share_space(one: Area, other: Area) -> bool:
    """Tell whether letters meet: the areas of lines that are set close overlap a little, above and below letters."""
    beside = min(one.right, other.right) - max(one.left, other.left)
    deep = min(one.bottom, other.bottom) - max(one.top, other.top)
    return beside > _ROUNDING and deep > _LETTERS * min(one.height, other.height)


def _missing_letters(painted: PaintedText) -> Iterator[Problem]:
    told: set[tuple[Place | None, str, str]] = set()
    missing = painted.missing
    for piece in painted.pieces if missing else ():
        unprinted = [letter for letter in dict.fromkeys(letters(piece.text + piece.words)) if letter in missing]
        new = [letter for letter in unprinted if (piece.place, piece.section, letter) not in told]
        told.update((piece.place, piece.section, letter) for letter in new)
        if new:
            named = _named([f'"{letter}" ({_code_points(letter)})' for letter in new])
            message = f"{piece.spot}: no font has {named}, so a box would be printed"
            yield error("missing-glyph", message, piece.place, "write it another way, or add a font that has it")


def _invisible_letters(painted: PaintedText) -> Iterator[Problem]:
    """Report each font that has empty outlines once, where it is first met."""
    empty: dict[Font, dict[str, Piece]] = {}
    for piece in painted.pieces if painted.invisible else ():
        for letter in letters(piece.text + piece.words):
            if (piece.font, letter) in painted.invisible:
                empty.setdefault(piece.font, {}).setdefault(letter, piece)
    for font, found in empty.items():
        first = next(iter(found.values()))
        named = _named([f'"{letter}"' for letter in found])
        message = f'{first.spot}: the font "{font.families[0]}" prints nothing for {named}'
        yield error("invisible-text", message, first.place, "use another copy of the font, or another font")


def _code_points(letter: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in letter)


def _named(written: list[str]) -> str:
    """Name letters in a message."""
    more = f" and {len(written) - _MOST_NAMED} more" if len(written) > _MOST_NAMED else ""
    return f"the letter{'s' if len(written) > 1 else ''} {', '.join(written[:_MOST_NAMED])}{more}"


def _other_fonts(painted: PaintedText) -> Iterator[Problem]:
    """Report each pair of a family asked for and one taken for it once, where it is first met."""
    taken_for: dict[tuple[str, str], dict[str, Piece]] = {}
    for piece in painted.pieces if painted.others else ():
        for letter in letters(piece.text):
            if name := painted.others.get((piece.font, letter)):
                taken_for.setdefault((piece.font.families[0], name), {}).setdefault(letter, piece)
    for (wanted, taken), found in taken_for.items():
        first = next(iter(found.values()))
        named = _named([f'"{letter}"' for letter in found])
        message = f'{first.spot}: the font "{wanted}" lacks {named}, so "{taken}" is printed'
        yield warning("fallback-font", message, first.place, "use a font that has them, or write them another way")


def _coarse_pictures(painted: PaintedText) -> Iterator[Problem]:
    for piece in painted.pieces:
        if not piece.pixels or not piece.area.width or not piece.area.height:
            continue
        width, height = _inches(piece.area)
        found = round(min(piece.pixels[0] / width, piece.pixels[1] / height))
        if found >= _SHARP:
            continue
        make = warning if found >= _BLURRED else error
        size = f"{piece.pixels[0]} x {piece.pixels[1]} pixels and is printed {width:.1f} x {height:.1f} in"
        message = f"{piece.spot}: the picture has {size}: {found} pixels per inch"
        hint = f"at least {width * _SHARP:.0f} x {height * _SHARP:.0f} pixels are needed, or a drawing (SVG)"
        yield make("low-resolution", message, piece.place, hint)


def _inches(area: Area) -> tuple[float, float]:
    return area.width / _POINTS_PER_INCH, area.height / _POINTS_PER_INCH
