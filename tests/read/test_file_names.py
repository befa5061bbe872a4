"""File names: two different outputs never have the same one, whatever a project names its formats."""

from dataclasses import replace

import pytest

from handouts.build.plan.plan import CollisionError, plan
from handouts.build.plan.request import Request
from handouts.problems.problem import Place
from support.projects import HANDOUT, SETTINGS, SmallProject


@pytest.mark.parametrize("word", ["letter", "a4", "color", "black", "press", "single", "unmarked", "fit"])
def test_a_format_cannot_be_named_like_an_option_of_a_print(project: SmallProject, word: str) -> None:
    project.write(SETTINGS, f"formats:\n  handout-{word}: {{title: Mine}}\n")
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("reserved-name", project.place(SETTINGS, "handout-"))
    assert f'"-{word}" in a file name says how it is printed' in problem.message
    project.write(SETTINGS, f"formats:\n  {word}-sheet: {{title: Mine}}\n  black: {{title: Mine}}\n")
    assert project.problems() == ()


def test_outputs_of_a_set_with_other_inks_are_all_built(project: SmallProject) -> None:
    project.write(SETTINGS, "formats:\n  own: {title: Mine}\nsets:\n  all: [{formats: [handout]}, {ink: black}]\n")
    library = project.read().library
    assert library
    assert len({item.path for item in plan(library, Request(set_name="all"))}) == 2


def test_formats_of_another_kind_of_file_have_file_names_of_their_own(project: SmallProject) -> None:
    project.write(SETTINGS, "formats:\n  html: {title: A, file: pdf}\n  text: {title: B, file: html}\n")
    library = project.read().library
    assert library
    names = [item.name for item in plan(library, Request(formats=("html", "text", "handout")))]
    assert names == ["back.en.html.pdf", "back.en.text.html", "back.en.handout.pdf"]


def test_languages_that_differ_only_in_case_are_refused(project: SmallProject) -> None:
    project.write("content/handouts/back/pt-BR.md", project.text(HANDOUT))
    assert project.problems() == ()
    project.write("content/handouts/back/pt-br.md", project.text(HANDOUT))
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("conflict-copy", Place("content/handouts/back/pt-br.md"))


def test_two_outputs_with_the_same_file_name_are_refused(project: SmallProject) -> None:
    library = project.read().library
    assert library
    (one,) = library.handouts
    both = replace(library, handouts=(replace(one, language="pt-BR"), replace(one, language="pt-br")))
    with pytest.raises(
        CollisionError, match=r"back \(pt-BR\) as text and back \(pt-br\) as text would both be the file"
    ):
        plan(both, Request(formats=("text",)))
