"""What a handout on a treatment has to say."""

import re

import pytest

from support.checks import find_codes, find_problems
from support.projects import HANDOUT, SmallProject

TREATMENT = "treatment: {benefits: [helps], risks: [safety], no_treatment: [worry], other_options: [what]}\nkeywords:"


def test_a_complete_treatment_has_no_findings(project: SmallProject) -> None:
    project.replace(HANDOUT, "keywords:", TREATMENT)
    assert find_codes(project) == []


@pytest.mark.parametrize("topic", ["benefits", "risks", "no_treatment", "other_options"])
def test_each_topic_of_a_treatment_is_needed(project: SmallProject, topic: str) -> None:
    project.replace(HANDOUT, "keywords:", re.sub(rf"{topic}: \[\w+\](, )?", "", TREATMENT))
    assert find_codes(project) == ["treatment-incomplete"]


def test_an_empty_topic_of_a_treatment_is_reported_at_its_place(project: SmallProject) -> None:
    lines = "treatment:\n  benefits: [helps]\n  risks: [safety]\n  no_treatment: []\n  other_options: [what]\nkeywords:"
    project.replace(HANDOUT, "keywords:", lines)
    places = {problem.code: problem.place for problem in find_problems(project)}
    assert places["treatment-incomplete"] == project.place(HANDOUT, "[]")


def test_benefits_need_safety_information_in_each_selection(project: SmallProject) -> None:
    project.replace(HANDOUT, "keywords:", TREATMENT.replace("benefits: [helps]", "benefits: [about, helps]"))
    assert find_codes(project) == ["no-safety-block"] * 2
    project.replace(HANDOUT, ' always-with="treatment"', "")
    assert find_codes(project) == []
