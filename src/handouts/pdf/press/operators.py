"""Rewrites content streams for the press, operator by operator: colors become inks, and black letters overprint."""

from collections.abc import Iterator, Sequence
from typing import Final

from handouts.pdf.finish.printer_marks import REGISTRATION
from handouts.pdf.press.inks import Ink, Inks, limit_ink

Gray = tuple[float]
Converted = Ink | Gray

# Operators that set the color of fills or of strokes (ISO 32000-1, 8.6.8).
_SPACE: Final = {b"cs": "fill", b"CS": "stroke"}
_COLOR: Final = {b"sc": "fill", b"scn": "fill", b"SC": "stroke", b"SCN": "stroke"}
_DIRECT: Final = {b"rg": "fill", b"RG": "stroke", b"g": "fill", b"G": "stroke", b"k": "fill", b"K": "stroke"}
_UNCHANGED: Final = (
    b"/Pattern",
    f"/{REGISTRATION}".encode(),
)  # patterns have their own colors; marks are on all plates
_LAB: Final = (b"/lab-d50", b"/lab-d65")  # as WeasyPrint names them
_OPERATORS: Final = {(4, "fill"): b"k", (4, "stroke"): b"K", (1, "fill"): b"g", (1, "stroke"): b"G"}

_SOLID_BLACK: Final = [b"0", b"0", b"0", b"1"]
_OVERPRINT_ON: Final = b"/overprint gs"
_OVERPRINT_OFF: Final = b"/knockout gs"
OVERPRINT_STATES: Final = {
    # ISO 32000-1, 8.6.7: with mode 1, inks of which a color has none are left unchanged below it.
    "overprint": {"OP": "false", "op": "true", "OPM": 1},
    "knockout": {"OP": "false", "op": "false", "OPM": 0},
}
"""The graphics states that `overprint_black_text` refers to, for the resources of the stream."""


class Palette:
    """Converts colors of a content stream to inks, or to grays in a soft mask."""

    def __init__(self, inks: Inks, *, is_mask: bool) -> None:
        """Convert with these inks; in a soft mask, only the lightness of colors counts."""
        self._inks = inks
        self._is_mask = is_mask

    def convert_device(self, numbers: Sequence[float]) -> Converted:
        """Convert a color of DeviceGray, DeviceRGB or DeviceCMYK: one, three or four numbers.

        Raises RuntimeError for any other count of numbers.
        """
        match tuple(numbers):
            case (gray,):
                return (gray,) if self._is_mask else self._inks.convert((gray, gray, gray))
            case (red, green, blue):
                return (luminosity(red, green, blue),) if self._is_mask else self._inks.convert((red, green, blue))
            case (cyan, magenta, yellow, black):
                ink = limit_ink((cyan, magenta, yellow, black))
                # ISO 32000-1, 10.3.4 and 10.3.5
                return (max(0.0, 1 - luminosity(cyan, magenta, yellow) - black),) if self._is_mask else ink
            case _:
                raise RuntimeError(f"WeasyPrint wrote a color of {len(numbers)} numbers")

    def convert_lab(self, lightness: float, a: float, b: float) -> Converted:
        """Convert a CIE L*a*b* color."""
        return (lightness / 100,) if self._is_mask else self._inks.convert_lab(lightness, a, b)


def luminosity(red: float, green: float, blue: float) -> float:
    """Return the lightness of a color as PDF defines it (ISO 32000-1, 10.3.2)."""
    return 0.3 * red + 0.59 * green + 0.11 * blue


def recolor(operations: list[object], palette: Palette) -> None:
    """Replace the colors of a content stream; each operation is an item of the list, as pydyf stores them.

    Raises RuntimeError if a color is in a color space that WeasyPrint is not known to write.
    """
    spaces: dict[str, bytes] = {}
    recolored: list[object] = []
    for operation in operations:
        words = _split_words(operation)
        operator = words[-1] if words else b""
        if operator in _SPACE:
            spaces[_SPACE[operator]] = words[0]
            if words[0] in _UNCHANGED:
                recolored.append(operation)
        elif operator in _COLOR:
            kind = _COLOR[operator]
            space = spaces.get(kind, b"")
            recolored.append(operation if space in _UNCHANGED else _convert_color(space, words[:-1], kind, palette))
        elif operator in _DIRECT:
            recolored.append(
                _write_color(palette.convert_device([float(word) for word in words[:-1]]), _DIRECT[operator])
            )
        else:
            recolored.append(operation)
    operations[:] = recolored


def overprint_black_text(operations: list[object]) -> None:
    """Make letters of solid black ink overprint what is below them; the colors of the stream are inks already.

    Otherwise they are left blank on the other plates, and the least misregistration shows a white edge around them (GWG
    2015 requires it up to 12 points).
    """
    operations[:] = list(_add_overprint(operations))


def _add_overprint(operations: list[object]) -> Iterator[object]:
    is_solid = is_on = is_text = False
    stack: list[bool] = []
    for operation in operations:
        yield operation
        words = _split_words(operation)
        match words[-1:]:
            case [b"q"]:
                stack.append(is_solid)
            case [b"Q"]:
                is_solid = stack.pop()
            case [b"k"]:
                is_solid = words[:-1] == _SOLID_BLACK
            case [b"cs"]:
                is_solid = False
            case [b"BT" | b"ET"]:
                is_text = words == [b"BT"]
        if is_on != (is_text and is_solid):
            is_on = not is_on
            yield _OVERPRINT_ON if is_on else _OVERPRINT_OFF


def _split_words(operation: object) -> list[bytes]:
    """Return the operands and operator of an operation, nothing for the dictionaries between operations."""
    if isinstance(operation, str):
        operation = operation.encode()
    return operation.split() if isinstance(operation, bytes) else []


def _convert_color(space: bytes, operands: Sequence[bytes], kind: str, palette: Palette) -> bytes:
    numbers = [float(word) for word in operands]
    if space in _LAB:
        return _write_color(palette.convert_lab(*numbers), kind)
    if space in {b"/DeviceGray", b"/DeviceRGB", b"/DeviceCMYK"}:
        return _write_color(palette.convert_device(numbers), kind)
    raise RuntimeError(f"WeasyPrint wrote a color in {space.decode() or 'no color space'}")


def _write_color(color: Converted, kind: str) -> bytes:
    # Four decimals are finer than any press.
    return b" ".join(
        (*(f"{part:.4f}".rstrip("0").rstrip(".").encode() for part in color), _OPERATORS[len(color), kind])
    )
