"""Converts all colors of a PDF that WeasyPrint wrote to inks: in content streams, gradients and pictures."""

from collections.abc import Iterator
from typing import Any, Final, cast

import pydyf
from weasyprint.pdf.stream import Stream

from handouts.pdf.finish.printer_marks import REGISTRATION
from handouts.pdf.press.inks import Ink, Inks, Rgb
from handouts.pdf.press.operators import OVERPRINT_STATES, Palette, luminosity, overprint_black_text, recolor
from handouts.pdf.press.pictures import convert_picture

# Inks are computed at this many steps from one color of a gradient to the next: finer steps would be invisible.
_STEPS: Final = 32
_INTERPOLATION: Final = 2  # FunctionType of ISO 32000-1, 7.10.3
_ENDS: Final = ("C0", "C1")


def convert_to_inks(inks: Inks, pdf: pydyf.PDF) -> None:
    """Convert the colors of texts, drawings, gradients and pictures, in pages, groups and patterns.

    Luminosity masks become gray: their colors only control how visible other content is. Raises RuntimeError if
    WeasyPrint wrote something unexpected.
    """
    objects = list(pdf.objects)  # a copy, because converting adds objects
    masks = {id(part) for part in _find_mask_parts(pdf)}
    alphas = {entry.extra["SMask"] for entry in objects if "SMask" in getattr(entry, "extra", ())}
    for entry in objects:
        if isinstance(entry, Stream):
            _convert_stream(entry, inks, is_mask=id(entry) in masks)
        elif isinstance(entry, pydyf.Stream):
            if entry.extra.get("Subtype") == "/Image" and entry.reference not in alphas:
                convert_picture(inks, entry)
        elif isinstance(entry, pydyf.Dictionary):
            if "ShadingType" in entry and id(entry) in masks:
                _convert_mask_gradient(entry)
            elif "ShadingType" in entry:
                _convert_gradient(inks, entry, pdf)
            else:
                _convert_dictionary(entry)


def _convert_stream(stream: Stream, inks: Inks, *, is_mask: bool) -> None:
    recolor(stream.stream, Palette(inks, is_mask=is_mask))
    overprint_black_text(stream.stream)
    if "Group" in stream.extra:
        stream.extra["Group"]["CS"] = "/DeviceGray" if is_mask else "/DeviceCMYK"


def _convert_dictionary(entry: pydyf.Dictionary) -> None:
    """Add the resources that the converted streams refer to."""
    if "lab-d50" in entry:
        entry.clear()  # nothing uses these color spaces any more
        entry[REGISTRATION] = _make_registration_space()
    elif "ExtGState" in entry:
        entry["ExtGState"].update({name: pydyf.Dictionary(state) for name, state in OVERPRINT_STATES.items()})
    elif entry.get("Type") == "/Page":
        # Translucent content is blended in inks (ISO 15930-7, 6.20; ISO 32000-1, 11.4.7).
        entry["Group"] = pydyf.Dictionary({"Type": "/Group", "S": "/Transparency", "CS": "/DeviceCMYK"})


def _make_registration_space() -> pydyf.Array:
    """Return the color space of all inks at once (ISO 32000-1, 8.6.6.4)."""
    function = pydyf.Dictionary(
        {
            "FunctionType": 2,
            "Domain": pydyf.Array([0, 1]),
            "C0": pydyf.Array([0, 0, 0, 0]),
            "C1": pydyf.Array([1, 1, 1, 1]),
            "N": 1,
        }
    )
    return pydyf.Array(["/Separation", "/All", "/DeviceCMYK", function])


def _find_mask_parts(pdf: pydyf.PDF) -> Iterator[Any]:
    """Yield the groups that are soft masks of luminosity, and everything drawn in them."""
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Dictionary):
            for state in entry.get("ExtGState", {}).values():
                if "SMask" in state and state["SMask"]["S"] == "/Luminosity":
                    yield from _find_drawn_objects(pdf, state["SMask"]["G"])


def _find_drawn_objects(pdf: pydyf.PDF, reference: bytes) -> Iterator[Any]:
    """Yield the object and those that its resources name: groups, patterns and shadings."""
    part = pdf.objects[int(reference.split()[0])]
    yield part
    if isinstance(part, Stream) and "Resources" in part.extra:
        resources = pdf.objects[int(part.extra["Resources"].split()[0])]
        for kind in ("XObject", "Pattern", "Shading"):
            for inner in resources[kind].values():
                yield from _find_drawn_objects(pdf, inner)


def _convert_mask_gradient(shading: pydyf.Dictionary) -> None:
    """Convert the colors of a shading in a soft mask to grays. Raises RuntimeError if it has no end colors."""
    for function in _get_interpolations(shading):
        for end in _ENDS:
            if len(function[end]) > 1:
                function[end] = pydyf.Array([luminosity(*function[end])])
    shading["ColorSpace"] = "/DeviceGray"


def _convert_gradient(inks: Inks, shading: pydyf.Dictionary, pdf: pydyf.PDF) -> None:
    """Convert the colors of a shading to inks. Raises RuntimeError if it has no end colors.

    If all its ends are neutral, it is black ink alone. Otherwise all colors are mixed, because neutral ends in black
    alone would show seams where they meet the mixed colors.
    """
    functions = _get_interpolations(shading)
    is_neutral = all(inks.is_neutral(_parse_color(function[end])) for function in functions for end in _ENDS)
    for index, function in enumerate(functions):
        start, end = (_parse_color(function[name]) for name in _ENDS)
        colors = [_interpolate(start, end, (step / _STEPS) ** function["N"]) for step in range(_STEPS + 1)]
        samples = _make_sampled_function(inks.convert_grays(colors) if is_neutral else inks.mix(colors))
        pdf.add_object(samples)
        functions[index] = samples.reference
    shading["ColorSpace"] = "/DeviceCMYK"


def _get_interpolations(shading: pydyf.Dictionary) -> Any:  # noqa: ANN401 - a pydyf.Array, to be changed in place
    functions = shading["Function"].get("Functions", ())
    if not functions or any(part["FunctionType"] != _INTERPOLATION for part in functions):
        raise RuntimeError("WeasyPrint wrote a gradient that is not a row of interpolations between colors")
    return functions


def _parse_color(numbers: Any) -> Rgb:  # noqa: ANN401 - a pydyf.Array
    return cast("Rgb", tuple(float(part) for part in numbers))


def _interpolate(start: Rgb, end: Rgb, fraction: float) -> Rgb:
    return cast("Rgb", tuple(a + (b - a) * fraction for a, b in zip(start, end, strict=True)))


def _make_sampled_function(inks: list[Ink]) -> pydyf.Stream:
    """Return the function through the inks at equal steps from 0 to 1 (ISO 32000-1, 7.10.2)."""
    extra = {
        "FunctionType": 0,
        "Domain": pydyf.Array([0, 1]),
        "Range": pydyf.Array([0, 1] * 4),
        "Size": pydyf.Array([len(inks)]),
        "BitsPerSample": 8,
    }
    return pydyf.Stream([bytes(round(255 * part) for ink in inks for part in ink)], extra, compress=True)
