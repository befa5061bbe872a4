"""`handouts check` fills a project's own templates, so that what a build would refuse is known without its pages."""

from pathlib import Path

import pytest

from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.model.project import Project
from handouts.problems.problem import select_errors
from support.projects import SETTINGS, SmallProject
from support.releases import TODAY, releasable

DISCLAIMER = "templates/parts/disclaimer.html.j2"
FORMAT = "formats: {poster: {title: Poster}}\n"


def find_errors(project: SmallProject) -> list[tuple[str, str]]:
    found = select_errors(check_project(Project(project.root), Scope(), TODAY).open)
    return sorted({(problem.code, problem.place.file if problem.place else "") for problem in found})


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (DISCLAIMER, "<p>{{ handout.disclaimer }}</p>", []),
        (DISCLAIMER, "{% if %}", [("bad-template", DISCLAIMER)]),
        (DISCLAIMER, "{{ handout.disclaimr }}", [("bad-template", DISCLAIMER)]),
        (DISCLAIMER, "{{ ''.__class__ }}", [("bad-template", DISCLAIMER)]),
        (DISCLAIMER, "<!-- {{ handout.disclaimer }} -->", [("left-out", "")]),
        (SETTINGS, FORMAT, [("missing-template-file", "styles/poster.css")]),
    ],
)
def test_templates_are_filled_without_pages(
    tmp_path: Path, file: str, text: str, expected: list[tuple[str, str]]
) -> None:
    project = releasable(tmp_path)
    project.write(file, text)
    assert find_errors(project) == expected
