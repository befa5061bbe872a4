"""Numbers of translations are compared with those of their originals, in all parts, however they are written."""

import pytest

from support.checks import find_problems
from support.projects import HANDOUT, SmallProject

SPANISH = "content/handouts/back/es.md"
TEXT = "Take 2.5 mg at 2:30 pm, at most 1,000 mg in 24 hours. Call (616) 555-0134."


def find_differences(project: SmallProject, old: str, new: str, original: str = TEXT) -> list[tuple[str, str]]:
    """Return file and message of each finding, of a translation in which one text is another."""
    project.replace(HANDOUT, "- with a fever", f"- {original}")
    english = project.text(HANDOUT)
    assert old in english
    project.write(SPANISH, english.replace(old, new))
    found = [problem for problem in find_problems(project) if problem.code == "other-numbers"]
    return [(problem.place.file if problem.place else "", problem.message) for problem in found]


@pytest.mark.parametrize(
    ("old", "new", "differences"),
    [
        ("2.5 mg", "25 mg", '"25" added, "2.5" missing'),
        ("555-0134", "555-0143", '"0143" added, "0134" missing'),
        ("at most 1,000 mg", "at most 1,0 mg", '"1.0" added, "1000" missing'),
        (" in 24 hours", "", '"24" missing'),
        ("Keep moving.", "Keep moving for 20 minutes.", '"20" added'),
        ("Talk to your doctor before", "Talk to 1 of 2 doctors before", '"1", "2" added'),
        ("## When should I worry?", "## When should 3 worry?", '"3" added'),
    ],
)
def test_a_number_that_differs_is_reported(project: SmallProject, old: str, new: str, differences: str) -> None:
    message = f"the numbers are not those of {HANDOUT}: {differences}"
    assert find_differences(project, old, new) == [(SPANISH, message)]


@pytest.mark.parametrize(
    "translated",
    [
        TEXT,
        "Llame al (616) 555-0134. Tome 2,5 mg a las 14:30, como máximo 1.000 mg en 24 horas.",
        "\u0661,\u0660\u0660\u0660 \u0662.\u0665 2:30 24 (616) 555-0134",
    ],
)
def test_the_same_numbers_in_another_form_are_fine(project: SmallProject, translated: str) -> None:
    assert find_differences(project, TEXT, translated) == []
