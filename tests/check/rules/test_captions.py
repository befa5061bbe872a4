"""Captions that repeat the sentence before them."""

import pytest

from support.checks import find_codes_in_text, find_problems
from support.projects import HANDOUT, SmallProject

ICONS = "::: icon-array {count=1 of=4}\n"


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        ("Back pain comes to about 1 in 4 people of your age. It goes.", "About 1 in 4 people of your age"),
        ("It goes. About 1 in 4 people are ill.", "About 1 in 4 **people** are ill."),
        ("About 1 in 4 people\nare ill.", "It is common. About 1 in 4 people are ill."),
    ],
)
def test_a_repeated_sentence_is_reported(project: SmallProject, before: str, caption: str) -> None:
    assert "repeated-caption" in find_codes_in_text(project, f"{before}\n\n{ICONS}{caption}\n:::\n")


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        ("Back pain is common.", "About 1 in 4 people of your age"),
        ("About 1 in 4 women are ill, and about 1 in 5 men.", "In this group"),
        ("Of all people who are ill, few are 4 years old.", "About 1 in 4 people are ill."),
    ],
)
def test_another_sentence_is_not_reported(project: SmallProject, before: str, caption: str) -> None:
    assert "repeated-caption" not in find_codes_in_text(project, f"{before}\n\n{ICONS}{caption}\n:::\n")


def test_the_second_of_two_icon_arrays_is_compared_with_the_paragraph_before_both(project: SmallProject) -> None:
    fact = "About 1 in 4 people are ill."
    text = f"{fact}\n\n{ICONS}Others are well here.\n:::\n\n{ICONS}{fact}\n:::\n"
    project.replace(HANDOUT, "- after a fall\n- with a fever", text)
    (problem,) = [problem for problem in find_problems(project) if problem.code == "repeated-caption"]
    assert problem.message == 'the caption repeats the sentence before it: "About 1 in 4 people are ill."'
    lines = (project.root / HANDOUT).read_text(encoding="utf-8").splitlines()
    last = max(number for number, line in enumerate(lines, start=1) if line.startswith("About 1 in 4"))
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (last, 1)
