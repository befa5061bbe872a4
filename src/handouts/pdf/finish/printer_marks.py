"""Marks for those who fold and cut: outside of what is read, so artifacts in the PDF. Lengths are CSS pixels."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from weasyprint.pdf.stream import Stream

    from handouts.model.imposition import Side

BLEED: Final = 10 * 96 / 72
"""How far color may run over the edge: 10 points, more than the 3 mm or 1/8 inch that printers ask for."""
SLUG: Final = 32 * 96 / 72
"""The room around a page for a print shop, with bleed and marks in it."""

REGISTRATION: Final = "All"
"""The color space of what is on all plates of the press; its one number says how much ink."""

_GAP: Final = BLEED + 2
_TICK: Final = 0.25 * 96  # as far as office printers may leave the edge white, and a little of it is seen
_FAINT: Final = 0.55
_THIN: Final = 0.5


def paint_fold_marks(stream: "Stream", side: "Side", *, outside: bool) -> None:
    """Paint a faint tick at both ends of each fold: at the paper's edge, or outside of it where that is cut off."""
    first, last = (-SLUG, -_GAP) if outside else (0, _TICK)
    with stream.artifact():
        _pen(stream, on_all_plates=outside)
        for fold in side.folds:
            for start, end in ((first, last), (side.height - first, side.height - last)):
                _line(stream, (fold, start), (fold, end))


def paint_crop_marks(stream: "Stream", side: "Side") -> None:
    """Paint two lines at each corner that show where the paper is cut."""
    with stream.artifact():
        _pen(stream, on_all_plates=True)
        for x in (0, side.width):
            for start, end in ((-SLUG, -_GAP), (side.height + _GAP, side.height + SLUG)):
                _line(stream, (x, start), (x, end))
        for y in (0, side.height):
            for start, end in ((-SLUG, -_GAP), (side.width + _GAP, side.width + SLUG)):
                _line(stream, (start, y), (end, y))


def _pen(stream: "Stream", *, on_all_plates: bool) -> None:
    if on_all_plates:
        stream.set_color_space(REGISTRATION, stroke=True)
        stream.set_color_special(None, True, 1)  # noqa: FBT003 - pydyf's interface
    else:
        stream.set_color_rgb(_FAINT, _FAINT, _FAINT, stroke=True)
    stream.set_line_width(_THIN)


def _line(stream: "Stream", start: tuple[float, float], end: tuple[float, float]) -> None:
    stream.move_to(*start)
    stream.line_to(*end)
    stream.stroke()
