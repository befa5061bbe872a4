"""Pictures of the pages of two PDF files that do not look the same, side by side, with what differs framed."""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from handouts.review.chapters import ReviewText
from handouts.review.pdf_text import read_pdf_text
from handouts.review.versions import NoVersionError

_MAX_BYTES: Final = 50_000_000
_MAX_PAGES: Final = 60
_HEIGHT: Final = 1000  # of a picture of a page, in pixels
_VISIBLE: Final = 48  # of 255: a smaller difference is how a letter is drawn
_FRAME: Final = (192, 57, 43)


@dataclass(frozen=True, slots=True)
class PagePair:
    """A page that differs: its pictures in both files as data URIs, "" where a file has no such page."""

    number: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PdfVersion:
    """A PDF file: its text, and its pages as pictures."""

    text: ReviewText
    pages: tuple[Image.Image, ...]


def read_pdf_version(path: Path) -> PdfVersion:
    """Return the text and the pages of a PDF file. Raises NoVersionError."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise NoVersionError(f"the file is larger than {_MAX_BYTES // 1_000_000} MB")
        pdf = pypdfium2.PdfDocument(path.read_bytes())
        if len(pdf) > _MAX_PAGES:
            raise NoVersionError(f"the file has more than {_MAX_PAGES} pages")
        pages = tuple(page.render(scale=_HEIGHT / max(page.get_size())).to_pil().convert("RGB") for page in pdf)
        return PdfVersion(read_pdf_text(pdf, path.name), pages)
    except pypdfium2.PdfiumError as broken:
        raise NoVersionError(f"the PDF file cannot be read: {broken}") from broken
    except OSError as refused:
        raise NoVersionError(f"cannot read the file: {refused.strerror}") from refused


def find_differing_pages(old: PdfVersion, new: PdfVersion) -> Iterator[PagePair]:
    """Yield the pages that do not look the same."""
    for number, (before, after) in enumerate(zip_longest(old.pages, new.pages), start=1):
        box = _find_difference(before, after) if before and after else None
        if box or not (before and after):
            yield PagePair(number, *(_write_data(_frame(page, box)) if page else "" for page in (before, after)))


def _find_difference(old: Image.Image, new: Image.Image) -> tuple[int, int, int, int] | None:
    """Return the box of what differs; all of the page if its size does."""
    if old.size != new.size:
        return (0, 0, *new.size)
    difference = ImageChops.difference(old, new).convert("L").point(lambda value: 255 if value > _VISIBLE else 0)
    return difference.getbbox()


def _frame(page: Image.Image, box: tuple[int, int, int, int] | None) -> Image.Image:
    framed = page.copy()
    if box:
        left, top, right, bottom = box
        ImageDraw.Draw(framed).rectangle((left - 4, top - 4, right + 4, bottom + 4), outline=_FRAME, width=2)
    return framed


def _write_data(page: Image.Image) -> str:
    saved = io.BytesIO()
    page.quantize(32).save(saved, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(saved.getvalue()).decode()}"
