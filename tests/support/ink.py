"""How much ink the pages of a PDF take, as they look on paper."""

import io
import subprocess
from pathlib import Path

from PIL import Image

_PIXELS_AN_INCH = 50


def darkness(path: Path) -> list[float]:
    """Give the mean darkness of each page, from 0 (blank) to 1 (black all over): what one toner has to cover.

    Grays count as halves of black do, since they are printed with dots of it.
    """
    command = ["pdftoppm", "-gray", "-r", str(_PIXELS_AN_INCH), str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    stream = io.BytesIO(done.stdout)
    pages = []
    while stream.tell() < len(done.stdout):
        # Pages come one after the other, each a PGM file: "P5 width height 255" and its bytes.
        header = stream.readline() + stream.readline() + stream.readline()
        _, width, height, _ = header.split()
        page = Image.frombytes("L", (int(width), int(height)), stream.read(int(width) * int(height)))
        grays = page.histogram()
        pages.append(sum((255 - gray) * count for gray, count in enumerate(grays)) / (255 * sum(grays)))
    return pages
