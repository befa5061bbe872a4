"""Finds required text that cannot be seen on the finished pages, by painting them and looking for its letters.

A style sheet can hide text in more ways than boxes show: white on white, a box over it, a scale of 0, a height of 0.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from math import ceil
from typing import Any, Final

import pypdfium2
from PIL import Image

from handouts.language.punctuation import straighten_quotes
from handouts.model.document import Required
from handouts.model.imposition import Side
from handouts.pdf.page_checks.painted_text import Area, PaintedText, Piece, quote
from handouts.pdf.rules import HIDDEN_TEXT
from handouts.problems.collector import Problems

_SCALE: Final = 2.0  # dots per point
_POINTS_PER_PIXEL: Final = 0.75
_WHITE: Final = 255
_LEAST_CONTRAST: Final = 2.5  # to its ground; edges of thin letters are lighter than their color
_LEAST_WIDTH: Final = 0.6  # of the width that the layout has for it
_LEAST_WIDTH_OF_ONE: Final = 0.25  # likewise, of one letter or digit: "1" is as wide as "8" where digits have one width
_LEAST_HEIGHTS: Final = ((re.compile(r"[A-Z0-9bdfhkl]"), 0.5), (re.compile(r"\w"), 0.3))  # of the font size
_LEAST_EDGES: Final = 0.25  # from ground to ink along a line, for each letter
_SHORT: Final = 4  # letters; such a text is in many others
_TEXT_CAPACITY: Final = 5_000  # runs of text, those of about eight long handouts: each practice has those of its body
# How light a step of gray in sRGB is, from 0 to 1 (WCAG 2.2, relative luminance).
_LIGHT: Final = tuple(
    (step / 255 / 12.92 if step <= 10 else ((step / 255 + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - of the definition
    for step in range(256)
)

_Place = tuple[int, int, int, int]
"""Left, top, right and bottom of a piece on a page, in dots."""


def find_required_pieces(painted: PaintedText, required: Collection[Required]) -> tuple[Piece, ...]:
    """Return the runs of text that required texts are made of, on as few pages as have all of these texts.

    Margins are the same on each page, so those of the first page stand for all, except for what must be on each page.
    """
    pieces = [
        piece for piece in painted.pieces if (piece.layer != "margin" or piece.page == 1) and _remove_space(piece.text)
    ]
    pieces.sort(key=lambda piece: piece.layer == "margin")
    runs = _Runs([piece.text for piece in pieces])
    parts = sorted({part for one in required if (part := _remove_space(one.text))})
    found = [{number for numbers in runs.find(part) for number in numbers} for part in parts]
    pages: set[int] = set()
    for numbers in sorted(found, key=len):
        on = {pieces[number].page for number in numbers}
        if on and pages.isdisjoint(on):
            pages.add(min(on))
    chosen = tuple(pieces[number] for number in sorted(set().union(*found)) if pieces[number].page in pages)
    return (*chosen, *_find_on_each_page(painted, required))


class _Runs:
    """Runs of text one after another, without white space."""

    def __init__(self, runs: Sequence[str]) -> None:
        self._runs = runs
        self._text = "".join(map(_remove_space, runs))
        self._ends = list(accumulate(len(_remove_space(run)) for run in runs))

    def find(self, part: str) -> Iterator[range]:
        """Yield the numbers of runs that a text is in; one of a few letters is found only where it is a word."""
        start = self._text.find(part)
        while start >= 0:
            end = start + len(part)
            first, last = bisect_right(self._ends, start), bisect_left(self._ends, end)
            if len(part) >= _SHORT or (self._is_border(first, start) and self._is_border(last, end)):
                yield range(first, last + 1)
            start = self._text.find(part, end)

    def _is_border(self, number: int, position: int) -> bool:
        """Return whether a word begins or ends at a position in a run."""
        words = [len(word) for word in straighten_quotes(self._runs[number]).split()]
        return self._ends[number] - position in {sum(words[index:]) for index in range(len(words) + 1)}


@lru_cache(_TEXT_CAPACITY)
def _remove_space(text: str) -> str:
    return "".join(straighten_quotes(text).split())


def _find_on_each_page(painted: PaintedText, required: Iterable[Required]) -> Iterator[Piece]:
    """Yield the runs of text in the margins after the first page that must be on each page."""
    texts = [_remove_space(one.text) for one in required if one.on_each_page]
    for piece in painted.pieces if texts else ():
        words = _remove_space(piece.text)
        is_in_margin = piece.layer == "margin" and piece.page > 1
        if is_in_margin and len(words) >= _SHORT and any(words in text for text in texts):
            yield piece


def check_hidden_text(pdf: bytes, pieces: Sequence[Piece], sides: Sequence[Side], problems: Problems) -> None:
    """Report each paragraph of required text that cannot be seen on the sides of a finished PDF, once."""
    reported: set[int] = set()
    for piece, picture in _cut_out(pdf, pieces, sides):
        if piece.block not in reported and (picture is None or not _is_seen(picture, piece)):
            reported.add(piece.block)
            problems.add(HIDDEN_TEXT.at(piece.place, spot=piece.spot, text=quote((piece,))))


def find_seen_pieces(pdf: bytes, pieces: Sequence[Piece], sides: Sequence[Side]) -> frozenset[Piece]:
    """Return the runs of text that can be seen on the sides of a finished PDF."""
    return frozenset(piece for piece, picture in _cut_out(pdf, pieces, sides) if picture and _is_seen(picture, piece))


def find_plain_areas(pdf: bytes, pieces: Sequence[Piece], sides: Sequence[Side], step: int) -> Iterator[Piece]:
    """Yield the pieces whose areas have no other color than a step of gray from 0 to 255."""
    for piece, picture in _cut_out(pdf, pieces, sides):
        if picture and picture.getextrema() == (step, step):
            yield piece


def measure_gray(color: str) -> float:
    """Return the step of gray, from 0 to 255, in which a color as "#rrggbb" is painted here: as PDFium computes it."""
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return 0.30 * red + 0.59 * green + 0.11 * blue


def _cut_out(pdf: bytes, pieces: Sequence[Piece], sides: Sequence[Side]) -> Iterator[tuple[Piece, Image.Image | None]]:
    """Yield each run of text that is on a side, with a picture of it; None if it has no area."""
    if not pieces:
        return
    with pypdfium2.PdfDocument(pdf) as document:
        for number, side in enumerate(sides):
            for placed in side.placed:
                on_page = [piece for piece in pieces if piece.page == placed.page + 1]
                if not on_page:
                    continue
                page = document[number]
                media_left, _, _, media_top = page.get_mediabox()
                trimmed_left, _, _, trimmed_top = page.get_trimbox()
                left = placed.x * _POINTS_PER_PIXEL + trimmed_left - media_left
                top = placed.y * _POINTS_PER_PIXEL + media_top - trimmed_top
                places = [_place(piece.area, left, top) for piece in on_page]
                picture, (x, y) = _paint(page, places)
                for piece, (x1, y1, x2, y2) in zip(on_page, places, strict=True):
                    is_area = x1 < x2 and y1 < y2
                    yield piece, picture.crop((x1 - x, y1 - y, x2 - x, y2 - y)) if is_area else None


def _paint(page: Any, places: Sequence[_Place]) -> tuple[Image.Image, tuple[int, int]]:  # noqa: ANN401 - pypdfium2 has no types
    """Return a picture of a page in gray as far as it shows some places, and where on the page it begins, in dots."""
    page.set_cropbox(*page.get_mediabox())
    width, height = (ceil(length * _SCALE) for length in page.get_size())
    lefts, tops, rights, bottoms = zip(*places, strict=True)
    left, top = max(0, min(*lefts, width - 1)), max(0, min(*tops, height - 1))
    right, bottom = min(width, max(*rights, left + 1)), min(height, max(*bottoms, top + 1))
    margins = (left, height - bottom, width - right, top)
    picture = page.render(
        scale=_SCALE, crop=tuple(dots / _SCALE for dots in margins), grayscale=True, may_draw_forms=False
    ).to_pil()
    return picture, (left, top)


def _place(area: Area, left: float, top: float) -> _Place:
    return (
        int((area.left + left) * _SCALE),
        int((area.top + top) * _SCALE),
        int((area.right + left) * _SCALE) + 1,
        int((area.bottom + top) * _SCALE) + 1,
    )


def _is_seen(picture: Image.Image, piece: Piece) -> bool:
    """Return whether a picture of the area of some text shows letters of about its size, dark or light enough."""
    words, dots = piece.text.strip(), picture.tobytes()
    ground = _find_ground(picture, dots)
    ink = max(picture.getextrema(), key=lambda step: _measure_contrast(step, ground))
    if _measure_contrast(ink, ground) < _LEAST_CONTRAST:
        return False
    if not any(letter.isalnum() for letter in words):
        return True
    row_length, rows = picture.width, dots.translate(_make_mask(ink, ground))
    box = Image.frombuffer("L", picture.size, rows, "raw", "L", 0, 1).getbbox() or (0, 0, 0, 0)
    width, height = box[2] - box[0], box[3] - box[1]
    share = next((least for letters, least in _LEAST_HEIGHTS if letters.search(words)), 0)
    least = _LEAST_WIDTH if len(words) > 1 else _LEAST_WIDTH_OF_ONE
    if height < share * piece.size * _SCALE or width < least * piece.area.width * _SCALE * _visible_share(piece):
        return False
    least = _LEAST_EDGES * sum(letter.isalnum() for letter in words)
    middle = len(rows) // row_length // 2 * row_length  # where most lines of letters have the most edges
    starts = (*range(middle, len(rows), row_length), *range(0, middle, row_length))
    return any(rows.count(b"\x00\xff", start, start + row_length) >= least for start in starts)


def _find_ground(picture: Image.Image, dots: bytes) -> int:
    """Return the most frequent step of gray in a picture; the darkest of several."""
    if 2 * dots.count(_WHITE) > len(dots):  # most are on white, and a histogram takes longer
        return _WHITE
    histogram = picture.histogram()
    return histogram.index(max(histogram))


@cache
def _make_mask(ink: int, ground: int) -> bytes:
    """Return white for the steps of gray that are nearer to ink, and black for those that are nearer to the ground."""
    middle = (ink + ground) / 2
    return bytes(255 if (step < middle) == (ink < ground) else 0 for step in range(256))


def _visible_share(piece: Piece) -> float:
    """Return about how much of the width of a run of text is not white space at its ends."""
    return len(piece.text.strip()) / len(piece.text)


@cache
def _measure_contrast(one: int, other: int) -> float:
    """Return the contrast of two steps of gray, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_LIGHT[one], _LIGHT[other]), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
