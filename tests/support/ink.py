"""How much ink the pages of a PDF take."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

_PIXELS_AN_INCH = 50


@dataclass(frozen=True)
class Ink:
    """How much a page takes of black toner alone, and of toner of all colors; 1 is a page that is black all over.

    `black`: grays count for as much as they are dark, since they are printed with dots of black. `toner`: as printers
    do that save toner, grays are black alone, so a dark blue is black and some cyan and magenta.
    """

    black: float
    toner: float


def measure(path: Path) -> list[Ink]:
    """Measure each page of a PDF."""
    return [_measure_page(page) for page in _pages(path)]


def _measure_page(page: Image.Image) -> Ink:
    cyan, magenta, yellow = ImageChops.invert(page).split()
    common = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
    colored = [ImageChops.subtract(part, common) for part in (cyan, magenta, yellow)]
    return Ink(_covered(ImageChops.invert(page.convert("L"))), sum(map(_covered, (*colored, common))))


def _pages(path: Path) -> Iterator[Image.Image]:
    command = ["pdftoppm", "-r", str(_PIXELS_AN_INCH), str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    stream = io.BytesIO(done.stdout)
    while kind := stream.readline().strip():
        # Pages come one after the other, each a PPM file: "P6", "width height", "255", and its bytes.
        width, height = map(int, stream.readline().split())
        stream.readline()
        assert kind == b"P6"
        yield Image.frombytes("RGB", (width, height), stream.read(width * height * 3))


def _covered(amounts: Image.Image) -> float:
    """Return the mean of a picture whose pixels say how much ink is there, from 0 to 255, as a part of 1."""
    histogram = amounts.histogram()
    return sum(amount * count for amount, count in enumerate(histogram)) / (255 * sum(histogram))
