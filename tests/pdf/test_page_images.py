"""The look of pages: pictures of a few, compared with those in tests/golden/pages.

`pytest tests/pdf/test_page_images.py --rewrite` makes them anew after a change that is wanted: look at them before you
commit them. What differs is written to tests/failed.
"""

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from support.shipped import ROOT

GOLDEN = ROOT / "tests" / "golden" / "pages"
FAILED = ROOT / "tests" / "failed"
LAKESIDE, NORTHGATE = "lakeside-spine-center", "northgate-family-practice"
DOTS_AN_INCH = 60
# Letters are drawn a little differently by other versions of poppler; a line that moved by its height is not.
FAINT = 48
FEW = 0.002

IN_COLOR = [
    (f"{LAKESIDE}/spinal-fracture.en.handout.pdf", 1),
    (f"{LAKESIDE}/spinal-fracture.en.large-print.pdf", 1),
    (f"{LAKESIDE}/spinal-fracture.sections-1-3.en.trifold.pdf", 1),
    (f"{LAKESIDE}/spinal-fracture.sections-1-3.en.trifold.pdf", 2),
    (f"{NORTHGATE}/spinal-fracture.en.handout.pdf", 3),
    (f"{NORTHGATE}/spinal-fracture.en.booklet.pdf", 1),
]
IN_BLACK = [
    (f"{LAKESIDE}/spinal-fracture.en.handout-black.pdf", 6),
    (f"{NORTHGATE}/spinal-fracture.sections-1-3.en.trifold-z-black.pdf", 2),
]


@pytest.mark.parametrize(("file", "page"), IN_COLOR)
def test_a_page_in_color_looks_as_it_did(
    file: str, page: int, shipped_color: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    compare(shipped_color / file, page, tmp_path, rewrite=pytestconfig.getoption("--rewrite"))


@pytest.mark.parametrize(("file", "page"), IN_BLACK)
def test_a_page_in_black_looks_as_it_did(
    file: str, page: int, shipped_black: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    compare(shipped_black / file, page, tmp_path, rewrite=pytestconfig.getoption("--rewrite"))


def test_a_line_that_moved_is_seen(shipped_color: Path, tmp_path: Path) -> None:
    picture = drawn(shipped_color / IN_COLOR[0][0], 1, tmp_path)
    moved = picture.copy()
    line = picture.crop((0, 430, picture.width, 444))
    moved.paste(line, (0, 434))
    assert share_that_differs(picture, picture) == 0
    assert share_that_differs(picture, moved) > FEW


def compare(pdf: Path, page: int, folder: Path, *, rewrite: bool) -> None:
    """Compare a page with its golden picture, or make that anew."""
    picture = drawn(pdf, page, folder)
    name = f"{pdf.parent.name}-{pdf.stem}-{page}.png"
    if rewrite:
        GOLDEN.mkdir(exist_ok=True, parents=True)
        picture.quantize(32).save(GOLDEN / name, optimize=True)
        return
    with Image.open(GOLDEN / name) as golden:
        expected = golden.convert("RGB")
    assert picture.size == expected.size
    share = share_that_differs(picture, expected)
    if share > FEW:
        FAILED.mkdir(exist_ok=True)
        both = Image.new("RGB", (picture.width * 3, picture.height))
        for place, one in enumerate((expected, picture, ImageChops.difference(expected, picture))):
            both.paste(one, (place * picture.width, 0))
        both.save(FAILED / name)
    assert share <= FEW, f"{share:.2%} of the page differs: see tests/failed/{name} (expected, found, difference)"


def drawn(pdf: Path, page: int, folder: Path) -> Image.Image:
    """Draw a page as a picture."""
    number = str(page)
    subprocess.run(
        ["pdftoppm", "-r", str(DOTS_AN_INCH), "-f", number, "-l", number, "-singlefile", "-png", pdf, folder / "page"],
        check=True,
    )
    with Image.open(folder / "page.png") as picture:
        return picture.convert("RGB")


def share_that_differs(first: Image.Image, second: Image.Image) -> float:
    """Return the share of dots that differ by more than the drawing of a letter may."""
    soft = [picture.filter(ImageFilter.GaussianBlur(1)) for picture in (first, second)]
    differing = ImageChops.difference(*soft).convert("L").point(lambda value: 255 * (value > FAINT))
    return differing.histogram()[255] / (first.width * first.height)
