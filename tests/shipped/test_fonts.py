"""The bundled fonts: the originals, but for a zero without a slash."""

import runpy
from pathlib import Path
from typing import Final

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import flagOverlapSimple

ROOT: Final = Path(__file__).parents[2]
BUNDLED: Final = sorted((ROOT / "styles" / "fonts").glob("Atkinson*.ttf"))
ORIGINALS: Final = ROOT / "scripts" / "fonts"
ZEROS: Final = {"zero", "zero.tf"}


def outline(font: TTFont, name: str) -> list[tuple[str, tuple[tuple[float, float] | None, ...]]]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return list(pen.value)


def contour_area(outlines: list[tuple[str, tuple[tuple[float, float] | None, ...]]]) -> float:
    pen = AreaPen()
    for operator, points in outlines:
        getattr(pen, operator)(*points)
    return float(pen.value)


def split_contours(font: TTFont, name: str) -> list[list[tuple[str, tuple[tuple[float, float] | None, ...]]]]:
    contours: list[list[tuple[str, tuple[tuple[float, float] | None, ...]]]] = []
    for operator, points in outline(font, name):
        if operator == "moveTo":
            contours.append([])
        contours[-1].append((operator, points))
    return contours


def test_the_script_makes_the_bundled_fonts(tmp_path: Path) -> None:
    runpy.run_path(str(ROOT / "scripts" / "plain_zero.py"))["main"](tmp_path)
    assert [path.name for path in BUNDLED] == sorted(path.name for path in ORIGINALS.glob("Atkinson*.ttf"))
    for path in BUNDLED:
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_only_the_zero_differs_from_the_original(path: Path) -> None:
    bundled, original = TTFont(path), TTFont(ORIGINALS / path.name)
    changed = {
        name for name in original.getGlyphOrder() if outline(bundled, name) != outline(original, name)
    }  # the zero in tables refers to the other one
    assert changed == ZEROS
    assert bundled["hmtx"].metrics == original["hmtx"].metrics
    for tag in set(original.keys()) - {"GlyphOrder", "head", "glyf", "loca", "name"}:
        assert bundled.getTableData(tag) == original.getTableData(tag), tag


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_a_zero_has_one_counter_in_the_outer_shape_of_the_original(path: Path) -> None:
    bundled, original = TTFont(path), TTFont(ORIGINALS / path.name)
    for name in sorted(ZEROS):
        outer, counter = split_contours(bundled, name)
        original_outer, *original_counters = split_contours(original, name)
        assert len(original_counters) == 2, "with a slash"
        assert outer == original_outer
        # Outer and inner shapes run in opposite directions, so that the inner one is a hole.
        assert contour_area(outer) * contour_area(counter) < 0
        assert abs(contour_area(counter)) > abs(sum(map(contour_area, original_counters)))


@pytest.mark.parametrize("path", sorted(BUNDLED[0].parent.glob("*.ttf")), ids=lambda path: path.stem)
def test_browsers_accept_the_outlines(path: Path) -> None:
    # They refuse a font in which another flag than the first of a glyph says that contours overlap.
    glyphs = TTFont(path)["glyf"]
    flags = {name: glyphs[name].getCoordinates(glyphs)[2] for name in glyphs if not glyphs[name].isComposite()}
    assert [name for name in flags if any(flag & flagOverlapSimple for flag in flags[name][1:])] == []


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_a_font_says_that_it_is_modified_and_keeps_its_copyright(path: Path) -> None:
    bundled, original = TTFont(path)["name"], TTFont(ORIGINALS / path.name)["name"]
    for name_id in (0, 1, 2, 4, 6, 13, 14):
        assert bundled.getDebugName(name_id) == original.getDebugName(name_id)
    assert bundled.getDebugName(5) == f"{original.getDebugName(5)}; zero without a slash"
    assert "Reserved Font Name" not in str(bundled.getDebugName(0)), "a modified font could not keep its name"
    assert (ROOT / "styles/fonts/OFL.txt").read_text(encoding="utf-8").startswith(str(bundled.getDebugName(0)))
