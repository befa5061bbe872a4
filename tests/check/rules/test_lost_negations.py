"""Prohibitions of an original that are none in its translation are found, where they stand."""

import pytest

from support.checks import find_problems
from support.projects import HANDOUT, SmallProject


def find_lost(project: SmallProject, language: str, english: str, translated: str) -> list[tuple[str, int]]:
    """Return file and line of each finding, of a handout in which one item is translated."""
    file = f"content/handouts/back/{language}.md"
    project.replace(HANDOUT, "- with a fever", f"- {english}\n- with a fever")
    project.write(file, project.text(HANDOUT).replace(english, translated))
    found = [problem for problem in find_problems(project) if problem.code == "lost-negation"]
    return [(problem.place.file, problem.place.line) for problem in found if problem.place]


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("es", "No tome ibuprofeno.", "Tome ibuprofeno."),
        ("es-MX", "Evite el ibuprofeno.", "Tome el ibuprofeno."),
        ("vi", "\u0110\u1eebng u\u1ed1ng ibuprofen.", "H\u00e3y u\u1ed1ng ibuprofen."),
        ("zh-Hans", "\u4e0d\u8981\u670d\u7528\u5e03\u6d1b\u82ac\u3002", "\u670d\u7528\u5e03\u6d1b\u82ac\u3002"),
        (
            "ar",
            "\u0644\u0627 \u062a\u062a\u0646\u0627\u0648\u0644 \u0647\u0630\u0627.",
            "\u062a\u0646\u0627\u0648\u0644 \u0647\u0630\u0627.",
        ),
    ],
)
def test_a_lost_negation_is_found(project: SmallProject, language: str, right: str, wrong: str) -> None:
    english = "Rest. Do not take ibuprofen."
    assert find_lost(project, language, english, right) == []
    project.replace(HANDOUT, f"- {english}\n", "")
    found = find_lost(project, language, english, wrong)
    file = f"content/handouts/back/{language}.md"
    assert found == [(file, project.place(file, wrong).line)]


@pytest.mark.parametrize(
    ("language", "english", "translated"),
    [
        ("es", "You may not feel it.", "Puede que sienta poco."),  # which forbids nothing
        ("fr", "Do not drive.", "Conduisez."),  # whose negations are not known
    ],
)
def test_other_texts_are_not_compared(project: SmallProject, language: str, english: str, translated: str) -> None:
    assert find_lost(project, language, english, translated) == []
