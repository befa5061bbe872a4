"""Comments in Markdown: never printed, and places of the text around them still refer to the file."""

import pytest

from handouts.problems.problem import Place
from handouts.read.markdown.comments import cut_comments
from support.projects import HANDOUT, PRACTICE, SmallProject

TEXTS = {
    "within a line": ("Rest<!-- QQ --> for 5<!-- QQ --> mg.", "Rest for 5 mg."),
    "at the end of a line": ("Rest  <!-- QQ -->\nand walk.", "Rest and walk."),
    "at the start of a line": ("<!-- QQ -->     Rest and walk.", "Rest and walk."),
    "over lines": ("Rest <!-- QQ\nQQ\n\n- QQ\n## QQ\nQQ --> and walk.", "Rest\n\nand walk."),
    "on lines of its own": ("Rest.\n\n<!--\n> QQ\n\n## QQ\n-->\n\nWalk.", "Rest.\n\nWalk."),
    "in a list": ("- Rest <!-- QQ -->\n<!-- QQ -->\n- Walk<!-- QQ\n  QQ --> now", "- Rest\n- Walk now"),
    "in a quotation": ("> Rest <!-- QQ\n> QQ --> and walk.", "| Rest and walk."),
    "in a table": ("| A | B <!-- QQ | QQ --> |\n|---|---|\n| 1 <!-- QQ --> | 2 |", "A: 1\nB: 2"),
    "in a heading": ("### Rest <!-- QQ -->\n\nWalk.", "Rest\nWalk."),
    "in a block": ("::: note\n<!-- QQ -->\nRest.\n<!-- QQ -->\n:::", "Rest."),
    "in a note": ("Rest.[^n]\n\n[^n]: Walk <!-- QQ --> now.", "Rest.†"),
    "in code": ("Rest `a <!-- QQ --> b`.", "Rest a  b."),
    "empty": ("Rest<!----><!--> and<!---> walk.", "Rest and walk."),
    "two in a line": ("Rest <!-- QQ -->and<!-- QQ --> walk.", "Rest and walk."),
    "with a citation": ("Rest.<!-- [@nobody] [^none] ![](none.svg) -->", "Rest."),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_comment_is_not_printed(project: SmallProject, kind: str) -> None:
    written, printed = TEXTS[kind]
    project.replace(HANDOUT, "- after a fall", f"Before.\n\n{written}\n\nAfter.\n\n- after a fall")
    ran = project.run("build", "-f", "text", "-o", "x.txt")
    assert ran.code == 0, ran.err
    text = project.text("x.txt")
    assert "QQ" not in text
    assert "<!" not in text
    lines = text.split("Before.\n\n")[1].split("\n\nAfter.")[0].split("\n")
    assert [line for line in lines if line] == [line.replace("  ", " ") for line in printed.split("\n") if line]


@pytest.mark.parametrize("comment", ["<!-- x -->", "<!-- a\nlong\n\none -->", "<!-- a -->b<!-- c -->"])
@pytest.mark.parametrize(
    "text",
    [
        "Text {} [^none] it",
        "- {} item\n  and [^none]",
        "> {} so\n> [^none]",
        "### {} So [^none]",
        "{} so\n[^none]\nthere",
    ],
)
def test_places_after_a_comment(project: SmallProject, text: str, comment: str) -> None:
    if text.startswith("###") and "\n" in comment:
        text = text.replace("{} ", "")
    project.replace(HANDOUT, "- after a fall", f"{text.replace('{}', comment)}\n\n- after a fall")
    assert [(problem.code, problem.place) for problem in project.problems()] == [
        ("unknown-note", project.place(HANDOUT, "[^none]"))
    ]


def test_place_of_a_word_after_a_comment(project: SmallProject) -> None:
    project.replace(
        HANDOUT, "- after a fall", "Take <!-- so -->it, <!-- or not --> and ask for a QRS.\n\n- after a fall"
    )
    place = project.place(HANDOUT, "QRS")
    assert f"{place}: warning[undefined-abbreviation]" in project.run("check").out


@pytest.mark.parametrize("text", ["Text <!-- open", "- a\n- <!-- open", "Text\n\n<!--\nopen\n->", "> <!-- open --"])
def test_an_unclosed_comment(project: SmallProject, text: str) -> None:
    project.replace(HANDOUT, "- after a fall", f"{text}\n\n- after a fall")
    problems = project.problems()
    assert [(problem.code, problem.place) for problem in problems] == [
        ("open-comment", project.place(HANDOUT, "<!--"))
    ], problems


def test_the_rest_of_a_nested_comment_is_an_error(project: SmallProject) -> None:
    project.replace(HANDOUT, "- after a fall", "<!-- a <!-- b --> c -->\n\n- after a fall")
    end = project.place(HANDOUT, " c -->")
    assert [(problem.code, problem.place) for problem in project.problems()] == [
        ("unknown-markup", Place(HANDOUT, end.line, end.column + 3))
    ]


def test_comments_in_inserts(project: SmallProject) -> None:
    project.replace(PRACTICE, "website", "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite")
    project.write("content/practices/clinic/more.md", "<!-- QQ -->\n\nRing twice.<!-- QQ -->\n")
    ran = project.run("build", "-f", "text", "-o", "x.txt")
    assert ran.code == 0, ran.err
    assert "\nRing twice.\n" in project.text("x.txt")
    assert "QQ" not in project.text("x.txt")


def test_a_handout_of_nothing_but_comments_has_no_text(project: SmallProject) -> None:
    project.replace(HANDOUT, "- after a fall\n- with a fever\n", "<!-- later -->\n")
    assert [problem.code for problem in project.problems()] == ["empty-section"]


@pytest.mark.parametrize("text", ["<!---->\n" * 100_000, "a <!-- b --> " * 100_000, "<!-- b" + "\n" * 100_000 + "-->"])
def test_cutting_many_comments_comes_to_an_end(text: str) -> None:
    assert "<!--" not in cut_comments(text).text
