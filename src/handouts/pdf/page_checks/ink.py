"""Checks that pictures show something on white paper; drawings are painted by the engine that prints them."""

import functools
import math
import re
from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import fromstring

import pypdfium2
import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from handouts.assets.decoding import Decoded, measure_ink
from handouts.model.document import Asset
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.layout.worker_cache import worker_cache
from handouts.pdf.rules import EMPTY_PICTURE, SMALL_IN_FRAME
from handouts.problems.collector import Problems
from handouts.system.cache import Cache

_SIDE: Final = 300  # of the page that a drawing is painted on, in CSS pixels
_SCALE: Final = 2  # dots per point
_SMALL: Final = 1 / 3  # of width or height
_CAPACITY: Final = 1_000  # drawings
_NUMBER: Final = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)", re.IGNORECASE)
_PAGE: Final = f"""
<style>
  @page {{ size: {_SIDE}px; margin: 0 }}
  html, body {{ margin: 0 }}
  img {{ display: block; width: {_SIDE}px; height: {_SIDE}px; object-fit: contain }}
</style>
<img src="drawing:">
"""


class _DrawingFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint publishes no types
    """Returns the same drawing for every address."""

    def __init__(self, drawing: bytes) -> None:
        super().__init__()
        self._drawing = drawing

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401, ARG002 - as in the class extended
        return URLFetcherResponse(url, self._drawing, {"Content-Type": "image/svg+xml"})


def check_ink(pictures: Mapping[Asset, Decoded | bytes], problems: Problems) -> None:
    """Report logos and figures that cannot be seen on paper, or that are tiny in an empty frame.

    Raster pictures are decoded, drawings are the bytes of their SVG files.
    """
    for asset, picture in pictures.items():
        width, height = picture.ink if isinstance(picture, Decoded) else _find_ink_of_drawing(asset.digest, picture)
        if not width or not height:
            problems.add(EMPTY_PICTURE.at(asset.place, what=asset.what, file=asset.path.name))
        elif max(width, height) < _SMALL:
            problem = SMALL_IN_FRAME.at(asset.place, what=asset.what, file=asset.path.name, width=width, height=height)
            problems.add(problem)


def _find_ink_of_drawing(digest: str, drawing: bytes) -> tuple[float, float]:
    cache = _ink_cache()
    ink = cache.get(digest)
    if ink is None:
        ink = _measure_ink(drawing)
        cache.put(digest, ink)
    return ink


def _measure_ink(drawing: bytes) -> tuple[float, float]:
    """Return the share of width and height that a drawing covers, from 0 to 1."""
    if not _has_size(drawing):
        return 0, 0
    with captured_log(Problems()):  # its faults are reported for the page that it is printed on
        page = weasyprint.HTML(string=_PAGE, url_fetcher=_DrawingFetcher(drawing))
        pdf = pypdfium2.PdfDocument(page.write_pdf(font_config=worker_cache().fonts, uncompressed_pdf=True))
    try:
        return measure_ink(pdf[0].render(scale=_SCALE, grayscale=True).to_pil())
    finally:
        pdf.close()


def _has_size(drawing: bytes) -> bool:
    """Return whether the frame of a drawing has a size: without one, WeasyPrint shows it, but browsers do not."""
    root = fromstring(drawing)  # noqa: S314 - the reader of drawings refused entity definitions
    sizes = [root.get("width", "1"), root.get("height", "1"), *root.get("viewBox", "").replace(",", " ").split()[2:]]
    numbers = [float(match[1]) for size in sizes if (match := _NUMBER.match(size))]
    return all(0 < number < math.inf for number in numbers)


@functools.cache
def _ink_cache() -> Cache[str, tuple[float, float]]:
    return Cache(_CAPACITY)
