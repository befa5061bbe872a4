"""Finds drawings that WeasyPrint draws otherwise than browsers do, and paints these as pictures instead.

WeasyPrint ignores masks of groups, clip rules, filters, gradients of strokes and more. Rather than to know all of it,
each drawing is painted by both engines, and what they paint is compared.

A picture has no letters, so that none could be found missing on the page, and resvg leaves out those that it has no
font for. Where the bundled fonts lack letters, the drawing is compared without its text, which WeasyPrint sets.
"""

import functools
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element, fromstring, tostring

import pypdfium2
import weasyprint
from PIL import Image, ImageChops, ImageFilter
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import ReplacedBox
from weasyprint.images import get_image_from_uri
from weasyprint.urls import URLFetcher, URLFetcherResponse

from handouts.assets.broken_file import BrokenFileError
from handouts.assets.bundled_fonts import read_bundled_letters
from handouts.assets.decoded_files import simplify_svg_once
from handouts.assets.decoding import Decoded, measure_ink
from handouts.assets.drawing import paint_drawing, paint_to_check, use_same_dark_colors
from handouts.model.document import Asset, Composed
from handouts.pdf.layout.captured_log import captured_log
from handouts.pdf.page_checks.inspection import name_missing_letters
from handouts.pdf.rules import DRAWN_AS_PICTURE, MISSING_GLYPH
from handouts.pdf.weasyprint_patches.lines import Fonts
from handouts.problems.collector import Problems
from handouts.system.cache import Cache
from handouts.system.digests import digest_of_bytes

_BLUR: Final = 2  # pixels: edges are smoothed differently
_WRONG, _FAINTLY_WRONG = 150, 48  # of 255 steps in one color
_WRONG_SHARE, _FAINTLY_WRONG_SHARE = 0.002, 0.05  # of the painted area
_INK: Final = 24  # of 255 steps from white
_LOGO_WIDTH, _FIGURE_WIDTH = 3.2, 6.0  # inches: about the widest that they are printed
_DENSITY: Final = 600  # pixels per inch
_MAX_STOPS: Final = 500  # of gradients
_CAPACITY: Final = 200  # drawings
_WITHOUT_INK: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_PAGE: Final = """
<style>
  @page { size: 1px 1px; margin: 0 }
  html, body { margin: 0 }
  img { display: block; width: 1px; height: 1px; object-fit: contain }
</style>
<img src="drawing:">
"""
_EMPTY: Final = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
_ADDRESS: Final = "drawing:"


@dataclass(frozen=True, slots=True)
class _Judged:
    """Whether WeasyPrint draws a drawing right; otherwise the picture to be printed in its place.

    `missing` are the letters that the picture lacks.
    """

    picture: Decoded | None
    missing: tuple[str, ...] = ()


class _DrawingFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint publishes no types
    """Returns the same drawing for every address."""

    def __init__(self, drawing: bytes) -> None:
        super().__init__()
        self._drawing = drawing

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401, ARG002 - as in the class extended
        return URLFetcherResponse(url, self._drawing, {"Content-Type": "image/svg+xml"})


def paint_misdrawn(composed: Composed, fonts: Fonts, problems: Problems) -> dict[Asset, Decoded]:
    """Return a picture for each drawing that WeasyPrint draws wrong, with a warning; letters that it lacks are errors.

    Files that are broken, or changed since they were read, are reported when they are loaded.
    """
    pictures = {}
    for asset in composed.files:
        judged = _find_judged(asset, fonts) if asset.path.suffix.lower() == ".svg" else None
        if judged is None or judged.picture is None:
            continue
        pictures[asset] = judged.picture
        problems.add(DRAWN_AS_PICTURE.at(asset.place, what=asset.what, file=asset.path.name))
        if judged.missing:
            spot, letters = f"in the {asset.what} {asset.path.name}", name_missing_letters(judged.missing)
            problems.add(MISSING_GLYPH.at(asset.place, spot=spot, letters=letters))
    return pictures


def _find_judged(asset: Asset, fonts: Fonts) -> _Judged | None:
    """Return how a drawing is to be printed; cached. None if its file is broken or was changed."""
    side = round((_LOGO_WIDTH if asset.what.endswith("logo") else _FIGURE_WIDTH) * _DENSITY)
    key, cache = (asset.digest, side), _judged_drawings()
    judged = cache.get(key)
    if judged is None:
        try:
            raw = asset.path.read_bytes()
            if digest_of_bytes(raw) != asset.digest:
                return None
            judged = _judge(simplify_svg_once(raw, asset.path.name), side, fonts)
        except (BrokenFileError, OSError):
            return None
        cache.put(key, judged)
    return judged


def _judge(drawing: bytes, side: int, fonts: Fonts) -> _Judged:
    root = fromstring(drawing)  # noqa: S314 - written by `simplify_svg`
    missing, is_beyond_engine = _find_missing_letters(root), _is_beyond_engine(root)
    compared = use_same_dark_colors(_write_without_text(root) if missing else drawing)
    is_right = paint_to_check(compared) is None if is_beyond_engine else _is_drawn_alike(compared, fonts)
    return _Judged(None) if is_right else _Judged(_make_picture(drawing, side), missing)


def _is_drawn_alike(drawing: bytes, fonts: Fonts) -> bool:
    """Return whether both engines draw a drawing alike; cached. One without a size is not drawn at all."""
    key, cache = digest_of_bytes(drawing), _compared_drawings()
    is_alike = cache.get(key)
    if is_alike is None:
        expected = paint_to_check(drawing)
        is_alike = expected is None or _is_alike(_put_on_white(expected), _paint(drawing, expected.size, fonts))
        cache.put(key, is_alike)
    return is_alike


def _find_missing_letters(root: Element) -> tuple[str, ...]:
    """Return the letters of a drawing that no bundled font has; fonts of a practice or language may have them."""
    texts = ("".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text"))
    text = unicodedata.normalize("NFC", "".join(texts))
    if text.isascii():
        return ()
    missing = dict.fromkeys(letter for letter in text if letter not in read_bundled_letters())
    return tuple(letter for letter in missing if unicodedata.category(letter) not in _WITHOUT_INK)


def _write_without_text(root: Element) -> bytes:
    """Remove the text of a drawing, and return its file."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith("}text"):
                parent.remove(child)
    return tostring(root)


def _is_beyond_engine(root: Element) -> bool:
    """Return whether a drawing has what WeasyPrint draws in gigabytes, or what some viewers of its PDFs do not show."""
    elements = list(root.iter())
    repeats = any(element.get("spreadMethod", "pad") != "pad" for element in elements)
    stops = sum(element.tag.endswith("}stop") for element in elements)
    return repeats or stops > _MAX_STOPS or _has_text_in_gradients(root, within=False)


def _has_text_in_gradients(element: Element, *, within: bool) -> bool:
    """Return whether letters are filled with a gradient or pattern: viewers made with Poppler then show nothing."""
    within = within or any("url(" in element.get(name, "") for name in ("fill", "stroke", "style"))
    if element.tag.endswith("}text"):
        return within or any("url(" in str(below.attrib.values()) for below in element.iter())
    return any(_has_text_in_gradients(child, within=within) for child in element)


def _make_picture(drawing: bytes, side: int) -> Decoded | None:
    image = paint_drawing(drawing, side)
    if image is None:
        return None
    file = BytesIO()
    image.save(file, "PNG")
    return Decoded(file.getvalue(), "image/png", measure_ink(image))


def _put_on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _paint(drawing: bytes, size: tuple[int, int], fonts: Fonts) -> Image.Image:
    """Paint a drawing as WeasyPrint does."""
    with captured_log(Problems()):  # its faults are reported for the page that it is printed on
        document, page, frame, empty = _lay_out_frame(fonts)
        context = empty._context  # noqa: SLF001 - no public way
        for box in (page, frame):
            box.width, box.height = size
        frame.replacement = get_image_from_uri({}, _DrawingFetcher(drawing), {}, _ADDRESS, context=context) or empty
        pdf = document.copy([Page(page)]).write_pdf(uncompressed_pdf=True)
    with pypdfium2.PdfDocument(pdf) as painted:
        picture: Image.Image = painted[0].render(scale=4 / 3).to_pil()
        return picture.convert("RGB").resize(size)


@functools.lru_cache(1)
def _lay_out_frame(fonts: Fonts) -> tuple[Any, Any, Any, Any]:
    """Lay out a page with nothing but an empty drawing; return the document, the boxes of page and drawing, and this.

    Both boxes get the size of each drawing, which is then painted as if it was laid out anew.
    """
    html = weasyprint.HTML(string=_PAGE, url_fetcher=_DrawingFetcher(_EMPTY))
    document = html.render(font_config=fonts)
    page = document.pages[0]._page_box  # noqa: SLF001 - no public way to the boxes
    frame = next(box for box in page.descendants() if isinstance(box, ReplacedBox))
    return document, page, frame, frame.replacement


def _is_alike(expected: Image.Image, painted: Image.Image) -> bool:
    """Return whether two paintings show the same, but for smoothed edges and lines that are moved a little."""
    one, other = (image.filter(ImageFilter.BoxBlur(_BLUR)) for image in (expected, painted))
    steps = _count_steps(one, other)
    blank = Image.new("RGB", expected.size, "white")
    area = max(sum(_count_steps(image, blank)[_INK:]) for image in (one, other))
    is_right = sum(steps[_WRONG:]) <= _WRONG_SHARE * area
    return is_right and sum(steps[_FAINTLY_WRONG:]) <= _FAINTLY_WRONG_SHARE * area


def _count_steps(one: Image.Image, other: Image.Image) -> list[int]:
    """Return the number of pixels by how much they differ, in that of their colors that differs most."""
    red, green, blue = ImageChops.difference(one, other).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()


@functools.cache
def _judged_drawings() -> Cache[tuple[str, int], _Judged]:
    return Cache(_CAPACITY)


@functools.cache
def _compared_drawings() -> Cache[str, bool]:
    return Cache(_CAPACITY)
