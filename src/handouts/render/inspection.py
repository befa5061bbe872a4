"""Painted pages looked over: what has to be on them is, nothing is cut, letters and pictures are printed as meant."""

from collections.abc import Iterable, Iterator

from handouts.document import Required
from handouts.problem import Place, Problem, error, warning
from handouts.render.painted_text import Area, Font, PaintedText, Piece, letters, quoted

_POINTS_PER_INCH = 72
# In points: less than a letter, for a space at the end of a line may hang over the edge.
_TOLERANCE = 4.5
_SHARP, _BLURRED = 200, 100  # pixels per inch
_MOST_NAMED = 12


def inspect(painted: PaintedText, required: Iterable[Required]) -> Iterator[Problem]:
    """Report what is left out, cut, printed in another font or none, and pictures that are too coarse."""
    yield from _left_out(painted, required)
    yield from _overflow(painted)
    yield from _missing_letters(painted)
    yield from _invisible_letters(painted)
    yield from _other_fonts(painted)
    yield from _coarse_pictures(painted)


def stands_out(painted: PaintedText, piece: Piece) -> bool:
    """Tell whether a piece runs over the margins of its page, and so is or may be cut."""
    content, area = painted.leaf(piece).content, piece.area
    beside = area.left < content.left - _TOLERANCE or area.right > content.right + _TOLERANCE
    return piece.layer != "margin" and (beside or area.bottom > content.bottom + _TOLERANCE)


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
    """Report each paragraph or picture once for each page on which it stands out."""
    told: set[tuple[int, int]] = set()
    for piece in painted.pieces:
        if stands_out(painted, piece) and (piece.page, piece.block) not in told:
            told.add((piece.page, piece.block))
            message = f"{piece.spot}: {quoted((piece,))} runs over the edge"
            yield error("overflow", message, piece.place, "shorten it, or cut the table, code or picture")


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
