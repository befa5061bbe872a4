"""Templates that would take very long or very much memory: each ends soon, as one error at its line."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment

from handouts.compose.project_files import ProjectFiles
from handouts.compose.sandbox import TemplateEnvironment
from handouts.compose.template_functions import TemplateFunction
from handouts.compose.templates import Templates
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place

DOUBLE_A = "{% set a = 'x' %}"
LISTS = "{% set a = [1] %}{% set b = [1] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 60
TUPLES = "{% set a = 1 %}{% set b = 1 %}" + "{% set a = (a, a) %}{% set b = (b, b) %}" * 60
TOO_MUCH = "20,000,000 characters"
HOSTILE = {
    "a repeated text": ("{{ 'a' * 3000000000 }}", "numbers of usual sizes"),
    "a padded text": ("{{ '%3000000000d' % 1 }}", "numbers of usual sizes"),
    "a power": ("{{ 9 ** 99999 }}", "numbers of usual sizes"),
    "doubled by ~": (DOUBLE_A + "{% set a = a ~ a %}" * 60, TOO_MUCH),
    "doubled by +": (DOUBLE_A + "{% set a = a + a %}" * 60, TOO_MUCH),
    "doubled by a block": (DOUBLE_A + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60, TOO_MUCH),
    "grown by replace": (DOUBLE_A + "{% set a = a | replace('x', 'xxxxxxxxxx') %}" * 60, TOO_MUCH),
    "one replace": ("{% set a = range(5000) | join %}{{ a | replace('', a) }}", TOO_MUCH),
    "grown by join": ("{% set a = range(9999) | join %}{{ range(99999) | join(a) }}", TOO_MUCH),
    "grown by fill": ("{% set a = range(9999) | join('{x}') %}{{ a | fill(x=a) }}", TOO_MUCH),
    "lists in lists, compared": (LISTS + "{{ a == b }}", TOO_MUCH),
    "lists in lists, searched": (LISTS + "{{ a in [b] }}", TOO_MUCH),
    "tuples in tuples": (TUPLES + "{{ a == b }}", TOO_MUCH),
    "dictionaries in dictionaries": (
        "{% set a = 1 %}{% set b = 1 %}" + "{% set a = {1: a, 2: a} %}" * 60 + "{{ a == b }}",
        TOO_MUCH,
    ),
    "a growing macro": ("{% macro m(x) %}{{ m(x ~ x) }}{% endmacro %}{{ m('a') }}", TOO_MUCH),
    "a macro in itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
    "loops in loops": ("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", "200,000 times"),
    "many slices": ("{{ [1] | slice(3000000000) | list | length }}", "no number above"),
    "a large batch": ("{{ [1] | batch(3000000000, 1) | list | length }}", "no number above"),
    "a sum of lists": ("{{ range(99999) | batch(1) | sum(start=[]) | length }}", "at most 1,000 lists"),
    "a long text for a function": ("{{ write(range(99999) | join) }}", "200,000 characters"),
    "many braces": ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "recursion"),
}


@pytest.fixture(scope="module")
def templates_of(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("limits")
    (folder / "templates").mkdir()
    return folder


def fill(folder: Path, text: str, timeout: float = 60) -> tuple[str | None, Problems]:
    (folder / "templates/own.html.j2").write_text(text, encoding="utf-8")
    problems = Problems()
    functions = {"write": TemplateFunction("write", str)}
    return Templates(ProjectFiles(Project(folder)), timeout).fill("own.html.j2", functions, {}, problems), problems


@pytest.mark.parametrize(("text", "detail"), HOSTILE.values(), ids=HOSTILE)
def test_a_template_that_computes_too_much_is_one_error(templates_of: Path, text: str, detail: str) -> None:
    filled, problems = fill(templates_of, f"\n{text}")
    [problem] = problems
    assert (filled, problem.code) == (None, "bad-template")
    assert problem.place
    assert problem.place.file == "templates/own.html.j2"
    assert detail in problem.message


def test_a_template_that_takes_too_long_is_stopped_at_its_line(templates_of: Path) -> None:
    loop = "{% for a in range(99999) %}\n{% set b = range(99999) | max %}\n{% endfor %}"
    _, problems = fill(templates_of, loop, timeout=0.2)  # without the limit, it computes for an hour
    [problem] = problems
    assert problem.message == "it takes more than 0.2 seconds"
    assert problem.place in {Place("templates/own.html.j2", line) for line in (1, 2)}  # both loop


STEPS = ("a ~ a", "a + a", "[a, a]", "(a, a)", "{1: a}", "a | list", "a | join")


@given(st.lists(st.sampled_from(STEPS), max_size=8))
def test_counting_changes_no_value(steps: list[str]) -> None:
    text = "{% set a = 'x' %}" + "".join(f"{{% set a = {step} %}}" for step in steps) + "{{ see(a) }}"
    seen: list[object] = []

    def see(value: object) -> str:
        seen.append(value)
        return ""

    loader = DictLoader({"a": text})
    ours = TemplateEnvironment(loader)
    for environment in (ours, Environment(loader=loader, autoescape=True)):
        environment.globals["see"] = TemplateFunction("see", see)
        with contextlib.suppress(TypeError):  # two dictionaries cannot be added
            environment.get_template("a").render()
    assert seen in ([], seen[:1] * 2)
