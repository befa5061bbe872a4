"""A handout is built, listed and offered in the formats that its front matter names."""

import json
from pathlib import PurePosixPath

import pytest

from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.numbering.select import UnknownNameError
from support.command import invoke
from support.projects import HANDOUT, SETTINGS, Mistake, SmallProject

SECOND = "content/handouts/neck/en.md"


@pytest.fixture(autouse=True)
def two_handouts(project: SmallProject) -> None:
    """Add a handout that is offered in two formats, beside one that is offered in all."""
    text = project.text(HANDOUT).replace("code: HO-1", "code: HO-2\nformats: [one-page, text]")
    project.write(SECOND, text)


def plan_paths(project: SmallProject, request: Request) -> list[str]:
    library = project.read().library
    assert library
    return [PurePosixPath(item.path).name for item in plan(library, request)]


def test_without_a_format_each_handout_has_its_usual_one(project: SmallProject) -> None:
    assert plan_paths(project, Request()) == ["back.en.handout.pdf", "neck.en.one-page.pdf"]


def test_a_format_is_planned_for_the_handouts_that_are_offered_in_it(project: SmallProject) -> None:
    assert plan_paths(project, Request(formats=("trifold", "text"))) == [
        *("back.en.trifold.pdf", "back.en.txt"),
        "neck.en.txt",
    ]
    assert plan_paths(project, Request(handouts=("n*",), formats=("trifold", "text"))) == ["neck.en.txt"]


def test_a_format_that_a_named_handout_is_not_offered_in_is_an_error(project: SmallProject) -> None:
    with pytest.raises(UnknownNameError) as caught:
        plan_paths(project, Request(handouts=("neck",), formats=("trifold",)))
    assert str(caught.value) == 'neck (en) is not offered in the format "trifold"'
    assert caught.value.hint == "it is offered in: one-page, text, message"


def test_a_set_without_formats_has_the_usual_ones(project: SmallProject) -> None:
    project.write(SETTINGS, "language: en\npaper: a4\nsets:\n  all:\n    - {}\n  texts:\n    - formats: [text, html]\n")
    assert plan_paths(project, Request(set_name="all")) == ["back.en.handout.pdf", "neck.en.one-page.pdf"]
    assert plan_paths(project, Request(set_name="texts")) == ["back.en.txt", "back.en.html", "neck.en.txt"]


def test_the_list_of_handouts_names_the_formats(project: SmallProject) -> None:
    rows = json.loads(invoke(project.root, "list", "--json").out)
    assert [(row["id"], row["formats"]) for row in rows] == [("back", "all"), ("neck", "one-page text")]


def test_an_unknown_format_is_an_error(project: SmallProject) -> None:
    mistake = Mistake(
        "[one-page, text]",
        "[one-page, texts]",
        "unknown-handout-format",
        "texts]",
        'no format "texts"',
        'did you mean "text"?',
    )
    project.check_mistake(SECOND, mistake)
