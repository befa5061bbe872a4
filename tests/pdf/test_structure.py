"""What screen readers read: the whole structure of a small handout, made by the real command.

`pytest tests/pdf/test_structure.py --rewrite` writes tests/golden/structure.txt anew: read it before you commit it.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

import pikepdf
import pytest

from support.builds import LAKESIDE
from support.pdf import text
from support.projects import HANDOUT, PRACTICE, SmallProject, small_project
from support.shipped import ROOT
from support.structure import elements, is_element, outline, sequences

GOLDEN: Final = ROOT / "tests" / "golden" / "structure.txt"
LONG: Final = 150
MORE: Final = """\
LBP is common.[@smith2020] The Spanish word is [dolor de *espalda* (LBP)]{lang=es}, and LBP-free means without
pain.[@jones2021] It is `LBP` in code.[@smith2020; @jones2021]

::: icon-array {count=2 of=3}
About 2 of 3 people.[^ages]
:::

::: figure
![A back from the side](back.svg)

Where it hurts.
:::

See [When should I worry?](#worry) or [a page on LBP](https://back.example.org/LBP).

"""
STORY: Final = "\n\nLong ago. " + "It hurt and then it was well again. " * 90 + "That is all.\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A small handout with all that an author can write, built as PDF, web page and plain text."""
    made = small_project(tmp_path_factory.mktemp("structure"))
    made.replace(HANDOUT, "keywords:", "abbreviations:\n  LBP: low back pain\nkeywords:")
    made.replace(HANDOUT, "main_message: Most back pain", "main_message: Most LBP")
    made.replace(HANDOUT, "A bone of the back.", "A bone of the back. It can cause LBP.")
    made.replace(HANDOUT, "## When should I worry?", MORE + "## When should I worry?")
    made.replace(HANDOUT, "- with a fever\n", f"- with a fever\n  1. now\n  2. soon\n{STORY}")
    made.write("content/handouts/back/back.svg", made.text("content/practices/clinic/logo.svg"))
    made.replace(
        PRACTICE, "country: GB\n", "country: GB\ninserts:\n  - {handout: back, section: helps, file: more.md}\n"
    )
    made.write("content/practices/clinic/more.md", "Our clinic treats LBP.\n")
    for form, name in (("handout", "back.pdf"), ("html", "back.html"), ("text", "back.txt")):
        ran = made.run("build", "-f", form, "-o", name)
        assert ran.code == 0, ran.err
    return made


@pytest.fixture(scope="module")
def pdf(project: SmallProject) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(project.root / "back.pdf") as opened:
        yield opened


def test_screen_readers_get_the_whole_structure_of_a_small_handout(
    pdf: pikepdf.Pdf, pytestconfig: pytest.Config
) -> None:
    structure = "\n".join(
        [*document(pdf), "", *map(shortened, outline(pdf)), "", *bookmarks(pdf), "", *artifacts(pdf), ""]
    )
    if pytestconfig.getoption("--rewrite"):
        GOLDEN.write_text(structure, encoding="utf-8")
    assert structure == GOLDEN.read_text(encoding="utf-8"), "run: pytest tests/pdf/test_structure.py --rewrite"


def test_a_paragraph_that_goes_on_over_the_page_is_one(pdf: pikepdf.Pdf) -> None:
    marks = [
        {kid.Pg.objgen for kid in element.K if isinstance(kid, pikepdf.Dictionary)}
        for element in elements(pdf)
        if element.S == "/P" and not any(map(is_element, element.K))
    ]
    on_two_pages = [pages for pages in marks if pages]  # marks on the page of the element itself are bare numbers
    assert len(on_two_pages) == 1


def test_long_forms_are_in_web_pages_too_but_not_in_code_links_and_plain_text(project: SmallProject) -> None:
    page, words = project.text("back.html"), project.text("back.txt").replace("\N{NO-BREAK SPACE}", " ")
    assert '<abbr title="low back pain">LBP</abbr> is common.' in page
    assert '<span lang="es">dolor de <em>espalda</em> (LBP)</span>' in page
    assert 'href="https://back.example.org/LBP">a page on <abbr title="low back pain">LBP</abbr></a>' in page
    assert "<code>LBP</code>" in page
    assert 'Our clinic treats <abbr title="low back pain">LBP</abbr>.' in page
    assert (
        "LBP is common. [1] The Spanish word is dolor de espalda (LBP), and LBP-free means without pain. [2]" in words
    )
    assert "low back pain" not in words
    assert "low back pain" not in text(project.root / "back.pdf")


def test_a_leaflet_is_read_in_the_order_of_unfolding(shipped_color: Path) -> None:
    with pikepdf.open(shipped_color / LAKESIDE / "spinal-fracture.sections-1-3.en.trifold.pdf") as leaflet:
        sides = {page.obj.objgen: number for number, page in enumerate(leaflet.pages, start=1)}
        placed = [(sides[element.Pg.objgen], line) for element, line in headings(leaflet)]
        ticks = [kind for page in leaflet.pages for kind in stroked(page)]
    # Cover, flap and back are on the outside of the sheet, in this order: flap, back, cover.
    assert [(side, [line for _, line in lines]) for side, lines in groupby(placed, key=lambda one: one[0])] == [
        (1, ["Spinal fracture and balloon kyphoplasty", "The main point", "What you can do now"]),
        (
            2,
            [
                "Spinal fracture",
                "1 Could my back pain be a spinal fracture?",
                "When to see a doctor",
                "3 What is my risk of a spinal fracture?",
                "What raises your risk",
                "What can happen over time",
                "References",
            ],
        ),
        (1, ["How to reach us", "Lakeside Spine Center", "Opening hours", "Read more"]),
    ]
    assert ticks.count("/Artifact") == 8


def document(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Return the metadata of a file: of its information dictionary, and of its XMP packet."""
    with pdf.open_metadata() as metadata:
        pairs = {
            "Title": metadata["dc:title"],
            "Author": ", ".join(metadata["dc:creator"]),
            "Subject": metadata["dc:description"],
            "Keywords": metadata["pdf:Keywords"],
        }
    for name, said in pairs.items():
        assert str(pdf.docinfo[f"/{name}"]) == said
        yield f"{name}: {said}"
    yield f"Language: {pdf.Root.Lang}"


def shortened(line: str) -> str:
    return line if len(line) <= LONG else f"{line[: LONG // 2].rstrip()} ... {line[-LONG // 2 :].lstrip()}"


def bookmarks(pdf: pikepdf.Pdf) -> list[str]:
    def lines(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[str]:
        for item in items:
            yield f"{'  ' * depth}{item.title}"
            yield from lines(item.children, depth + 1)

    with pdf.open_outline() as found:
        return ["Bookmarks", *lines(found.root, 1)]


def artifacts(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Return the text that screen readers skip."""
    for number, page in enumerate(pdf.pages, start=1):
        said = [" ".join(words.split()) for kind, words in sequences(page.obj) if isinstance(kind, str)]
        # The code is another one after each change of a template.
        together = re.sub("Print code [|] [A-Z0-9-]+", "Print code | ...", " | ".join(filter(None, said)))
        yield f"Artifacts of page {number}: {together}"


def headings(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, str]]:
    """Return each heading, first level to last, with its text."""
    lines = (line.strip() for line in outline(pdf))
    titles = [line.partition(" ")[2].strip('"') for line in lines if line[:1] == "H" and line[1:2].isdigit()]
    found = [element for element in elements(pdf) if str(element.S)[1:2] == "H"]
    yield from zip(found, titles, strict=True)


def stroked(page: pikepdf.Page) -> Iterator[str]:
    """Return for each line that is drawn from edge to edge of a page's content what kind of content it stands in."""
    opened: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            opened.append(str(instruction.operands[0]))
        elif operator == "EMC":
            opened.pop()
        elif operator == "S":
            yield opened[0]
