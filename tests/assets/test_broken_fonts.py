"""Fonts that are cut off, damaged or empty are refused, with their place: no page is printed without its text."""

import io
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from handouts.assets.broken_file import BrokenFileError
from handouts.assets.font_file import check_font
from support.laid_out import findings
from support.projects import PRACTICE, SmallProject, small_project
from support.shipped import ROOT

FILE: Final = ROOT / "styles" / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf"
FONT: Final = FILE.read_bytes()
TABLES: Final = ("head", "hhea", "maxp", "hmtx", "cmap", "loca", "glyf", "name", "OS/2", "GSUB")


def table_at(tag: str) -> tuple[int, int]:
    """Return offset and length of a table."""
    entry = FONT.index(tag.encode())
    return int.from_bytes(FONT[entry + 8 : entry + 12], "big"), int.from_bytes(FONT[entry + 12 : entry + 16], "big")


def damaged(tag: str) -> bytes:
    """Change a bit in the middle of a table."""
    offset, length = table_at(tag)
    at = offset + length // 2
    return FONT[:at] + bytes([FONT[at] ^ 4]) + FONT[at + 1 :]


def rewritten(*, empty: str = "", without: str = "", no_letters: bool = False) -> bytes:
    """Write the font anew, with right checksums: with letters that have no outlines, or without a table."""
    font = TTFont(io.BytesIO(FONT))
    names = font.getBestCmap()
    for letter in empty:
        font["glyf"][names[ord(letter)]] = Glyph()
    for table in font["cmap"].tables if no_letters else ():
        table.cmap = {}
    if without:
        del font[without]
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


LETTERS: Final = "".join(map(chr, range(0x21, 0x7F)))
BROKEN: Final = {
    **{f"{cut} of 10 parts": FONT[: len(FONT) * cut // 10] for cut in range(1, 10)},
    "all but the last byte": FONT[:-1],
    "header alone": FONT[:12],
    "header and zeros": FONT[:12] + bytes(500),
    **{f"damaged {tag}": damaged(tag) for tag in TABLES},
    "collection": b"ttcf" + FONT[4:],
    "WOFF": b"wOFF" + FONT[4:],
    **{f"no {tag}": rewritten(without=tag) for tag in ("cmap", "name")},
}
EMPTY: Final = {
    "no outlines at all": partial(rewritten, empty=LETTERS),
    "no outline of one letter": partial(rewritten, empty="m"),
    "no outline of one digit": partial(rewritten, empty="5"),
    "no letters": partial(rewritten, no_letters=True),
}


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """A project whose practice has a font of its own."""
    project = small_project(tmp_path)
    project.replace(PRACTICE, "address:\n", "font: {regular: own.ttf, bold: bold.ttf}\naddress:\n")
    for name in ("own.ttf", "bold.ttf"):
        project.write(f"content/practices/clinic/{name}", FONT)
    return project


def test_an_undamaged_font_is_accepted(project: SmallProject) -> None:
    assert project.problems() == ()
    check_font(FONT)


@pytest.mark.parametrize("name", BROKEN)
def test_a_damaged_font_is_refused_when_the_project_is_read(project: SmallProject, name: str) -> None:
    project.write("content/practices/clinic/own.ttf", BROKEN[name])
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("not-a-font", project.place(PRACTICE, "own.ttf"))


@pytest.mark.parametrize("name", EMPTY)
def test_a_font_without_letter_shapes_is_refused(name: str) -> None:
    with pytest.raises(BrokenFileError):
        check_font(EMPTY[name]())


@pytest.mark.parametrize("format_", ["handout", "html"])
def test_a_font_without_outlines_fails_the_output_at_the_line_that_names_it(
    project: SmallProject, format_: str
) -> None:
    project.write("content/practices/clinic/own.ttf", EMPTY["no outlines at all"]())
    ran = project.run("build", "-f", format_)
    assert ran.code == 1
    place = project.place(PRACTICE, "own.ttf")
    assert f"{place}: error[not-a-font]: the font content/practices/clinic/own.ttf cannot be used: " in ran.err
    assert not list((project.root / "output").rglob("*.pdf"))


def test_letters_without_a_shape_are_reported_at_their_place(tmp_path: Path) -> None:
    (tmp_path / "own.ttf").write_bytes(rewritten(empty="é%½"))
    css = "@font-face { font-family: Own; src: url(own.ttf) } p { font-family: Own }"
    found = findings(
        '<p data-at="x.md:3">Take one</p><p data-at="x.md:4">café 5%</p>',
        css,
        root=tmp_path,
        files=(tmp_path / "own.ttf",),
    )
    assert found == ['x.md:4: invisible-text: page 1: the font "Own" prints nothing for the letters "é", "%"']


@pytest.mark.parametrize("broken", ["half", "no outlines"])
def test_broken_bundled_fonts_stop_every_output(tmp_path: Path, broken: str) -> None:
    for part in ("styles", "templates", "src/handouts"):
        shutil.copytree(ROOT / part, tmp_path / part)  # with modules as compiled: files keep their times
    content = FONT[: len(FONT) // 2] if broken == "half" else rewritten(empty=LETTERS)
    (tmp_path / "styles" / "fonts" / FILE.name).write_bytes(content)
    project = small_project(tmp_path / "project")
    ran = subprocess.run(
        [sys.executable, "-m", "handouts", "build", "-f", "handout", "-f", "html", "-j", "1"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src"), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 1, ran.stderr
    assert "error[not-a-font]" in ran.stderr or "error[invisible-text]" in ran.stderr, ran.stderr
    assert "0 built, 0 unchanged, 2 failed" in ran.stderr
    assert not [file for file in (project.root / "output").rglob("*.*") if file.suffix in {".pdf", ".html"}]
