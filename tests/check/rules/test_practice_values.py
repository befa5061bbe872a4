"""Fields that a practice has no value for are found by `check`, and lists show no braces."""

import datetime as dt
import json

import pytest

from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.model.project import Project
from handouts.problems.problem import Problem
from support.command import invoke
from support.projects import HANDOUT, PRACTICE, SmallProject

OTHER = "content/practices/other/practice.yaml"
TODAY = dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def second_practice(project: SmallProject) -> None:
    """Add a practice that lacks the field that the handout has, and one in another language."""
    text = project.text(PRACTICE).replace("logo.svg", "../clinic/logo.svg")
    project.write(OTHER, text.replace("Harbor Clinic", "Hill Clinic"))
    project.write("content/practices/tercera/practice.yaml", f"{text}language: es\n")
    project.write(PRACTICE, f"{project.text(PRACTICE)}fields:\n  parking: Lot B\n")
    project.replace(HANDOUT, "title: Back pain", 'title: "Back pain at {{ practice.name }}"')
    project.replace(HANDOUT, "- after a fall", "- after a fall; park in {{ practice.fields.parking }}")


def find_missing(project: SmallProject, scope: Scope) -> list[Problem]:
    findings = check_project(Project(project.root.resolve()), scope, TODAY)
    return [problem for problem in findings.open if problem.code == "missing-value"]


@pytest.mark.parametrize("scope", [Scope(), Scope(handouts=("back",)), Scope(practices=("other",))])
def test_a_missing_value_is_found_for_each_practice_of_the_language(project: SmallProject, scope: Scope) -> None:
    (problem,) = find_missing(project, scope)
    assert problem.place == project.place(HANDOUT, "{{ practice.fields.parking")
    assert problem.message == 'the practice "other" has no "practice.fields.parking"'


def test_a_practice_with_a_value_has_no_problem(project: SmallProject) -> None:
    assert find_missing(project, Scope(practices=("clinic",))) == []


def test_lists_show_the_values_that_all_practices_share(project: SmallProject) -> None:
    (row,) = json.loads(invoke(project.root, "list", "--json").out)
    assert row["title"] == "Back pain at [practice.name]"
    for name in ("other", "tercera"):
        project.write(
            f"content/practices/{name}/practice.yaml", project.text(PRACTICE).replace("logo.svg", "../clinic/logo.svg")
        )
    (row,) = json.loads(invoke(project.root, "list", "--json").out)
    assert row["title"] == "Back pain at Harbor Clinic"
