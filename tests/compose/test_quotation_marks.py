"""Quotation marks in what is printed: curled over all markup, and never in code, addresses or doses."""

# ruff: noqa: RUF001 - the marks are what is tested

import re

import pytest

from handouts.build.typeset import typeset
from handouts.pdf.layout.lay_out import lay_out
from handouts.problems.problem import Severity
from support.composed import composed_as
from support.projects import HANDOUT, SmallProject

TYPED = """- "Take **it** now," don't *"wait"*, and say '[here](https://example.org/it's)'.
- He is 5' 6" tall; type `it's "5"`.
- The word ["sí"]{lang=es} isn't *`"x"`*.
"""


@pytest.fixture
def typed(small: SmallProject) -> SmallProject:
    small.replace(HANDOUT, "- after a fall\n", TYPED)
    front = small.text(HANDOUT)
    disclaimer = re.search(r"^disclaimer: .*$", front, re.MULTILINE)
    assert disclaimer
    small.replace(HANDOUT, disclaimer[0], 'disclaimer: "It isn\'t \\"advice\\"."')
    return small


def test_marks_are_curled_across_markup(typed: SmallProject) -> None:
    html = composed_as(typed, "handout").html
    text = re.sub(r"<[^>]*>", "", html).replace("&nbsp;", " ").replace("&#39;", "'").replace("&#34;", '"')
    assert "“Take it now,” don’t “wait”, and say ‘here’." in text
    assert 'He is 5\' 6" tall; type it\'s "5".' in text.replace("\u00a0", " ").replace("&quot;", '"')
    assert "The word “sí” isn’t" in text
    assert 'href="https://example.org/it\'s"' in html or "it%27s" in html or "it&#39;s" in html


def test_texts_that_are_required_are_found_on_pages_with_their_marks_curled(typed: SmallProject) -> None:
    problems = lay_out(composed_as(typed, "handout")).problems
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []


@pytest.mark.parametrize("form", ["html", "text"])
def test_texts_that_are_required_are_found_in_files_with_their_marks_curled(typed: SmallProject, form: str) -> None:
    made = typeset(composed_as(typed, form))
    assert [problem for problem in made.problems if problem.severity is Severity.ERROR] == []
    if form == "text":
        assert "It isn’t “advice”." in made.content.decode()
