"""All colors of a PDF that WeasyPrint wrote, turned into inks."""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream

from handouts.pdf.finish.printer_marks import REGISTRATION
from handouts.pdf.press import gradients, pictures
from handouts.pdf.press.inks import Inks
from handouts.pdf.press.operators import Palette, recolor
from handouts.pdf.press.overprint import allow_overprint, overprint_black_text
from handouts.pdf.press.pages import all_plates, blend_in_inks


def print_with(inks: Inks, pdf: pydyf.PDF) -> None:
    """Turn all colors into inks: of texts, drawings, gradients and pictures, in pages, groups and patterns.

    Soft masks of luminosity become gray: theirs are no colors but how much of others is seen. Raises RuntimeError when
    WeasyPrint wrote something else than what this was made for.
    """
    objects = list(pdf.objects)  # more are added
    masks = {id(part) for part in _in_masks(pdf)}
    alphas = {entry.extra["SMask"] for entry in objects if "SMask" in getattr(entry, "extra", ())}
    for entry in objects:
        if isinstance(entry, Stream):
            _paint(entry, inks, mask=id(entry) in masks)
        elif isinstance(entry, pydyf.Stream):
            if entry.extra.get("Subtype") == "/Image" and entry.reference not in alphas:
                pictures.print_with(inks, entry)
        elif isinstance(entry, pydyf.Dictionary):
            if "ShadingType" in entry and id(entry) in masks:
                gradients.mask_with(entry)
            elif "ShadingType" in entry:
                gradients.print_with(inks, entry, pdf)
            else:
                _describe(entry)


def _paint(stream: Stream, inks: Inks, *, mask: bool) -> None:
    recolor(stream.stream, Palette(inks, mask=mask))
    overprint_black_text(stream.stream)
    if "Group" in stream.extra:
        stream.extra["Group"]["CS"] = "/DeviceGray" if mask else "/DeviceCMYK"


def _describe(entry: pydyf.Dictionary) -> None:
    """Say of pages and their resources what the operators in their streams need to be understood."""
    if "lab-d50" in entry:
        entry.clear()  # nothing uses these color spaces any more
        entry[REGISTRATION] = all_plates()
    elif "ExtGState" in entry:
        allow_overprint(entry)
    elif entry.get("Type") == "/Page":
        blend_in_inks(entry)


def _in_masks(pdf: pydyf.PDF) -> Iterator[Any]:
    """Give the groups that are soft masks of luminosity, and all that is drawn in them."""
    for entry in pdf.objects:
        if isinstance(entry, pydyf.Dictionary):
            for state in entry.get("ExtGState", {}).values():
                if "SMask" in state and state["SMask"]["S"] == "/Luminosity":
                    yield from _drawn(pdf, state["SMask"]["G"])


def _drawn(pdf: pydyf.PDF, reference: bytes) -> Iterator[Any]:
    """Give the object and those that its resources name: groups, patterns and shadings."""
    part = pdf.objects[int(reference.split()[0])]
    yield part
    if isinstance(part, Stream) and "Resources" in part.extra:
        resources = pdf.objects[int(part.extra["Resources"].split()[0])]
        for kind in ("XObject", "Pattern", "Shading"):
            for inner in resources[kind].values():
                yield from _drawn(pdf, inner)
