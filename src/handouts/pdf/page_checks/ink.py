"""Whether a picture can be seen: drawings are painted on white paper by the engine that prints them."""

import functools
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.etree.ElementTree import fromstring

import pypdfium2
import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from handouts.assets.decoding import Decoded, ink_of
from handouts.model.document import Asset
from handouts.pdf.layout.captured_log import heard
from handouts.pdf.layout.worker_cache import kept
from handouts.problems.problem import Problem, error, warning
from handouts.system.cache import Cache

_SIDE: Final = 300  # CSS pixels
_DOTS: Final = 2  # per point
_SMALL: Final = 1 / 3
_MOST: Final = 1_000  # drawings whose ink is known
_NUMBER: Final = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)", re.IGNORECASE)
_PAGE: Final = f"""
<style>
  @page {{ size: {_SIDE}px; margin: 0 }}
  html, body {{ margin: 0 }}
  img {{ display: block; width: {_SIDE}px; height: {_SIDE}px; object-fit: contain }}
</style>
<img src="drawing:">
"""


class _OneDrawing(URLFetcher):  # type: ignore[misc] # WeasyPrint publishes no types
    """Loads one drawing, whatever the address."""

    def __init__(self, drawing: bytes) -> None:
        super().__init__()
        self._drawing = drawing

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401, ARG002 - as in the class extended
        return URLFetcherResponse(url, self._drawing, {"Content-Type": "image/svg+xml"})


def check_ink(pictures: Mapping[Asset, Decoded | bytes]) -> Iterator[Problem]:
    """Report logos and figures that cannot be seen on paper, and those that are a dot in an empty frame.

    Pictures made of pixels are decoded, drawings are the bytes of their files.
    """
    for asset, picture in pictures.items():
        width, height = picture.ink if isinstance(picture, Decoded) else _ink_of_drawing(asset.digest, picture)
        name = f"the {asset.what} {asset.path.name}"
        if not width or not height:
            message = f"{name} draws nothing that can be seen on white paper"
            hint = "use dark colors, or add a dark background to the picture, and keep the drawing within its frame"
            yield error("empty-picture", message, asset.place, hint)
        elif max(width, height) < _SMALL:
            message = (
                f"{name} is almost empty: what it draws takes {width:.0%} of its width and {height:.0%} of its height"
            )
            yield warning("small-in-frame", message, asset.place, "cut off the empty space around it")


def _ink_of_drawing(digest: str, drawing: bytes) -> tuple[float, float]:
    known = _known()
    ink = known.get(digest)
    if ink is None:
        ink = _painted(drawing)
        known.put(digest, ink)
    return ink


def _painted(drawing: bytes) -> tuple[float, float]:
    if not _has_room(drawing):
        return 0, 0
    with heard([]):  # what is wrong with the drawing is reported for the page that it is printed on
        page = weasyprint.HTML(string=_PAGE, url_fetcher=_OneDrawing(drawing))
        pdf = pypdfium2.PdfDocument(page.write_pdf(font_config=kept().fonts, uncompressed_pdf=True))
    try:
        return ink_of(pdf[0].render(scale=_DOTS, grayscale=True).to_pil())
    finally:
        pdf.close()


def _has_room(drawing: bytes) -> bool:
    """Tell whether the frame of a drawing has a size: browsers show nothing if not, whereas WeasyPrint does."""
    root = fromstring(drawing)  # noqa: S314 - nothing can be defined in a drawing that was read
    sizes = [root.get("width", "1"), root.get("height", "1"), *root.get("viewBox", "").replace(",", " ").split()[2:]]
    numbers = [float(found[1]) for size in sizes if (found := _NUMBER.match(size))]
    return all(0 < number < math.inf for number in numbers)


@functools.cache
def _known() -> Cache[str, tuple[float, float]]:
    return Cache(_MOST)
