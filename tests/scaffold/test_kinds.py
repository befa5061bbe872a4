"""A new handout of each kind is whole but for its placeholders, all of which `check` finds and a release refuses."""

import datetime as dt
import re
from pathlib import Path
from typing import get_args

import pytest

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.check.registry import GATE
from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.model.edition import list_offered_formats
from handouts.model.project import Project, starter
from handouts.problems.problem import has_errors
from handouts.read.project import read_project
from handouts.scaffold.scaffold import Kind, make_handout, make_project
from support.command import invoke
from support.projects import SmallProject

DAY = dt.date(2028, 2, 29)
TO_DO = {"placeholder", "unfinished"}
UNTIL_IT_IS_WRITTEN = {"draft", "no-sources", "unsourced-treatment", "review-soon"}


@pytest.mark.parametrize("kind", get_args(Kind))
def test_each_placeholder_is_found_and_nothing_else_is_wrong(project: SmallProject, kind: Kind) -> None:
    root = Project(project.root.resolve())
    file, *_ = make_handout(root, "new", DAY, kind)
    written = file.read_text(encoding="utf-8")
    findings = check_project(root, Scope(handouts=("new",)), DAY).open
    assert {problem.code for problem in findings} - UNTIL_IT_IS_WRITTEN == TO_DO
    found = [problem for problem in findings if problem.message.lower().startswith('"[insert')]
    assert len(found) == len(re.findall(r"(?i)\[insert", written)) > 0
    assert sum(problem.code == "unfinished" for problem in findings) == written.count("TODO")
    assert TO_DO <= GATE


@pytest.mark.parametrize("kind", get_args(Kind))
def test_it_is_composed_in_each_format_that_it_is_offered_in(project: SmallProject, kind: Kind) -> None:
    root = Project(project.root.resolve())
    make_handout(root, "new", DAY, kind)
    library = read_project(root).library
    assert library
    new = next(handout for handout in library.handouts if handout.id == "new")
    pipeline = Pipeline(root, library.references)
    for item in plan(library, Request(handouts=("new",), formats=tuple(list_offered_formats(new, library.settings)))):
        composition = pipeline.compose(pipeline.number(item), item.practice, item.edition)
        assert composition.document
        assert not has_errors(composition.problems)


def test_the_starter_is_published_on_the_day_on_which_it_is_made(tmp_path: Path) -> None:
    written = make_project(tmp_path / "new", DAY)
    handouts = [
        path.read_text(encoding="utf-8") for path in written if path.suffix == ".md" and "practices" not in path.parts
    ]
    assert len(handouts) > 1
    assert all("\npublished: 2028-02-29\nreview_due: 2030-02-28\n" in text for text in handouts)
    shipped = [path.relative_to(tmp_path / "new") for path in written]
    assert all(
        (starter() / name).read_bytes() == (tmp_path / "new" / name).read_bytes()
        for name in shipped
        if name.suffix != ".md"
    )


def test_the_command_makes_one(project: SmallProject) -> None:
    ran = invoke(project.root, "new", "handout", "arm", "--kind", "exercises")
    assert ran.out.split() == ["content/handouts/arm/en.md", "content/handouts/arm/picture.svg"]
    assert invoke(project.root, "new", "practice", "north", "--kind", "form").code == 2
