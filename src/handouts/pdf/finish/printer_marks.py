"""Paints fold and crop marks, which are artifacts in the PDF. Lengths are in CSS pixels."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from weasyprint.pdf.stream import Stream

    from handouts.model.imposition import Side

BLEED: Final = 10 * 96 / 72
"""How far color extends over the edge: 10 points, more than the 3 mm or 1/8 inch that print shops require."""
SLUG: Final = 32 * 96 / 72
"""The width of the area around a page for the press, which holds bleed and marks."""

REGISTRATION: Final = "All"
"""The color space of marks on all plates of the press; its one number is the amount of ink."""

_GAP: Final = BLEED + 2
_TICK: Final = 0.25 * 96  # longer than the white edge of office printers, so that a little of it is seen
_GRAY: Final = 0.55
_LINE_WIDTH: Final = 0.5


def paint_fold_marks(stream: "Stream", side: "Side", *, outside: bool) -> None:
    """Paint a faint tick at both ends of each fold: at the edge of the paper, or with `outside` in the part cut off."""
    first, last = (-SLUG, -_GAP) if outside else (0, _TICK)
    with stream.artifact():
        _set_pen(stream, on_all_plates=outside)
        for fold in side.folds:
            for start, end in ((first, last), (side.height - first, side.height - last)):
                _draw_line(stream, (fold, start), (fold, end))


def paint_crop_marks(stream: "Stream", side: "Side") -> None:
    """Paint two lines at each corner that show where to cut the paper."""
    with stream.artifact():
        _set_pen(stream, on_all_plates=True)
        for x in (0, side.width):
            for start, end in ((-SLUG, -_GAP), (side.height + _GAP, side.height + SLUG)):
                _draw_line(stream, (x, start), (x, end))
        for y in (0, side.height):
            for start, end in ((-SLUG, -_GAP), (side.width + _GAP, side.width + SLUG)):
                _draw_line(stream, (start, y), (end, y))


def _set_pen(stream: "Stream", *, on_all_plates: bool) -> None:
    if on_all_plates:
        stream.set_color_space(REGISTRATION, stroke=True)
        stream.set_color_special(None, True, 1)  # noqa: FBT003 - pydyf's interface
    else:
        stream.set_color_rgb(_GRAY, _GRAY, _GRAY, stroke=True)
    stream.set_line_width(_LINE_WIDTH)


def _draw_line(stream: "Stream", start: tuple[float, float], end: tuple[float, float]) -> None:
    stream.move_to(*start)
    stream.line_to(*end)
    stream.stroke()
