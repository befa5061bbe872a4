"""The printed pages themselves: sizes, lines, margins, ink."""

import html
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from support.builds import LAKESIDE, NORTHGATE
from support.command import copy_of_shipped, run
from support.pdf import pages, text

NAME = "spinal-fracture.en.handout"


@pytest.fixture(scope="module")
def outputs(shipped_color: Path, shipped_black: Path, shipped_otherwise: Path) -> list[Path]:
    """Handouts on full pages: of both practices, in part, in black, in large print."""
    return [
        shipped_color / LAKESIDE / f"{NAME}.pdf",
        shipped_otherwise / LAKESIDE / "spinal-fracture.sections-8.en.handout.pdf",
        shipped_black / NORTHGATE / f"{NAME}-black.pdf",
        shipped_color / NORTHGATE / f"{NAME}.pdf",
        shipped_color / NORTHGATE / "spinal-fracture.en.large-print.pdf",
    ]


def body_lines(path: Path) -> list[str]:
    """Return the lines of running text, behind the first page: those of the height that most lines have."""
    done = subprocess.run(
        ["pdftotext", "-f", "2", "-bbox-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    lines: dict[float, list[str]] = {}
    for line in re.findall(r"<line [^>]*>(.*?)</line>", done.stdout, re.DOTALL):
        words = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', line)
        height = max(round(float(bottom) - float(top), 1) for top, bottom, _ in words)
        lines.setdefault(height, []).append(" ".join(html.unescape(word) for _, _, word in words))
    return max(lines.values(), key=len)


def font_sizes(path: Path) -> set[float]:
    """Return the font sizes of all text, in points, from poppler's own reading of the page."""
    done = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", str(path)], capture_output=True, text=True, check=True
    )
    return {float(size) for size in re.findall(r'<fontspec id="\d+" size="([\d.]+)"', done.stdout)}


def test_no_text_is_smaller_than_nine_points_but_citation_numbers(outputs: list[Path]) -> None:
    for path in outputs:
        sizes = sorted(size for size in font_sizes(path) if size > 0)
        assert sizes[0] >= 8, sizes  # superscripts: 0.68 of 12 points
        assert [size for size in sizes if size < 9] in ([], [8.0]), sizes


def test_full_lines_of_a_column_have_40_to_45_characters(outputs: list[Path]) -> None:
    for path in outputs[:4]:
        lengths = sorted((len(line), line) for line in body_lines(path))
        assert len(lengths) > 30
        longest = lengths[-len(lengths) // 4 :]  # the others end a paragraph
        assert longest[0][0] >= 38, longest[0]
        assert longest[len(longest) // 2][0] <= 45, longest
        assert longest[-1][0] <= 50, longest[-1]


def test_text_keeps_its_distance_from_the_edge(outputs: list[Path]) -> None:
    for path in outputs:
        done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True)
        pages = re.split(r'<page width="([\d.]+)" height="([\d.]+)">', done.stdout)[1:]
        for width, height, words in zip(pages[::3], pages[1::3], pages[2::3], strict=True):
            boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', words)
            assert boxes
            margin = 0.75 * 72 - 1
            assert min(float(box[0]) for box in boxes) >= margin
            assert max(float(box[2]) for box in boxes) <= float(width) - margin
            assert min(float(box[1]) for box in boxes) >= 0.5 * 72
            assert max(float(box[3]) for box in boxes) <= float(height) - 0.25 * 72


def test_black_ink_prints_no_color(outputs: list[Path], tmp_path: Path) -> None:
    black, color = outputs[2:4]
    assert most_color(black, tmp_path / "black") == 0
    assert most_color(color, tmp_path / "color") > 50


def most_color(path: Path, folder: Path) -> int:
    """Return how far the red, green and blue of any one pixel are apart, 0 to 255, over all pages."""
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", "40", "-png", str(path), str(folder / "page")], check=True)
    most = 0
    for picture in folder.glob("*.png"):
        with Image.open(picture) as opened:
            red, green, blue = opened.convert("RGB").split()
        for a, b in ((red, green), (green, blue)):
            most = max(most, *(level for level, count in enumerate(ImageChops.difference(a, b).histogram()) if count))
    return most


def test_large_print_is_large_throughout_and_raises_nothing(outputs: list[Path]) -> None:
    large = outputs[4]
    assert min(font_sizes(large)) >= 18
    whole = text(large)
    assert "breathe, eat, or sleep well. [2,3]" in " ".join(whole.split())
    assert "[5-7]:" in whole


def test_a_new_format_needs_a_template_a_style_sheet_and_a_line_of_settings(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    (folder / "handouts.yaml").write_text("formats:\n  summary: {title: One page, citations: brackets}\n")
    (folder / "templates/summary.html.j2").write_text(
        '<!doctype html><html lang="{{ language }}"><title>{{ handout.title }}</title><h1>{{ handout.title }}</h1>'
        '<body>{% include "parts/footer.html.j2" %}<p>{{ handout.main_message }}</p>'
        '{% include "parts/safety.html.j2" %}'
        '{% include "parts/disclaimer.html.j2" %}{% include "parts/contact.html.j2" %}</html>'
    )
    (folder / "styles/summary.css").write_text("@page { margin: 15mm } body { font-size: 9.5pt; line-height: 12pt }")
    ran = run(folder, "build", "-p", LAKESIDE, "-f", "summary")
    assert ran.code == 0, ran.err
    made = folder / ran.out.strip()
    assert made.name == "spinal-fracture.en.summary.pdf"
    assert "Important safety information" in text(made)
    assert len(pages(made)) == 1
