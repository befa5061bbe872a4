"""Gradients: the functions that give the colors of a shading."""

from typing import Any, Final, cast

import pydyf

from handouts.pdf.press.inks import Ink, Inks, Rgb
from handouts.pdf.press.operators import luminosity

# Inks are measured out at this many steps from one color to the next: between them, no eye sees the difference.
_STEPS: Final = 32
_INTERPOLATION: Final = 2  # FunctionType of ISO 32000-1, 7.10.3
_ENDS: Final = ("C0", "C1")


def mask_with(shading: Any) -> None:  # noqa: ANN401 - a pydyf.Dictionary, which has no types
    """Turn the colors of a shading into grays, for a soft mask. Raises RuntimeError when it has no end colors."""
    for function in _interpolations(shading):
        for end in _ENDS:
            if len(function[end]) > 1:
                function[end] = pydyf.Array([luminosity(*function[end])])
    shading["ColorSpace"] = "/DeviceGray"


def print_with(inks: Inks, shading: Any, pdf: pydyf.PDF) -> None:  # noqa: ANN401 - as above
    """Turn the colors of a shading into inks. Raises RuntimeError when it has no end colors.

    It is of black ink alone when all its ends are neutral. Else all are mixed, as neutral ends in black alone would
    show seams where they meet the mixed colors.
    """
    functions = _interpolations(shading)
    neutral = all(inks.is_neutral(_color(function[end])) for function in functions for end in _ENDS)
    for index, function in enumerate(functions):
        start, end = (_color(function[name]) for name in _ENDS)
        colors = [_between(start, end, (step / _STEPS) ** function["N"]) for step in range(_STEPS + 1)]
        samples = _samples(inks.gray(colors) if neutral else inks.mixed(colors))
        pdf.add_object(samples)
        functions[index] = samples.reference
    shading["ColorSpace"] = "/DeviceCMYK"


def _interpolations(shading: Any) -> Any:  # noqa: ANN401 - a pydyf.Array, to be changed in place
    functions = shading["Function"].get("Functions", ())
    if not functions or any(part["FunctionType"] != _INTERPOLATION for part in functions):
        raise RuntimeError("WeasyPrint wrote a gradient that is no row of interpolations between colors")
    return functions


def _color(numbers: Any) -> Rgb:  # noqa: ANN401 - a pydyf.Array
    return cast("Rgb", tuple(float(part) for part in numbers))


def _between(start: Rgb, end: Rgb, way: float) -> Rgb:
    return cast("Rgb", tuple(a + (b - a) * way for a, b in zip(start, end, strict=True)))


def _samples(inks: list[Ink]) -> pydyf.Stream:
    """Give the function that goes through the inks at equal steps from 0 to 1 (ISO 32000-1, 7.10.2)."""
    extra = {
        "FunctionType": 0,
        "Domain": pydyf.Array([0, 1]),
        "Range": pydyf.Array([0, 1] * 4),
        "Size": pydyf.Array([len(inks)]),
        "BitsPerSample": 8,
    }
    return pydyf.Stream([bytes(round(255 * part) for ink in inks for part in ink)], extra, compress=True)
