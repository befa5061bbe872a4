"""How much ink the pages of a PDF take."""

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageChops

_PIXELS_AN_INCH = 50


def darkness(path: Path) -> list[float]:
    """Give the mean darkness of each page, from 0 (blank) to 1 (black all over): what black toner has to cover.

    Grays count for as much as they are dark, since they are printed with dots of black.
    """
    return [_covered(ImageChops.invert(page)) for page in _pages(path, "-gray")]


def toner(path: Path) -> list[float]:
    """Give how much toner of all colors a color printer needs for each page; 1 is a page that is black all over.

    Reckoned as printers do that save toner: grays are black alone, so a dark blue is black and some cyan and magenta.
    """
    amounts = []
    for page in _pages(path):
        cyan, magenta, yellow = ImageChops.invert(page).split()
        black = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
        colored = [ImageChops.subtract(part, black) for part in (cyan, magenta, yellow)]
        amounts.append(sum(map(_covered, (*colored, black))))
    return amounts


def _pages(path: Path, *options: str) -> Iterator[Image.Image]:
    command = ["pdftoppm", *options, "-r", str(_PIXELS_AN_INCH), str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    stream = io.BytesIO(done.stdout)
    while kind := stream.readline().strip():
        # Pages come one after the other, each a PGM or PPM file: "P5", "width height", "255", and its bytes.
        width, height = map(int, stream.readline().split())
        stream.readline()
        mode = {b"P5": "L", b"P6": "RGB"}[kind]
        yield Image.frombytes(mode, (width, height), stream.read(width * height * len(mode)))


def _covered(amounts: Image.Image) -> float:
    """Give the mean of a picture whose pixels say how much ink is there, from 0 to 255, as a part of 1."""
    histogram = amounts.histogram()
    return sum(amount * count for amount, count in enumerate(histogram)) / (255 * sum(histogram))
