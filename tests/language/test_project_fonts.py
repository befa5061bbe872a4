"""Fonts that a project has for a language."""

import shutil
from pathlib import Path

import pikepdf
import pytest

from handouts.assets.language_fonts import find_language_font
from support.projects import HANDOUT, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

PDF = "output/clinic/back.en.handout.pdf"
FONTS = """\
fonts:
  en-GB:
    regular: styles/regular.ttf
    bold: styles/bold.ttf
"""


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """A project that has a font for its language."""
    small = small_project(tmp_path)
    (small.root / "styles").mkdir()
    for style in ("Regular", "Bold"):
        source = ROOT / f"styles/languages/BeVietnamPro-{style}.ttf"
        shutil.copy(source, small.root / f"styles/{style.lower()}.ttf")
    small.write(SETTINGS, small.text(SETTINGS) + FONTS)
    return small


def fonts_of(file: Path) -> set[str]:
    with pikepdf.open(file) as pdf:
        return {str(item["/BaseFont"]).partition("+")[2] for item in pdf.objects if is_font(item)}


def is_font(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"


def test_pages_are_set_in_the_font_of_their_language(project: SmallProject) -> None:
    ran = project.run("build", "-f", "handout", "-f", "html")
    assert ran.code == 0, ran.err
    assert "glyph" not in ran.err
    assert "fallback-font" not in ran.err
    fonts = {name for name in fonts_of(project.root / PDF) if not name.startswith("Font-of-language-en-GB")}
    assert len(fonts) == 1, fonts  # of the print code
    assert '"Font of language en-GB"' in project.text("output/clinic/back.en.html")


def test_a_check_knows_its_letters(project: SmallProject) -> None:
    project.write(HANDOUT, project.text(HANDOUT).replace("mostly harmless", "mostly harmless, ب"))
    assert "letter-in-no-font" in project.run("check").out
    arabic = find_language_font("ar", {})
    assert arabic
    shutil.copy(arabic.find_path(), project.root / "styles/regular.ttf")
    assert "letter-in-no-font" not in project.run("check").out


def test_another_font_is_another_print(project: SmallProject) -> None:
    assert project.run("build", "-f", "html").code == 0
    assert "0 built, 1 unchanged" in project.run("build", "-f", "html").err
    shutil.copy(project.root / "styles/regular.ttf", project.root / "styles/bold.ttf")
    assert "1 built, 0 unchanged" in project.run("build", "-f", "html").err


@pytest.mark.parametrize(
    ("file", "error"),
    [
        ("styles/lost.ttf", "handouts.yaml:5:14: error[missing-file]"),
        ("content/practices/clinic/logo.svg", "handouts.yaml:5:14: error[not-a-font]"),
        ("../regular.ttf", "handouts.yaml:5:14: error[outside-project]"),
    ],
)
def test_no_other_font_takes_the_place_of_a_broken_one(project: SmallProject, file: str, error: str) -> None:
    project.write(SETTINGS, project.text(SETTINGS).replace("styles/regular.ttf", file))
    ran = project.run("build", "-f", "html", "-f", "text")
    assert ran.code == 1
    assert error in ran.err
    assert not (project.root / "output/clinic").exists()
