"""Problems found on pages name the section, the file and the line that they come from."""

import re
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image

from handouts.build.pipeline import Pipeline
from handouts.model.edition import Edition, formats
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.number import number
from handouts.numbering.select import select
from handouts.problems.problem import Place
from handouts.read.project import read_project
from support.laid_out import findings, pages, text_of
from support.projects import HANDOUT, PRACTICE, REFERENCES, SmallProject
from support.shipped import ROOT

INSERT = "content/practices/clinic/inserts/parking.md"
MISSING = "ჟ"
FONTS = ROOT / "styles" / "fonts"


def without(letters: str, name: str, target: Path) -> None:
    """Write a font of the project that lacks letters."""
    font = TTFont(FONTS / name)
    subsetter = subset.Subsetter()
    subsetter.populate(unicodes=set(font.getBestCmap()) - {ord(letter) for letter in letters})
    subsetter.subset(font)
    font.save(target)


# What stands there, what takes its place, the words at whose line it is found, and the section that is named.
PLANTED = [
    (HANDOUT, "title: Back pain", "title: Back ჟ pain", "title:", ""),
    (HANDOUT, "  - Keep moving.", "  - Keep moving.\n  - Or ჟ.", "- Or ჟ", "What you can do now"),
    (HANDOUT, "term: vertebra", "term: vertebra ჟ", "term:", "Words to know"),
    (HANDOUT, "# About back pain {", "# About ჟ back pain {", "# About", "About ჟ back pain"),
    (HANDOUT, "## What is it? {", "## What is ჟ it? {", "## What is", "What is ჟ it?"),
    (HANDOUT, "Back pain is common [@", "Plain.\n\nSome ჟ,\nand more [@", "Some ჟ", "What is ჟ it?"),
    (HANDOUT, "- with a fever", "- with a fever\n\n1. One\n   - deep ჟ", "- deep ჟ", "When should I worry?"),
    (HANDOUT, "- after a fall", "> Said\n>\n> or ჟ so\n\n- after a fall", "> or ჟ", "When should I worry?"),
    (HANDOUT, "| Walking |", "| Resting | ჟ |\n| Walking |", "| Resting", "What helps?"),
    (HANDOUT, "::: important", "\\<p data-at='x.md:7'>ჟ\\</p>\n\n::: important", "<p data-at", "What helps?"),
    (HANDOUT, "Talk to your doctor", "Talk ჟ to your doctor", "Talk ჟ", "Important safety information"),
    (HANDOUT, "Above all", "Above ჟ all", "[^ages]: Above", "What is ჟ it?"),
    (PRACTICE, "- 1 Harbor Street", "- 1 Harbor Street ჟ", "- 1 Harbor", "How to reach us"),
    (PRACTICE, "gets worse.", "gets worse. ჟ", "- Your pain", "How to reach us"),
    (REFERENCES, "title: Back pain in adults", "title: Back pain in ჟ adults", "smith2020", "References"),
    (INSERT, "Park here.", "Park ჟ here.", "Park", "When should I worry?"),
]


def test_every_part_of_a_page_has_its_place_in_the_sources(small: SmallProject) -> None:
    small.write(INSERT, "Our own words.\n\nPark here.\n")
    insert = "inserts:\n  - {handout: back, section: worry, file: inserts/parking.md}\n"
    small.write(PRACTICE, small.text(PRACTICE) + insert)
    for file, old, new, _, _ in PLANTED:
        small.replace(file, old, new)
    ran = small.run("build", "-o", "x.pdf")
    assert ran.code == 1
    message = re.compile(
        r'^([^:]+):(\d+)(?::\d+)?: error\[missing-glyph\]: page \d(?:, in "(.*)")?: no font has the letter "ჟ"',
        re.MULTILINE,
    )
    expected = [(file, small.place(file, words).line, section) for file, _, _, words, section in PLANTED]
    assert sorted((file, int(line), section) for file, line, section in message.findall(ran.err)) == sorted(expected)
    assert ran.err.count("U+10DF") == len(expected), ran.err


def test_a_letter_missing_in_a_drawing_is_reported_at_the_drawing(small: SmallProject) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><title>A</title><text y="15">{}</text></svg>'
    )
    small.write("content/handouts/back/bone.svg", drawing.format("Bone ჟ"))
    small.replace(
        HANDOUT, "- after a fall", "Words.\n\n::: figure\n![A bone](bone.svg)\n\nA bone.\n:::\n\n- after a fall"
    )
    ran = small.run("build", "-o", "x.pdf")
    line = small.place(HANDOUT, "![A bone]").line
    assert f'{HANDOUT}:{line}: error[missing-glyph]: page 2, in "When should I worry?": no font has' in ran.err
    assert ran.err.count("U+10DF") == 1
    small.write("content/handouts/back/bone.svg", drawing.format("Bone"))
    assert small.run("build", "-o", "x.pdf").code == 0


def test_only_letters_that_the_font_of_a_practice_lacks_are_reported(small: SmallProject) -> None:
    folder = small.root / "content/practices/clinic"
    without("łž½", "AtkinsonHyperlegibleNext-Regular.ttf", folder / "own.ttf")
    without("ž½", "AtkinsonHyperlegibleNext-Bold.ttf", folder / "own-bold.ttf")
    small.write(PRACTICE, small.text(PRACTICE) + "font: {regular: own.ttf, bold: own-bold.ttf}\n")
    small.replace(
        HANDOUT, "- with a fever", "- with a fever\n- **Małgorzata** says žito\n- for ½ an hour, in Łódź, mały"
    )
    ran = small.run("build", "-o", "x.pdf")
    assert ran.code == 0, ran.err
    line = small.place(HANDOUT, "- **Małgorzata").line
    said = 'warning[fallback-font]: page 2, in "When should I worry?": the font "Practice font" lacks the'
    assert [line for line in ran.err.splitlines() if "warning[" in line] == [
        f'{HANDOUT}:{line}: {said} letters "ž", "½", so "Atkinson Hyperlegible Next" is printed',
        f'{HANDOUT}:{line + 1}: {said} letter "ł", so "Practice font 700" is printed',
    ]


def test_letters_with_marks_are_letters() -> None:
    assert findings('<p data-at="x.md:3">e\u0301 \u00e9 n\u0303 a\u00adb\u200bc\u00a0d</p>') == []
    (found,) = findings('<p data-at="x.md:3">\u10df\u0301</p>')
    assert found.endswith('"\u10df\u0301" (U+10DF U+0301), so a box would be printed')


def test_an_unknown_font_of_a_style_sheet_is_reported_once() -> None:
    named = "p { font-family: 'Gill Sans', 'Atkinson Hyperlegible Next' } code { font-family: monospace }"
    (found,) = findings('<p data-at="x.md:3">aab</p><p data-at="x.md:4">b<code>c</code></p>', named)
    assert found.startswith('x.md:3: fallback-font: page 1: the font "Gill Sans" lacks the letters "a", "b", so "Atk')


@pytest.mark.parametrize(
    ("pixels", "width", "severity", "message", "hint"),
    [
        ((600, 300), 3, "", "", ""),
        ((597, 300), 3, "warning", "597 x 300 pixels and is printed 3.0 x 1.5 in: 199 pixels per inch", "600 x 302"),
        ((300, 300), 3, "warning", "300 x 300 pixels and is printed 3.0 x 3.0 in: 100 pixels per inch", "600 x 600"),
        ((290, 145), 3, "error", "290 x 145 pixels and is printed 3.0 x 1.5 in: 97 pixels per inch", "600 x 300"),
    ],
)
def test_pictures_with_too_few_pixels_are_reported_with_the_number_needed(
    tmp_path: Path, pixels: tuple[int, int], width: int, severity: str, message: str, hint: str
) -> None:
    file = tmp_path / "bone.png"
    Image.new("RGB", pixels, "black").save(file)
    picture = '<p data-at="x.md:3">A bone:<br><img data-at="x.md:4" src="bone.png" alt="A bone"></p>'
    css = f"@page {{ size: 5in }} img {{ width: {width}in }}"
    _, problems = pages(picture, css, root=tmp_path, files=(file,))
    assert [str(problem.severity) for problem in problems] == [severity] * bool(severity)
    for problem in problems:
        code = "blurred-picture" if severity == "error" else "low-resolution"
        assert (problem.code, problem.place) == (code, Place("x.md", 4))
        assert problem.message == f"page 1: the picture has {message}"
        assert hint in problem.hint


def test_each_text_that_runs_over_the_edge_is_reported_once_with_its_line() -> None:
    wide = '<p data-at="x.md:7" style="width: 400pt">' + "many words " * 30 + "</p>"
    quoted = " ".join(["many words"] * 20)[:60].rstrip()
    (found,) = findings(text_of(2) + wide + text_of(2))
    assert found.startswith("x.md:7: overflow: page 1: ")
    assert quoted[:30] in found


def test_a_web_page_does_not_name_its_sources(small: SmallProject) -> None:
    assert small.run("build", "-f", "html", "-o", "x.html").code == 0
    page = small.text("x.html")
    assert "Back pain is common" in page
    assert "data-at" not in page
    assert "en.md" not in page


def test_every_element_that_has_a_place_has_that_of_a_file() -> None:
    project = Project(ROOT)
    library = read_project(project).library
    assert library
    handout, practice = library.handouts[0], library.practices["lakeside-spine-center"]
    pipeline = Pipeline(project, library.references)
    for format_ in formats(library.settings).values():
        composition = pipeline.compose(
            number(select(handout), practice.inserts), practice, Edition(format_, PrintOptions("letter"))
        )
        composed = composition.document
        assert composed
        places = re.findall('data-at="([^"]*)"', composed.html)
        assert [at for at in places if not re.fullmatch("content/[a-z0-9/-]+[.](md|yaml)(:[0-9]+){0,2}", at)] == []
        assert places or composed.file != "pdf"


def test_a_template_that_passes_no_place_is_an_error(small: SmallProject) -> None:
    part = (ROOT / "templates/parts/references.html.j2").read_text(encoding="utf-8")
    small.write("templates/parts/references.html.j2", part.replace("source(from_handout()", "source(from_handout"))
    ran = small.run("build")
    assert (ran.code, "from_handout()" in ran.err, "references.html.j2:3" in ran.err) == (1, True, True), ran.err
