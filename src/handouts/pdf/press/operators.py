"""Colors in content streams, operator by operator."""

from collections.abc import Sequence
from typing import Final

from handouts.pdf.finish.printer_marks import REGISTRATION
from handouts.pdf.press.inks import Ink, Inks, limited

Gray = tuple[float]
Converted = Ink | Gray

# ISO 32000-1, 8.6.8: operators of colors by what they set, the color of fills or of strokes.
_SPACE: Final = {b"cs": "fill", b"CS": "stroke"}
_COLOR: Final = {b"sc": "fill", b"scn": "fill", b"SC": "stroke", b"SCN": "stroke"}
_DIRECT: Final = {b"rg": "fill", b"RG": "stroke", b"g": "fill", b"G": "stroke", b"k": "fill", b"K": "stroke"}
_KEPT: Final = (b"/Pattern", f"/{REGISTRATION}".encode())  # patterns have colors of their own; marks are on all plates
_LAB: Final = (b"/lab-d50", b"/lab-d65")  # as WeasyPrint names them
_WRITTEN: Final = {(4, "fill"): b"k", (4, "stroke"): b"K", (1, "fill"): b"g", (1, "stroke"): b"G"}


class Palette:
    """Gives the color to write for one that was read: inks, or a gray where a soft mask is drawn."""

    def __init__(self, inks: Inks, *, mask: bool) -> None:
        """Take the inks, and whether the colors are those of a soft mask, of which only how light they are counts."""
        self._inks = inks
        self._mask = mask

    def device(self, numbers: Sequence[float]) -> Converted:
        """Give the color for one of DeviceGray, DeviceRGB or DeviceCMYK: one, three or four numbers."""
        match tuple(numbers):
            case (gray,):
                return (gray,) if self._mask else self._inks.of((gray, gray, gray))
            case (red, green, blue):
                return (luminosity(red, green, blue),) if self._mask else self._inks.of((red, green, blue))
            case (cyan, magenta, yellow, black):
                ink = limited((cyan, magenta, yellow, black))
                # ISO 32000-1, 10.3.4 and 10.3.5
                return (max(0.0, 1 - luminosity(cyan, magenta, yellow) - black),) if self._mask else ink
            case _:
                raise RuntimeError(f"WeasyPrint wrote a color of {len(numbers)} numbers")

    def lab(self, lightness: float, a: float, b: float) -> Converted:
        """Give the color for one of CIE L*a*b*."""
        return (lightness / 100,) if self._mask else self._inks.of_lab(lightness, a, b)


def luminosity(red: float, green: float, blue: float) -> float:
    """Give how light a color is, as PDF reckons it (ISO 32000-1, 10.3.2)."""
    return 0.3 * red + 0.59 * green + 0.11 * blue


def recolor(operations: list[object], palette: Palette) -> None:
    """Write the colors of a content stream anew; each operation of it is an item, as pydyf keeps them.

    Raises RuntimeError when a color is in a space that WeasyPrint has no reason to write.
    """
    spaces: dict[str, bytes] = {}
    written: list[object] = []
    for operation in operations:
        words = words_of(operation)
        operator = words[-1] if words else b""
        if operator in _SPACE:
            spaces[_SPACE[operator]] = words[0]
            if words[0] in _KEPT:
                written.append(operation)
        elif operator in _COLOR:
            kind = _COLOR[operator]
            space = spaces.get(kind, b"")
            written.append(operation if space in _KEPT else _in(space, words[:-1], kind, palette))
        elif operator in _DIRECT:
            written.append(_operation(palette.device([float(word) for word in words[:-1]]), _DIRECT[operator]))
        else:
            written.append(operation)
    operations[:] = written


def words_of(operation: object) -> list[bytes]:
    """Give the words of an operation, none for the dictionaries that stand between them."""
    if isinstance(operation, str):
        operation = operation.encode()
    return operation.split() if isinstance(operation, bytes) else []


def _in(space: bytes, operands: Sequence[bytes], kind: str, palette: Palette) -> bytes:
    numbers = [float(word) for word in operands]
    if space in _LAB:
        return _operation(palette.lab(*numbers), kind)
    if space in {b"/DeviceGray", b"/DeviceRGB", b"/DeviceCMYK"}:
        return _operation(palette.device(numbers), kind)
    raise RuntimeError(f"WeasyPrint wrote a color in {space.decode() or 'no color space'}")


def _operation(color: Converted, kind: str) -> bytes:
    # Four digits after the point are finer than any press.
    return b" ".join((*(f"{part:.4f}".rstrip("0").rstrip(".").encode() for part in color), _WRITTEN[len(color), kind]))
