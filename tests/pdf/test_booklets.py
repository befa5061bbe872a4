"""Booklets of half pages: what comes off the stapler is a whole number of sheets and reads in order."""

import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from handouts.model.document import Makeup
from handouts.model.print_options import PrintOptions
from handouts.pdf.layout.lay_out import lay_out
from support.command import copy_of_shipped, run
from support.composed import composed_as
from support.pdf import Word, internal_links, pages, sizes, words
from support.projects import small_project

MM = 72 / 25.4
LETTER, A4 = "lakeside-spine-center", "northgate-family-practice"
WHOLE, PART = "spinal-fracture.en.booklet", "spinal-fracture.sections-1-3.en.booklet"
HALVES = {LETTER: (5.5 * 72, 8.5 * 72), A4: (148 * MM, 210 * MM)}
SHEETS = {LETTER: (11 * 72, 8.5 * 72), A4: (297 * MM, 210 * MM)}
PRINTS = [(LETTER, WHOLE), (A4, PART)]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, shipped_color: Path, shipped_otherwise: Path) -> Path:
    """The outputs of the shipped project, with a whole booklet and one in part, as sheets and as single pages."""
    folder = copy_of_shipped(tmp_path_factory.mktemp("booklets"))
    for single in ((), ("--no-impose",)):
        ran = run(folder, "build", "-f", "booklet", "-p", A4, "-s", "leaflet", *single)
        assert ran.code == 0, ran.err
    made = folder / "output"
    (made / LETTER).mkdir()
    for file in (shipped_color / LETTER / f"{WHOLE}.pdf", shipped_otherwise / LETTER / f"{WHOLE}-single.pdf"):
        shutil.copy(file, made / LETTER)
    return made


def printed(project: Path, practice: str, name: str) -> tuple[Path, Path]:
    """Return the booklet as sheets and as single pages."""
    folder = project / practice
    return folder / f"{name}.pdf", folder / f"{name}-single.pdf"


def page_texts(found: list[Word]) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {}
    for word in found:
        texts.setdefault(word.page, []).append(word.text)
    return texts


@pytest.mark.parametrize(("practice", "name"), PRINTS)
def test_a_booklet_is_a_whole_number_of_sheets(project: Path, practice: str, name: str) -> None:
    sheets, single = printed(project, practice, name)
    with pikepdf.open(sheets) as imposed, pikepdf.open(single) as pdf:
        assert len(pdf.pages) % 4 == 0
        assert len(imposed.pages) == len(pdf.pages) / 2
    assert list(sizes(sheets)) == [pytest.approx(SHEETS[practice])]
    assert list(sizes(single)) == [pytest.approx(HALVES[practice])]


@pytest.mark.parametrize(("practice", "name"), PRINTS)
def test_pages_to_write_on_stand_before_the_back_cover_only(project: Path, practice: str, name: str) -> None:
    _, single = printed(project, practice, name)
    texts = [" ".join(text) for _, text in sorted(page_texts(words(single)).items())]
    assert len(texts) == len(pages(single))
    assert texts[0].startswith("Spinal fracture and balloon kyphoplasty")
    assert texts[-1].startswith("How to reach us")
    notes = [number for number, text in enumerate(texts) if text.startswith("Your notes")]
    assert len(notes) <= 3
    assert notes == list(range(len(texts) - 1 - len(notes), len(texts) - 1))
    assert sum("How to reach us" in text for text in texts) == 1
    # There is no need of a sheet more.
    assert (len(texts) - len(notes) + 3) // 4 * 4 == len(texts)


@pytest.mark.parametrize(("practice", "name"), PRINTS)
def test_page_numbers_run_on(project: Path, practice: str, name: str) -> None:
    _, single = printed(project, practice, name)
    texts = [" ".join(text) for _, text in sorted(page_texts(words(single)).items())]
    for number, text in enumerate(texts[1:], start=2):
        assert f"Page {number} of {len(texts)}" in text
    assert "Page" not in texts[0]


@pytest.mark.parametrize(("practice", "name"), PRINTS)
def test_the_sheets_hold_the_single_pages_two_on_a_side(project: Path, practice: str, name: str) -> None:
    sheets, single = printed(project, practice, name)
    by_page: dict[int, list[Word]] = {}
    for word in words(single):
        by_page.setdefault(word.page, []).append(word)
    last = len(by_page) - 1
    spine = SHEETS[practice][0] / 2
    width = HALVES[practice][0]
    found = words(sheets)
    assert {word.page for word in found} == set(range((last + 1) // 2))
    for side in range((last + 1) // 2):
        pair = (last - side, side) if side % 2 == 0 else (side, last - side)
        for page, corner in zip(pair, (spine - width, spine), strict=True):
            there = {
                (word.text, round(word.left - corner, 0), round(word.top, 0))
                for word in found
                if word.page == side and (word.left < spine) == (corner < spine - 1)
            }
            assert there == {(word.text, round(word.left, 0), round(word.top, 0)) for word in by_page[page]}


@pytest.mark.parametrize(("practice", "name"), PRINTS)
def test_there_is_more_white_towards_the_fold_and_enough_at_all_edges(project: Path, practice: str, name: str) -> None:
    _, single = printed(project, practice, name)
    width, height = HALVES[practice]
    found = words(single)
    for number in range(max(word.page for word in found) + 1):
        there = [word for word in found if word.page == number]
        left = min(word.left for word in there) / MM
        right = (width - max(word.right for word in there)) / MM
        gutter, outer = (left, right) if number % 2 == 0 else (right, left)
        assert gutter > 15.7
        assert outer > 12.7
        assert min(word.top for word in there) > 0.25 * 72
        assert max(word.bottom for word in there) < height - 0.25 * 72
        if number % 2 == 0:
            assert gutter == pytest.approx(16, abs=0.3)


@pytest.mark.parametrize(("practice", "name"), PRINTS)
def test_type_can_be_read(project: Path, practice: str, name: str) -> None:
    found: dict[float, set[str]] = {}
    for word in words(printed(project, practice, name)[1]):
        if not set(word.text) <= set("0123456789,-*†"):  # numbers of references are raised
            found.setdefault(round(word.size, 1), set()).add(word.text)
    assert min(found) >= 9
    assert {"fracture", "doctor"} <= found[11.0]
    assert "Silverman" in found[9.5]


def test_links_lead_on_the_sheet_to_what_they_name(project: Path) -> None:
    sheets, _ = printed(project, LETTER, WHOLE)
    assert len(internal_links(sheets)) > 10
    found = words(sheets)
    with pikepdf.open(sheets) as pdf:
        side_of = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        height = float(pdf.pages[0].mediabox[3])
        names = pdf.Root.Names.Dests.Names
        targets = {str(names[index]): names[index + 1] for index in range(0, len(names), 2)}
        for name, first in (("reference-2", "Silverman"), ("reference-5", "Ledlie"), ("reference-7", "Gaitanis")):
            page, _, x, y, _ = targets[name]
            (word,) = [word for word in found if word.text == first]
            assert side_of[page.objgen] == word.page
            assert 0 <= word.left - float(x) < 30
            assert abs(word.top - height + float(y)) < 15


def test_a_text_that_is_too_short_for_a_booklet_is_reported(tmp_path: Path) -> None:
    small = small_project(tmp_path)
    for css, count in (("", 4), (".glossary, .references, .questions-to-ask { display: none }", 3)):
        composed = composed_as(small, "booklet", css)
        pages = lay_out(replace(composed, makeup=Makeup("saddle-stitch", PrintOptions("letter", "color"))))
        messages = [problem.message for problem in pages.problems if problem.code == "short-booklet"]
        assert messages == (["the booklet has 3 pages, of which two are its covers"] if count == 3 else [])
