"""The sheets of PEMAT-P and the CDC Clear Communication Index: items that are answered, and those left to people."""

import re
from dataclasses import replace

import pytest
from lxml import html
from markdown_it import MarkdownIt

from handouts.check.pemat.sheets import write_pemat_sheets
from handouts.check.plain_language.plain_language import check_plain_language
from handouts.check.plain_language.word_list import read_word_list
from handouts.model.library import Handout
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.schema.plain_language import PlainLanguage
from support.projects import HANDOUT, PRACTICE, SmallProject
from support.shipped import handout

SETTINGS = PlainLanguage()
PEMAT_ITEMS = {*range(1, 13), *range(15, 27)}
INDEX_ITEMS = set(range(1, 21))


def read(project: SmallProject) -> Handout:
    reading = project.read()
    assert reading.library is not None, reading.problems
    (only,) = reading.library.handouts
    return only


def sheets(project: SmallProject) -> tuple[dict[int, str], dict[int, str]]:
    """Return the line of each item of both sheets."""
    only = read(project)
    problems = Problems()
    check_plain_language(only, SETTINGS, read_word_list(Project(project.root), "en", problems), problems)
    return lines_of(write_pemat_sheets(only, problems, SETTINGS))


def lines_of(sheet: str) -> tuple[dict[int, str], dict[int, str]]:
    pemat, index = sheet.split("## CDC Clear Communication Index\n")
    pattern = re.compile(r"^(?:\| (\d+) \||- \*\*(\d+)\.\*\*) .*$", re.MULTILINE)
    first, second = (
        {int(found[1] or found[2]): found.group() for found in pattern.finditer(part)} for part in (pemat, index)
    )
    return first, second


def test_each_item_is_listed_once() -> None:
    sheet = write_pemat_sheets(handout(), [], SETTINGS)
    pemat, index = lines_of(sheet)
    assert set(pemat) == PEMAT_ITEMS
    assert set(index) == INDEX_ITEMS
    assert len(re.findall(r"^(?:\| \d|- )", sheet, re.MULTILINE)) == 44


def test_the_shipped_handout_fails_no_item_that_a_program_can_judge() -> None:
    pemat, index = lines_of(write_pemat_sheets(handout(), [], SETTINGS))
    assert [line for line in pemat.values() if "| Disagree |" in line] == []
    assert [line for line in index.values() if "| No |" in line] == []
    assert "| Agree | 2 pictures, 4 icon arrays; 0 without a caption |" in pemat[17]
    assert "| Agree | a checklist of 6 actions" in pemat[23]
    assert "| Not applicable | no table |" in pemat[19]
    assert "| Yes | 12 lists, the longest of 6 items |" in index[8]
    assert "1 in 4, 2 of 3, 1 in 2" in index[20]


LONG_LIST = "\n".join(f"- item {n}" for n in range(8))
CHANGES: dict[str, tuple[str, str, str, int, str]] = {
    "jargon": ("with a fever", "with a papule", "pemat", 4, "| Disagree | 1 word not explained"),
    "abbreviation": ("with a fever", "with a BMI over 30", "index", 7, "| No | 1 word to replace or explain"),
    "long word": ("with a fever", "immediately", "pemat", 3, "| Disagree | reading grade"),
    "passive": (
        "with a fever",
        "It was made. " + "The bone was mended by them. " * 30,
        "pemat",
        5,
        "| Disagree | 30 of",
    ),
    "passive call": ("Keep moving.", "You are asked to move.", "index", 6, "| No | 1 sentence"),
    "percent": ("with a fever", "with 2.5 % fat", "pemat", 6, "| Disagree | not whole numbers: 2.5 %"),
    "no numbers": ("with a fever", "with a chill", "pemat", 6, "| Not applicable | no numbers"),
    "table without a heading": ("| Way     |", "|         |", "pemat", 19, "| Disagree | 1 table, 1 heading empty"),
    "no actions": ("actions:\n  - Keep moving.\n", "", "pemat", 20, "- **20.**"),
    "indirect": ("Keep moving.", "Patients should move.", "pemat", 21, "1 of 1 action without you"),
    "direct": ("Keep moving.", "Move your legs.", "pemat", 21, "| Agree |"),
    "long list": ("- after a fall", LONG_LIST, "index", 8, "| No | 1 list, the longest of 9 items"),
    "long message": (
        "gets better in",
        "gets better. Wait. Rest. Walk. It takes",
        "index",
        1,
        "| No | the main message has 5",
    ),
    "no picture": ("with a fever", "with a chill", "index", 4, "| No | no picture"),
    "probability": ("with a fever", "as 1 in 10 have", "index", 20, "probabilities: 1 in 10"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_the_text_changes_the_answer(name: str, project: SmallProject) -> None:
    old, new, tool, item, expected = CHANGES[name]
    project.replace(HANDOUT, old, new)
    pemat, index = sheets(project)
    assert expected in (pemat if tool == "pemat" else index)[item]


def test_a_picture_without_a_caption_is_counted(project: SmallProject) -> None:
    project.write("content/handouts/back/spine.svg", project.text(PRACTICE.replace("practice.yaml", "logo.svg")))
    project.replace(HANDOUT, "- after a fall", "![A spine from the side.](spine.svg)\n\n- after a fall")
    assert "| Disagree | 1 picture, 0 icon arrays; 1 without a caption |" in sheets(project)[0][17]
    project.replace(
        HANDOUT,
        "![A spine from the side.](spine.svg)",
        "::: figure\n![A spine from the side.](spine.svg)\n\nYour spine\n:::",
    )
    assert "| Agree | 1 picture, 0 icon arrays; 0 without a caption |" in sheets(project)[0][17]


def test_words_of_other_languages_are_left_to_a_person(project: SmallProject) -> None:
    (project.root / HANDOUT).rename(project.root / HANDOUT.replace("en.md", "es.md"))
    pemat, index = sheets(project)
    assert [number for number in (3, 4, 5, 21) if pemat[number].startswith("- ")] == [3, 4, 5, 21]
    assert [number for number in (6, 7) if index[number].startswith("- ")] == [6, 7]


HOSTILE = "Pain <script>alert(1)</script> | a & b \\ *c* _d_ <b>"


def test_text_of_the_handout_is_escaped(project: SmallProject) -> None:
    # Reading refuses such texts: this is the second line of defense.
    readable = read(project)
    hostile = {"title": HOSTILE, "main_message": f"{HOSTILE} gets better."}
    only = replace(readable, front=readable.front.model_copy(update=hostile))
    page = html.fromstring(write_pemat_sheets(only, [], SETTINGS, "html"))
    assert page.xpath("//script | //b | //em") == []
    assert page.findtext(".//h1") == HOSTILE
    written = MarkdownIt("commonmark", {"html": True}).enable("table").render(write_pemat_sheets(only, [], SETTINGS))
    again = html.fromstring(written)
    assert again.xpath("//script | //b | //em") == []
    assert again.findtext(".//h1") == HOSTILE
    assert {len(row) for row in again.xpath("//tr")} == {4}


def test_markdown_and_html_have_the_same_items() -> None:
    page = html.fromstring(write_pemat_sheets(handout(), [], SETTINGS, "html"))
    pemat, index = lines_of(write_pemat_sheets(handout(), [], SETTINGS))
    asked = [line for line in (*pemat.values(), *index.values()) if line.startswith("- ")]
    rows = page.xpath("//tbody/tr")
    assert len(rows) == 44
    assert len([row for row in rows if "☐" in row.text_content()]) == len(asked)
    assert page.xpath("//*[@src or @onclick] | //link") == []
