"""Warning signs without an action, and prints without the practice's reasons to call."""

import pytest

from handouts.problems.problem import Severity
from support.checks import find_problems
from support.projects import HANDOUT, PRACTICE, SmallProject

SILENT = {
    "a heading": ("## When should I worry?", "## Warning signs"),
    "a line before the list": ("- after a fall", "These are warning signs:\n\n- after a fall"),
    "a block": ("Talk to your doctor before you take medicine.", "### Danger signs\n\n- fever"),
}


@pytest.mark.parametrize("name", SILENT)
def test_warning_signs_without_an_action_are_an_error(name: str, project: SmallProject) -> None:
    project.replace(HANDOUT, "## When should I worry?", "## What else?")
    old, new = SILENT[name]
    project.replace(HANDOUT, old.replace("When should I worry?", "What else?"), new)
    (found,) = (problem for problem in find_problems(project) if problem.code == "warning-without-phone")
    assert found.severity is Severity.ERROR


@pytest.mark.parametrize(
    "text",
    [
        "Call us if you have one.",
        "Go to the emergency room.",
        "Phone 01632 960000.",
        "Get help at once.",
        "Our number: {{ practice.phone }}",
    ],
)
def test_warning_signs_with_an_action_are_fine(text: str, project: SmallProject) -> None:
    project.replace(HANDOUT, "## When should I worry? {#worry}\n", f"## Warning signs {{#worry}}\n\n{text}\n")
    assert "warning-without-phone" not in {problem.code for problem in find_problems(project)}


def test_an_insert_with_warning_signs_needs_an_action(project: SmallProject) -> None:
    project.write("content/practices/clinic/way.md", "### Warning signs\n\n- fever\n")
    project.replace(PRACTICE, "website:", "inserts:\n  - {handout: back, section: what, file: way.md}\nwebsite:")
    assert "warning-without-phone" in {problem.code for problem in find_problems(project)}
