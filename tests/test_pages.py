"""The printed pages themselves: fonts, sizes, links, accessibility, and the same bytes every time."""

import html
import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from support.command import copy_of_shipped, run
from support.pdf import destinations, fonts, internal_links, pages, text
from support.verapdf import failures

LAKESIDE = "lakeside-spine-center"
NORTHGATE = "northgate-family-practice"
NAME = "spinal-fracture.en.handout"
LARGE = ["-p", NORTHGATE, "-f", "large-print"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped project, built in color, in black, and in part."""
    folder = copy_of_shipped(tmp_path_factory.mktemp("pages"))
    for arguments in ([], ["--ink", "black", "-p", NORTHGATE], ["-p", LAKESIDE, "-s", "benefits-risks"], LARGE):
        assert run(folder, "build", *arguments).code == 0
    return folder


def outputs(built: Path) -> list[Path]:
    found = sorted(built.glob("output/*/*.pdf"))
    assert [path.name for path in found] == [
        f"{NAME}.pdf",
        "spinal-fracture.sections-8.en.handout.pdf",
        f"{NAME}-black.pdf",
        f"{NAME}.pdf",
        "spinal-fracture.en.large-print.pdf",
    ]
    return found


def test_all_outputs_conform_to_pdf_ua_and_pdf_a(built: Path) -> None:
    assert failures(*outputs(built)) == []


def test_only_the_bundled_fonts_are_used_and_all_are_embedded(built: Path) -> None:
    for path in outputs(built):
        used = fonts(path)
        assert all(used.values()), used
        assert all(name.startswith("Atkinson-Hyperlegible-Next") for name in used), used


def test_fonts_do_not_depend_on_what_the_machine_is_told(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "fonts.conf"
    other.write_text('<?xml version="1.0"?><fontconfig><dir>/usr/share/fonts</dir></fontconfig>')
    target = tmp_path / "x.pdf"
    assert run(built, "build", "-p", LAKESIDE, "-o", str(target), FONTCONFIG_FILE=str(other)).code == 0
    assert target.read_bytes() == (built / "output" / LAKESIDE / f"{NAME}.pdf").read_bytes()


def test_the_same_inputs_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        folder = tmp_path / seed
        assert run(built, "build", "-o", str(folder), PYTHONHASHSEED=seed).code == 0
    for name in (f"{LAKESIDE}/{NAME}.pdf", f"{NORTHGATE}/{NAME}.pdf", "manifest.json"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_each_citation_leads_to_its_entry_and_each_entry_back(built: Path) -> None:
    for path, last in ((built / "output" / LAKESIDE / f"{NAME}.pdf", 7), (outputs(built)[1], 3)):
        links = internal_links(path)
        assert set(links) <= destinations(path)
        # A run such as 5-7 prints, and links, its first and last number only.
        cited = {name for name in links if name.startswith("reference-")}
        assert {f"reference-{n}" for n in range(1, last + 1)} - cited <= {"reference-6", "reference-2"}
        assert links["reference-1"] == "Reference 1"
        back = {name: text for name, text in links.items() if name.startswith("cite-")}
        assert back["cite-1"].startswith("Back to the text: reference")


def body_lines(path: Path) -> list[str]:
    """Give the lines of running text: those of the height that most lines have."""
    done = subprocess.run(["pdftotext", "-bbox-layout", str(path), "-"], capture_output=True, text=True, check=True)
    lines: dict[float, list[str]] = {}
    for line in re.findall(r"<line [^>]*>(.*?)</line>", done.stdout, re.DOTALL):
        words = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', line)
        height = max(round(float(bottom) - float(top), 1) for top, bottom, _ in words)
        lines.setdefault(height, []).append(" ".join(html.unescape(word) for _, _, word in words))
    return max(lines.values(), key=len)


def font_sizes(path: Path) -> set[float]:
    """Give the font sizes of all text, in points, from poppler's own reading of the page."""
    done = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", str(path)], capture_output=True, text=True, check=True
    )
    return {float(size) for size in re.findall(r'<fontspec id="\d+" size="([\d.]+)"', done.stdout)}


def test_no_text_is_smaller_than_nine_points_but_citation_numbers(built: Path) -> None:
    for path in outputs(built):
        sizes = sorted(size for size in font_sizes(path) if size > 0)
        assert sizes[0] >= 8, sizes  # superscripts: 0.68 of 12 points
        assert [size for size in sizes if size < 9] in ([], [8.0]), sizes


def test_full_lines_have_55_to_70_characters(built: Path) -> None:
    for path in outputs(built)[:4]:
        lengths = sorted((len(line), line) for line in body_lines(path))
        assert len(lengths) > 30
        longest = lengths[-len(lengths) // 4 :]  # the others end a paragraph
        assert longest[0][0] >= 55, longest[0]
        assert longest[len(longest) // 2][0] <= 70, longest
        assert longest[-1][0] <= 76, longest[-1]


def test_text_keeps_its_distance_from_the_edge(built: Path) -> None:
    for path in outputs(built):
        done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True)
        pages = re.split(r'<page width="([\d.]+)" height="([\d.]+)">', done.stdout)[1:]
        for width, height, words in zip(pages[::3], pages[1::3], pages[2::3], strict=True):
            boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', words)
            assert boxes
            margin = 0.75 * 72 - 1
            assert min(float(box[0]) for box in boxes) >= margin
            assert max(float(box[2]) for box in boxes) <= float(width) - margin
            assert min(float(box[1]) for box in boxes) >= margin - 8  # ascenders of the first line
            assert max(float(box[3]) for box in boxes) <= float(height) - 0.25 * 72


def test_black_ink_prints_no_color(built: Path, tmp_path: Path) -> None:
    black = built / "output" / NORTHGATE / f"{NAME}-black.pdf"
    color = built / "output" / NORTHGATE / f"{NAME}.pdf"
    assert most_color(black, tmp_path / "black") == 0
    assert most_color(color, tmp_path / "color") > 50


def most_color(path: Path, folder: Path) -> int:
    """Give how far the red, green and blue of any one pixel are apart, 0 to 255, over all pages."""
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", "40", "-png", str(path), str(folder / "page")], check=True)
    most = 0
    for picture in folder.glob("*.png"):
        with Image.open(picture) as opened:
            red, green, blue = opened.convert("RGB").split()
        for a, b in ((red, green), (green, blue)):
            most = max(most, *(level for level, count in enumerate(ImageChops.difference(a, b).histogram()) if count))
    return most


def test_large_print_is_large_throughout_and_raises_nothing(built: Path) -> None:
    large = outputs(built)[4]
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
    assert failures(made) == []
