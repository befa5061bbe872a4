"""A template that is filled for many documents writes what it would for each alone, whatever was kept before."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from handouts.compose import kept_fragments
from handouts.compose.project_files import ProjectFiles
from handouts.compose.shared_values import SharedValues
from handouts.compose.template_functions import Plain, TemplateFunction
from handouts.compose.templates import Templates
from handouts.model.project import Project
from handouts.problems.collector import Problems

# What a template can do with a value, and with the templates behind it.
STATEMENTS = (
    *("{{ a }}", "{{ b }}", "{{ c }}", "{{ f(a) }}", "{{ g(b) }}", "{{ d.text }}", "{{ d['items'] | join }}"),
    *("{{ x is defined }}", "{{ x | default('-') }}", "{{ loop.index if loop is defined }}", "{{ a == b }}"),
    *("{{ m(a) if m is defined }}", "{{ k.m(a) if k is defined }}", "{{ list | join if list is defined }}"),
    *("{% set a = b %}", "{% set a = 'own' %}", "{% set x = c %}", "{% set list = d['items'] | list %}"),
    *("{% if a %}{% set b = a %}{% endif %}", "{% if false %}{{ c }}{% endif %}", "{% set m = d %}"),
    "{% macro m(one) %}{{ one }}{{ b }}{{ c }}{% endmacro %}",
    "{% for a in d['items'] %}{{ a }}{% if loop.first %}{% set b = a %}{% endif %}{{ b }}{% endfor %}",
    "{% for x in d['items'] %}{{ x }}{% endfor %}",
    "{% block part %}{{ a }}{% endblock %}",
)
INCLUDES = (
    "{% include 'NEXT' %}",
    "{% include 'NEXT' %}{% set b = 'changed' %}{% include 'NEXT' %}",
    "{% for a in d['items'] %}{% include 'NEXT' %}{% endfor %}",
    "{% for a in d['items'] %}{{ loop.index }}{% include 'NEXT' %}{% endfor %}",
    "{% for one in range(2) %}{% include 'NEXT' %}{% endfor %}",
    "{% with b = a, x = d['items'] %}{% include 'NEXT' %}{% endwith %}",
    "{% with d = {'text': a, 'items': [b]} %}{% include 'NEXT' %}{% endwith %}",
    "{% set c %}{% include 'NEXT' %}{% endset %}{{ c }}{% include 'NEXT' %}",
    "{% macro n(a) %}{% include 'NEXT' %}{% endmacro %}{{ n(c) }}{{ n(b) }}",
    "{% if a %}{% include 'NEXT' %}{% endif %}",
    "{% import 'NEXT' as k with context %}{% include 'NEXT' %}",
    "{% import 'NEXT' as k %}{{ k }}",
    "{% include 'NEXT' without context %}",
    "{% include ['NEXT', 'other'] %}",
    "{% include 'NEXT' ignore missing %}",
    "{% include 'missing' ignore missing %}",
    "{% filter upper %}{% include 'NEXT' %}{% endfilter %}",
)
NAMES = ("0.html.j2", "1.html.j2", "2.html.j2")
GIVEN: Mapping[str, tuple[Plain | TemplateFunction, ...]] = {
    "a": ("<1>", Markup("<1>"), 1, True, 1.0, "", None),
    "b": ("b", "own"),
    "c": ("c", Markup("<c>")),
    "d": ({"text": "t", "items": ["1", "2"]}, {"text": "t", "items": ["1", "2"]}, {"text": "u", "items": []}),
    "f": (TemplateFunction("f", lambda one: f"f{one}"), TemplateFunction("f", lambda one: f"g{one}")),
    "g": (TemplateFunction("g", lambda one: Markup("<i>{}</i>").format(one)),),
    "x": ("x", ["list"]),
}


@st.composite
def templates(draw: st.DrawFn) -> list[str]:
    """Return templates, of which each can use the one after it."""
    texts = []
    for number, _ in enumerate(NAMES):
        after = [text.replace("NEXT", NAMES[number + 1]) for text in INCLUDES] if number + 1 < len(NAMES) else []
        pieces = draw(st.lists(st.sampled_from([*STATEMENTS, *after * 2]), max_size=7, unique_by=_find_kind))
        texts.append("\n".join(pieces))
    return texts


def _find_kind(piece: str) -> str:
    return "block" if "block part" in piece else piece


def documents() -> st.SearchStrategy[list[dict[str, Plain | TemplateFunction]]]:
    """Return the values of several documents; names can be missing in some."""
    chosen = {name: st.sampled_from(values) for name, values in GIVEN.items()}
    return st.lists(
        st.fixed_dictionaries({name: chosen[name] for name in "abcdfg"}, optional={"x": chosen["x"]}),
        min_size=2,
        max_size=6,
    )


def fill(filler: Templates, values: Mapping[str, Plain | TemplateFunction], *, keep: bool = True) -> tuple[object, ...]:
    used: dict[str, str] = {}
    problems = Problems()
    return filler.fill(NAMES[0], values, used, problems, keep=keep), used, problems.as_tuple()


def start(folder: Path, texts: list[str]) -> Templates:
    (folder / "templates").mkdir(exist_ok=True)
    for name, text in zip(NAMES, texts, strict=False):
        (folder / "templates" / name).write_text(text, encoding="utf-8")
    return Templates(ProjectFiles(Project(folder)), 60)


@given(templates(), documents())
@example(["{% for a in [1, 2] %}{{ loop.index }}{% include '1.html.j2' %}{% endfor %}", "{{ loop.index }}"], [{}])
@example(["{% include '1.html.j2' %}", "{{ a }}"], [{"a": one} for one in (1, True, 1.0, "<1>", Markup("<1>"))])
@example(
    ["{% import '1.html.j2' as k %}{{ k.m() }}", "{% include '2.html.j2' %}{% macro m() %}{% endmacro %}", ""], [{}, {}]
)
@example(
    # A macro uses a name of the template that it stands in, whose value changes between two includes.
    [
        (
            "{% macro m() %}{{ x }}{% endmacro %}{% set x = 1 %}{% include '1.html.j2' %}"
            "{% set x = 2 %}{% include '1.html.j2' %}"
        ),
        "{{ m() }}",
    ],
    [{}, {}],
)
def test_documents_are_the_same_whatever_was_filled_before(
    texts: list[str], values: list[dict[str, Plain | TemplateFunction]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        filler = start(Path(folder), texts)
        for each in values:
            assert fill(filler, each) == fill(filler, each, keep=False)


def test_a_fragment_with_the_same_values_is_not_filled_again(tmp_path: Path) -> None:
    calls: list[object] = []

    def note(value: object) -> str:
        calls.append(value)
        return "noted"

    function, items = TemplateFunction("note", note), ["1"]
    filler = start(
        tmp_path, ["{{ code }}{% include '1.html.j2' %}", "{{ note(items | join) }}{% if false %}{{ code }}{% endif %}"]
    )
    for code in ("A", "B"):
        assert fill(filler, {"note": function, "items": items, "code": code})[0] == f"{code}noted"
    assert calls == ["1"]
    fill(filler, {"note": function, "items": ["1"], "code": "C"})  # an equal list is another one
    assert calls == ["1", "1"]


def test_what_is_typed_for_a_patient_is_not_kept(tmp_path: Path) -> None:
    filler = start(tmp_path, ["{% include '1.html.j2' %}", "{{ note(name) }}"])
    calls: list[str] = []

    def note(name: str) -> str:
        calls.append(name)
        return "noted"

    values: dict[str, Plain | TemplateFunction] = {"note": TemplateFunction("note", note), "name": "typed"}
    for _ in range(2):
        assert filler.fill(NAMES[0], values, {}, Problems(), keep=False) == "noted"
    assert calls == ["typed", "typed"]


def test_a_kept_fragment_costs_what_it_would_if_it_was_filled(tmp_path: Path) -> None:
    loop = "{% for one in range(75000) %}{% endfor %}" * 2 + "done"
    filler = start(tmp_path, ["{% include '1.html.j2' %}{% if twice %}{% include '1.html.j2' %}{% endif %}", loop])
    assert [fill(filler, {"twice": False})[0] for _ in range(2)] == ["done", "done"]
    alone, after = fill(filler, {"twice": True}, keep=False), fill(filler, {"twice": True})
    assert alone == after
    assert "200,000 times" in str(after[2])


def test_a_long_fragment_is_written_whole_and_not_kept(tmp_path: Path) -> None:
    filler = start(tmp_path, ["<{% include '1.html.j2' %}>", "{% for one in range(30) %}{{ text }}{% endfor %}"])
    text = "x" * (kept_fragments.LONGEST_FRAGMENT // 20)
    for _ in range(2):
        assert fill(filler, {"text": text})[0] == f"<{text * 30}>"


def test_equal_values_are_shared_and_others_are_not() -> None:
    values = SharedValues()
    first = values.share([{"a": "1", "b": [1, 2]}])
    assert values.share([{"a": "1", "b": [1, 2]}]) is first
    others: list[Plain] = [
        [{"a": Markup("1"), "b": [1, 2]}],
        [{"a": "1", "b": [True, 2]}],
        [{"a": "1", "b": [1.0, 2]}],
    ]
    for other in others:
        assert values.share(other) is not first
        assert repr(values.share(other)) == repr(other)
    assert values.share([{"b": [1, 2], "a": "1"}]) is not first  # templates loop over keys in their order
