"""Wording that hurts, frightens or misleads: found at its place, in English only, and within bounded time."""

import pytest

from handouts.check.plain_language.printed_texts import PrintedText
from handouts.check.wording.check_wording import check_wording
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity
from support.checks import find_problems
from support.growth import assert_linear
from support.projects import HANDOUT, PRACTICE, SmallProject


def find_wording(text: str, language: str = "en") -> list[Problem]:
    problems = Problems()
    check_wording([PrintedText(text, "prose", Place("x", 1))], language, problems)
    return list(problems)


def test_wording_is_found_at_its_place(project: SmallProject) -> None:
    project.replace(HANDOUT, "- with a fever", "- as the **elderly**\n- as she suffers from it")
    found = [problem for problem in find_problems(project) if problem.code in {"person-first", "loaded-word"}]
    assert [(problem.code, problem.place) for problem in found] == [
        ("person-first", project.place(HANDOUT, "the **elderly")),
        ("loaded-word", project.place(HANDOUT, "suffers")),
    ]
    assert {problem.severity for problem in found} == {Severity.WARNING}


def test_wording_is_checked_in_the_profile_of_a_practice(project: SmallProject) -> None:
    project.replace(PRACTICE, "Your pain gets worse.", "You have a fever of 101.")
    assert [problem.place for problem in find_problems(project) if problem.code == "bare-temperature"] == [
        project.place(PRACTICE, "You have a fever")
    ]


def test_other_languages_are_not_checked() -> None:
    assert find_wording("He suffers from it & the elderly do too.", "es") == []


def test_denominators_are_compared_over_all_cells_of_a_table(project: SmallProject) -> None:
    project.replace(
        HANDOUT,
        "| Walking | most people [@jones2021] |",
        "| Rash | 1 in 20 [@jones2021] |\n| Pain | 3 in 1,000 [@jones2021] |\n| Fever | 1 in 10 [@jones2021] |",
    )
    (found,) = (problem for problem in find_problems(project) if problem.code == "mixed-denominators")
    assert found.place == project.place(HANDOUT, "3 in 1,000")
    assert found.message == '"3 in 1,000" and "1 in 20" cannot be compared'


def test_a_severity_of_the_settings_is_applied(project: SmallProject) -> None:
    project.replace(HANDOUT, "- with a fever", "- as the elderly")
    project.write("handouts.yaml", "language: en\nchecks: {severities: {person-first: off}}\n")
    assert [problem for problem in find_problems(project) if problem.code == "person-first"] == []


HOSTILE = {
    "digits": "1,",
    "letters": "a",
    "brackets": "(a",
    "percentages": "50% risk ",
    "pronouns": "doctor he ",
    "negatives": "not unless ",
    "fever": " of",
    "dates": "1/2/",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    piece = HOSTILE[name]
    assert_linear(lambda size: find_wording("fever" + piece * (size // len(piece))), 5_000)
