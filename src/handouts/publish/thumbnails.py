"""Draws the pictures of first pages, in worker processes: a PDF may hold data from strangers."""

import io
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.problems.collector import Problems
from handouts.problems.publish_rules import NO_THUMBNAIL

WIDTH: Final = 208
"""Pixels: twice what the list of handouts shows."""
FILE: Final = "page-1.webp"
"""The name of a thumbnail in the folder of its page."""
_QUALITY: Final = 80
_EFFORT: Final = 2  # of 6: more makes files smaller and takes much longer


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The picture of the first page of a print: its file in the folder of the page, and its size in pixels."""

    file: str
    width: int
    height: int


class Thumbnails:
    """Has pictures drawn while other work goes on."""

    def __init__(self, executor: Executor) -> None:
        """Draw with the workers of an executor."""
        self._executor = executor
        self._running: dict[str, tuple[Path, Future[bytes]]] = {}

    def start(self, folder: str, pdf: Path) -> None:
        """Start to draw the first page of a PDF, for the page with this folder."""
        self._running[folder] = pdf, self._executor.submit(draw_first_page, pdf)

    def finish(self, folder: str, problems: Problems) -> bytes | None:
        """Return the picture for a page as WebP; None if it was not started or cannot be drawn, which is reported."""
        if folder not in self._running:
            return None
        pdf, future = self._running.pop(folder)
        try:
            return future.result()
        except Exception as broken:  # noqa: BLE001 - whatever PDFium raises, the page is published without a picture
            problems.add(NO_THUMBNAIL.at(None, file=pdf.name, reason=broken))
            return None


def draw_first_page(pdf: Path) -> bytes:
    """Return the first page of a PDF as a WebP picture."""
    import PIL.WebPImagePlugin  # noqa: F401, PLC0415 - in workers only
    import pypdfium2  # noqa: PLC0415 - likewise

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture = page.render(scale=WIDTH / page.get_width()).to_pil()
        file = io.BytesIO()
        picture.save(file, "WEBP", quality=_QUALITY, method=_EFFORT)
        return file.getvalue()


def read_size(picture: bytes) -> tuple[int, int]:
    """Return width and height of a WebP picture in pixels."""
    from PIL import Image  # noqa: PLC0415 - only where there are pictures

    with Image.open(io.BytesIO(picture), formats=["WEBP"]) as image:
        return image.size
