"""Contrast of all that is painted on the pages, each color on the ground that it stands on (WCAG 2.2)."""

from collections import Counter
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from support.builds import LAKESIDE, NORTHGATE, PRACTICES
from support.command import copy_of_shipped, run
from support.grounds import WHITE, Painted, contrast, painted
from support.shipped import handout

# 1.4.3 and 1.4.6 for text, 1.4.11 for lines.
TEXT, LARGE_PRINT, LINES = 4.5, 7, 3
PALE = "#ffe9a8"


@pytest.fixture(scope="session")
def pale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sections of a practice that has pale colors only, in three formats."""
    project = copy_of_shipped(tmp_path_factory.mktemp("pale"))
    profile = project / "content" / "practices" / LAKESIDE / "practice.yaml"
    profile.write_text(
        "\n".join(
            f'{line.split(":")[0]}: "{PALE}"' if line.strip().startswith(("brand:", "accent:")) else line
            for line in profile.read_text().splitlines()
        )
    )
    formats = [part for name in ("handout", "large-print", "trifold") for part in ("-f", name)]
    ran = run(project, "build", "-p", LAKESIDE, "-s", "leaflet", *formats)
    assert ran.code == 0, ran.err
    assert f"the brand color {PALE} has contrast 1.2" in ran.err
    return project / "output" / LAKESIDE


@cache
def pages(pdf: Path) -> list[list[Painted]]:
    """Return what is painted on each page; the same files are looked at for text and for lines to write on."""
    with pikepdf.open(pdf) as opened:
        found = [painted(page) for page in opened.pages]
    assert sum(one.how == "text" for one in found[0]) > 5
    return found


def pdfs(folder: Path, count: int) -> list[Path]:
    found = sorted(folder.glob("*.pdf"))
    assert len(found) == count
    return found


def faint(pdf: Path, least: float) -> set[tuple[object, ...]]:
    """Return page, colors and place of each text, and of each line, that is too faint."""
    found = set[tuple[object, ...]]()
    for number, page in enumerate(pages(pdf), start=1):
        for one in page:
            if one.how == "text" and one.contrast < least:
                found.add((pdf.name, number, one))
            # White lines are gaps between dark things.
            if one.how == "stroke" and one.color and one.color != WHITE and contrast(one.color, WHITE) < LINES:
                found.add((pdf.name, number, one))
    return found


@pytest.mark.parametrize("practice", PRACTICES)
def test_text_and_lines_can_be_seen_on_what_is_under_them(shipped_color: Path, practice: str) -> None:
    for pdf in pdfs(shipped_color / practice, 6):
        assert faint(pdf, LARGE_PRINT if "large-print" in pdf.name else TEXT) == set()


def test_text_in_black_can_be_seen_on_a_bad_copy(shipped_black: Path) -> None:
    for pdf in pdfs(shipped_black / NORTHGATE, 6):
        assert faint(pdf, LARGE_PRINT) == set()


def test_text_and_rules_of_a_practice_with_pale_colors_can_be_seen(pale: Path) -> None:
    for pdf in pdfs(pale, 3):
        assert faint(pdf, LARGE_PRINT if "large-print" in pdf.name else TEXT) == set()
        colored = [one for one in rules(pages(pdf)) if one.color and max(one.color) - min(one.color) > 0.1]
        assert colored
        assert [one for one in colored if one.contrast < LINES] == []


def test_lines_to_write_on_can_be_seen(shipped_color: Path) -> None:
    for practice in PRACTICES:
        for name in ("handout", "large-print", "booklet"):
            pdf = shipped_color / practice / f"spinal-fracture.en.{name}.pdf"
            alike = Counter(rounded(one) for one in rules(pages(pdf)) if one.contrast >= LINES)
            assert max(alike.values()) >= len(handout().front.questions), pdf


def rules(found: list[list[Painted]]) -> list[Painted]:
    """Return what is filled and long and thin."""
    fills = [one for page in found for one in page if one.how == "fill"]
    thin = [one for one in fills if min(sides(one)) < 8 and max(sides(one)) > 70]
    assert thin
    return thin


def sides(one: Painted) -> tuple[float, float]:
    left, bottom, right, top = one.area
    return right - left, top - bottom


def rounded(one: Painted) -> tuple[object, ...]:
    return one.color, round(sides(one)[0]), round(sides(one)[1], 1)


def test_the_measure_finds_what_is_too_faint() -> None:
    words = b"0 g BT /F 10 Tf 1 0 0 1 %d 50 Tm (a) Tj ET "
    content = b"1 0 0 rg 0 0 100 100 re 20 20 60 60 re f* q 5 5 90 90 re W n .9 g 0 0 50 100 re f Q " + words % 10
    content += b"/G gs " + words % 60 + words % 90
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(content)
        page.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(G=pikepdf.Dictionary(ca=0.5)))
        texts = [one for one in painted(page) if one.how == "text"]
    light, half = (0.9, 0.9, 0.9), (0.5, 0.5, 0.5)
    assert [(one.ground, one.color) for one in texts] == [
        (light, (0, 0, 0)),
        (WHITE, half),
        ((1, 0, 0), (0.5, 0, 0)),
    ]
    assert contrast(WHITE, (0, 0, 0)) == pytest.approx(21)
    assert contrast((0x76 / 255,) * 3, WHITE) == pytest.approx(4.54, abs=0.01)
