"""Sections and pages that are named by a typed number are found: it is another one in other prints."""

import pytest

from support.checks import find_codes, find_problems
from support.projects import HANDOUT, PRACTICE, SmallProject


@pytest.mark.parametrize(
    "words",
    [
        "See section 4",
        "Rest (page 3)",
        "Read page 2 for more",
        "The signs are in sections 2 and 3",
        "Turn to page two",
        "More is on the next page",
        "Vea la secci\u00f3n 4",
        "Lea la p\u00e1gina 3",
        "Xem ph\u1ea7n 4",
        "\u8bf7\u53c2\u89c1\u7b2c 4 \u9875",
        "\u0627\u0646\u0638\u0631 \u0627\u0644\u0642\u0633\u0645 4",
    ],
)
def test_a_typed_number_is_found(project: SmallProject, words: str) -> None:
    project.replace(HANDOUT, "It is mostly harmless.", f"{words}.")
    (found,) = [problem for problem in find_problems(project) if problem.code == "typed-reference"]
    assert found.place
    assert found.place.line == project.place(HANDOUT, words).line


def test_a_typed_number_in_an_insert_is_found(project: SmallProject) -> None:
    project.write("content/practices/clinic/way.md", "Our hours are on page 1.\n")
    project.replace(PRACTICE, "website:", "inserts:\n  - {handout: back, section: what, file: way.md}\nwebsite:")
    assert "typed-reference" in find_codes(project)


@pytest.mark.parametrize(
    "words",
    [
        "See [what helps](#helps)",
        "See page 4 of your booklet",
        "Ask about Section 8 housing",
        "Section 1557 is a law",
        "Part 2 of your treatment takes 3 days",
        "Sleep on 2 pillows in step 2",
        "Lea la p\u00e1gina 3 de su libro",
    ],
)
def test_numbers_of_other_things_are_fine(project: SmallProject, words: str) -> None:
    project.replace(HANDOUT, "It is mostly harmless.", f"{words}.")
    assert "typed-reference" not in find_codes(project)
