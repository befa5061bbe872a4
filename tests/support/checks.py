"""Checks of a small project, as of a fixed day."""

import datetime as dt

from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.model.project import Project
from handouts.problems.problem import Problem
from support.projects import HANDOUT, SmallProject

DAY = dt.date(2026, 6, 1)


def find_problems(project: SmallProject) -> tuple[Problem, ...]:
    """Return all open findings."""
    return check_project(Project(project.root), Scope(), DAY).open


def find_codes(project: SmallProject) -> list[str]:
    """Return the codes of all open findings, except that the handout is a draft."""
    return [problem.code for problem in find_problems(project) if problem.code != "draft"]


def find_codes_in_text(project: SmallProject, text: str) -> list[str]:
    """Return the codes that are found with a text in the handout, in place of a list."""
    project.replace(HANDOUT, "- after a fall\n- with a fever", text)
    return find_codes(project)
