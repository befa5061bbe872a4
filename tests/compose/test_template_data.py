"""Untrusted templates: they get plain data and closed lists of functions, and cannot reach anything else."""

import datetime as dt
import json
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from markupsafe import Markup

from handouts.build.pipeline import Pipeline
from handouts.compose.composer import Composer
from handouts.compose.labels import Labels
from handouts.compose.project_files import ProjectFiles
from handouts.compose.sandbox import TemplateEnvironment
from handouts.compose.template_functions import TemplateFunction, fill, split
from handouts.compose.template_values import build_patient_values, build_template_values
from handouts.compose.templates import Templates
from handouts.compose.written_texts import WrittenTexts
from handouts.model.document import Composed
from handouts.model.edition import Edition, Format, formats
from handouts.model.library import Library
from handouts.model.patient import Patient
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.number import number_for
from handouts.numbering.select import Selection, select
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity
from handouts.schema.template_values import TemplateValues
from support.projects import HANDOUT, PRACTICE, REFERENCES, SmallProject, small_project
from support.shipped import ROOT, library
from support.shipped import handout as shipped_handout

PART = "templates/parts/disclaimer.html.j2"
FUNCTIONS = {"expand", "unbroken", "colon", "source", "from_handout", "from_practice"}
PATIENT = Patient("Ann O'Neil", ("with food", "<b>not</b> at night"))
EVERY_FORMAT = tuple(formats(library().settings).values())


# What a template is given


def things_in(value: object, at: str) -> Iterator[tuple[str, object]]:
    """Yield a value and all values in it, each with its path."""
    yield at, value
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield f"{at}: key {key}", key
            yield from things_in(item, f"{at}.{key}")
    elif isinstance(value, list | tuple | set | frozenset):
        for index, item in enumerate(value):
            yield from things_in(item, f"{at}[{index}]")


def other_than_plain(values: Mapping[str, object]) -> dict[str, type]:
    """Return the types that templates must not get, by their path."""
    plain = (str, Markup, int, float, bool, type(None), dict, list)
    found = [thing for name, value in values.items() for thing in things_in(value, name)]
    assert len(found) > 100
    # Not isinstance: a subclass can have any method.
    return {at: type(one) for at, one in found if type(one) not in plain and not (at in FUNCTIONS and is_function(one))}


def is_function(value: object) -> bool:
    return type(value) is TemplateFunction and value.name in FUNCTIONS


def values_of(project: Project, read: Library, selection: Selection, practice: str, which: Format) -> dict[str, object]:
    """Return all values that the template of a print gets."""
    theirs = read.practices[practice]
    labels, _ = Composer(project, read.references).labels(selection.handout.language, theirs.profile.country)
    assert isinstance(labels, Labels)
    edition = Edition(which, PrintOptions("letter", "black"))
    numbered = number_for(selection, theirs)
    return {
        **build_template_values(numbered, theirs, edition, read.references, labels, WrittenTexts()),
        "patient": build_patient_values(PATIENT),
    }


@pytest.mark.parametrize("which", EVERY_FORMAT, ids=lambda one: one.name)
@pytest.mark.parametrize("practice", sorted(library().practices))
def test_templates_get_only_plain_data_and_known_functions(practice: str, which: Format) -> None:
    handout = shipped_handout()
    for chosen in ("", handout.sections[0].id, handout.sections[-1].id, *handout.front.selections):
        values = values_of(Project(ROOT), library(), select(handout, [chosen] if chosen else []), practice, which)
        assert other_than_plain(values) == {}
        require_schema(values)


def require_schema(values: dict[str, object]) -> None:
    """Check values against the published schema, which knows all of them."""
    data = {name: value for name, value in values.items() if name not in FUNCTIONS}
    TemplateValues.model_validate_json(json.dumps({**data, "print_code": "AAA-AAA-AAA", "qr": "data:,"}))


def test_notes_inserts_and_missing_references_are_plain_data_too(tmp_path: Path) -> None:
    small = small_project(tmp_path)
    small.replace(HANDOUT, "keywords:", "abbreviations:\n  BP: back pain\nsponsor: A company.\nkeywords:")
    small.write("content/practices/clinic/ours.md", "Our own text.[^a] It helps [@jones2021].\n\n[^a]: A note.\n")
    small.replace(PRACTICE, "website:", "inserts:\n  - {handout: back, section: what, file: ours.md}\nwebsite:")
    small.replace(REFERENCES, "    publisher: Harbor Press\n", "    publisher: Harbor Press\n    status: missing\n")
    read = small.read().library
    assert read
    for which in EVERY_FORMAT:
        values: Any = values_of(Project(small.root), read, select(read.handouts[0]), "clinic", which)
        assert other_than_plain(values) == {}
        require_schema(values)
        section = values["parts"][0]["sections"][0][1]
        assert len(section["notes"]) == len(section["inserts"]) == len(section["inserts"][0]["notes"]) == 1
        listed = [] if which.settings.contents == "summary" else [False, True]
        assert [reference["missing"] for reference in values["references"]] == listed


def test_functions_return_plain_data_and_show_only_their_names() -> None:
    handout = shipped_handout()
    practice = min(library().practices)
    values: Any = values_of(Project(ROOT), library(), select(handout), practice, EVERY_FORMAT[0])
    place = values["from_handout"]("title")
    assert place == {"file": "content/handouts/spinal-fracture/en.md", "line": 2, "column": 8}
    assert other_than_plain({**values, "returned": [place, values["from_practice"]("phones", 0)]}) == {}
    assert type(values["source"](place)) is type(values["expand"]("a < b")) is Markup
    assert {repr(values[name]) for name in FUNCTIONS} == {f"{name}()" for name in FUNCTIONS}


class Text(str):
    __slots__ = ()


OTHERS = {
    "a model": library().handouts[0].front,
    "a dataclass": Place("a.md", 1),
    "a path": Path("a.md"),
    "a date": dt.date(2026, 1, 10),
    "an enumeration that is text": Severity.ERROR,
    "a subclass of text": Text("a"),
    "a tuple": (1, 2),
    "a function": len,
    "a key that is no text": {1: "a"},
    "an object within": {"in": [{"a list": [object()]}]},
    "a function within": {"in": TemplateFunction("source", len)},
}


@pytest.mark.parametrize("value", OTHERS.values(), ids=OTHERS)
def test_a_template_is_never_filled_with_other_values(value: object) -> None:
    templates = Templates(ProjectFiles(Project(ROOT)), timeout=60)
    with pytest.raises(TypeError, match="template values must be"):
        templates.fill("large-print.html.j2", {"value": value}, {}, Problems())  # type: ignore[dict-item]


def test_the_docs_list_all_that_templates_can_use() -> None:
    handout = shipped_handout()
    values: Any = values_of(Project(ROOT), library(), select(handout), min(library().practices), EVERY_FORMAT[0])
    environment = TemplateEnvironment(DictLoader({}))
    units = [unit for part in values["parts"] for _, unit in part["sections"]]
    lists = [*values["parts"], *units, *values["blocks"], *values["references"]]
    fields = {name for entry in lists for name in entry}
    names = {*values, *fields, "print_code", "qr", *environment.globals, *environment.filters, *environment.tests}
    docs = (ROOT / "docs/practices.md").read_text(encoding="utf-8")
    assert {name for name in names if f"`{name}`" not in docs and f"`{name}(" not in docs} == set()


# Ways out


@dataclass(frozen=True)
class Outside:
    """A project beside two files: one that a template must not read, and one that would be made by code that ran."""

    small: SmallProject
    read: Library
    secret: Path
    sentinel: Path

    def compose(self, own: str, patient: Patient | None = None) -> tuple[Composed | None, tuple[Problem, ...]]:
        """Compose a print with a template of the project's own, which has this on its third line."""
        shipped = (ROOT / PART).read_text(encoding="utf-8")
        own = own.replace("SECRET", str(self.secret)).replace("PICKLE", pickled(self.sentinel))
        self.small.write(PART, f"\n\n{own}\n{shipped}")
        pipeline = Pipeline(Project(self.small.root), self.read.references)
        practice = self.read.practices["clinic"]
        numbered = number_for(select(self.read.handouts[0]), practice)
        edition = Edition(EVERY_FORMAT[0], PrintOptions("a4"))
        composition = pipeline.compose(numbered, practice, edition, patient)
        return composition.document, composition.problems


def pickled(sentinel: Path) -> str:
    """Write a pickle that makes a file when it is read, as a text of a template."""

    class Payload:
        def __reduce__(self) -> tuple[object, tuple[str, str]]:
            return open, (str(sentinel), "w")

    written = pickle.dumps(Payload(), protocol=0).decode("ascii")
    return written.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Outside:
    folder = tmp_path_factory.mktemp("outside")
    small = small_project(folder / "project")
    secret = folder / "secret.json"
    secret.write_text('{"brand": "#5ec4e7", "accent": "#5ec4e7"}', encoding="utf-8")
    read = small.read().library
    assert read
    return Outside(small, read, secret, folder / "sentinel")


# Those of the first list ran, read or showed something before templates were given plain data.
WERE_OPEN = {
    "pickle": '{{ practice.colors.parse_raw("PICKLE", proto="pickle", allow_pickle=True) }}',
    "reading a file": '{{ practice.colors.parse_file("SECRET").brand }}',
    "making a practice": '{{ practice.model_construct(name="Other").name }}',
    "making a practice, deprecated": '{{ practice.construct(name="Other").name }}',
    "changing a practice": '{{ practice.model_copy(update={"name": "Other"}).name }}',
    "changing a practice, deprecated": '{{ practice.copy(update={"name": "Other"}).name }}',
    "validation": '{{ practice.colors.validate({"brand": "#123456", "accent": "#123456"}).brand }}',
    "from_orm": "{{ practice.colors.from_orm(practice.colors) }}",
    "schema": "{{ handout.schema() }}",
    "schema_json": "{{ handout.schema_json() }}",
    "model_json_schema": "{{ handout.model_json_schema() }}",
    "fallback function": "{{ handout.model_dump_json(fallback=expand) }}",
    "fields of the model": "{{ handout.model_fields }}",
    "rebuilding a model": "{{ handout.model_rebuild(force=true) }}",
    "members of a function": "{{ from_handout.values_at }}",
    "file of a function": "{{ from_handout.file }}",
    "attr": '{{ handout | attr("model_json_schema") }}',
    "map by attribute": '{{ [practice] | map(attribute="model_fields") | first }}',
    "map by attr": '{{ [practice] | map("attr", "model_fields") | first }}',
    "select by attribute": '{{ [practice] | selectattr("model_fields") | list | length }}',
    "group by attribute": '{{ [practice] | groupby("model_fields") | first | join }}',
    "cycler": '{{ cycler("a").next() }}',
    "joiner": "{{ joiner() }}",
    "lipsum": "{{ lipsum() }}",
    "format specification": '{{ "{x:>999}".format(x=1) }}',
    "method by subscript": '{{ practice["name"]["upper"]() }}',
    "bytes": "{{ practice.name.encode() }}",
    "members of a date": '{{ handout.published.strftime("%Y") }}',
    "address in memory": "{{ source }}",
    "address of a generator": '{{ parts | map(attribute="id") }}',
    "name of a macro": "{% macro one() %}{% endmacro %}{{ one.name }}",
    "chance": "{{ [1, 2, 3] | random }}",
    "no escaping": "{% autoescape false %}{{ '<b>' }}{% endautoescape %}",
    "safe": "{{ '<b>' | safe }}",
    "a name that is too long": '{% include "a" * 5000 %}',
    "an argument given twice": "{{ expand(text='a', text='b') }}",
    "loops in loops": "{% for a in [1] %}" * 25 + "{% endfor %}" * 25,
}
PYTHON_REFUSES = {WERE_OPEN["an argument given twice"], WERE_OPEN["loops in loops"]}
WERE_SHUT = {
    "class": "{{ practice.__class__ }}",
    "class by subscript": '{{ practice["__class__"] }}',
    "class by map": '{{ [practice] | map(attribute="__class__") | first }}',
    "class by sort": '{{ [practice, practice] | sort(attribute="__class__") }}',
    "globals of expand": "{{ expand.__globals__ }}",
    "globals of source": '{{ source["__globals__"] }}',
    "code of expand": "{{ expand.__code__.co_filename }}",
    "inner function": "{{ expand._function.__globals__ }}",
    "self of range": "{{ range.__self__ }}",
    "context of self": "{{ self._TemplateReference__context }}",
    "context of self by subscript": '{{ self["_TemplateReference__context"] }}',
    "globals of self": "{{ self.__init__.__globals__ }}",
    "globals of cycler": "{{ cycler.__init__.__globals__.os }}",
    "environment of a macro": "{% macro one() %}{% endmacro %}{{ one._environment }}",
    "call of a macro": "{% macro one() %}{% endmacro %}{{ one.__call__.__globals__ }}",
    "function of the caller": "{% macro one() %}{{ caller._func }}{% endmacro %}{% call one() %}{% endcall %}",
    "iterable of a loop": "{% for one in [1] %}{{ loop._iterable }}{% endfor %}",
    "self of a loop's method": "{% for one in [1] %}{{ loop.cycle.__self__ }}{% endfor %}",
    "inside of a block": "{% block one %}{{ self.one._context }}{% endblock %}",
    "inside of an import": '{% import "parts/notes.html.j2" as one with context %}{{ one._body_stream }}',
    "import of the inside": '{% from "parts/sections.html.j2" import _body_stream %}',
    "methods of a text": "{{ words.page.format.__self__ }}",
    "fields in a format": '{{ "{0.__class__.__mro__}".format(words) }}',
    "fields in a filled text": '{{ "{x.__class__.__mro__}" | fill(x="a") }}',
    "globals of what is not defined": "{{ (nothing | default(expand)).__globals__ }}",
    "class of arguments": "{% macro one() %}{{ kwargs.__class__ }}{% endmacro %}{{ one(a=1) }}",
    "changing a value": '{% set handout.title = "Other" %}',
    "a file above": '{% include "../handouts.yaml" %}',
    "a file above a folder": '{% include "parts/../../handouts.yaml" %}',
    "an absolute path": '{% include "SECRET" %}',
    "two slashes": '{% include "/SECRET" %}',
    "backslashes": "{% include '..\\\\handouts.yaml' %}",
    "a drive": '{% include "C:/secret.json" %}',
    "an address": '{% include "file://SECRET" %}',
    "a null character": '{% include "parts\\0" %}',
    "a folder": '{% include "parts" %}',
    "an import from above": '{% import "../handouts.yaml" as one %}',
    "names from above": '{% from "../handouts.yaml" import one %}',
    "extending what is above": '{% extends "../handouts.yaml" %}',
    "a template that is a function": "{% include expand %}",
    "no end": "{% macro one() %}{{ one() }}{% endmacro %}{{ one() }}",
}


@pytest.mark.parametrize("attack", [*WERE_OPEN.values(), *WERE_SHUT.values()], ids=[*WERE_OPEN, *WERE_SHUT])
def test_a_template_cannot_reach_anything_else(outside: Outside, attack: str) -> None:
    composed, problems = outside.compose(attack, PATIENT)
    assert not outside.sentinel.exists(), "code was run"
    assert composed is None
    (problem,) = problems
    assert problem.severity is Severity.ERROR
    assert problem.code in {"bad-template", "missing-template-file"}
    assert problem.place
    assert problem.place.file == PART
    # Of Python code that Jinja2 generates, and Python refuses, the line is not known.
    assert problem.place.line == (0 if attack in PYTHON_REFUSES else 3)
    assert "#5ec4e7" not in str(problem)
    assert "0x" not in str(problem)


@pytest.mark.parametrize("name", ["pickle", "reading a file"])
def test_a_build_with_such_a_template_fails_and_runs_nothing(outside: Outside, name: str) -> None:
    outside.compose(WERE_OPEN[name])  # writes the template
    ran = outside.small.run("build", "-f", "handout", "-o", "x.pdf")
    assert not outside.sentinel.exists(), "code was run"
    assert ran.code == 1
    assert f"{PART}:3: error[bad-template]" in ran.err
    assert "#5ec4e7" not in ran.err
    assert not (outside.small.root / "x.pdf").exists()


# Mistakes


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("{{ handout.titel }}", 'there is no "titel" here', 'did you mean "title"?'),
        ("{{ handuot.title }}", "'handuot' is undefined", 'did you mean "handout"?'),
        ("{{ handout.title | uper }}", 'there is no filter "uper"', 'did you mean "upper"?'),
        ("{% if handout is strin %}{% endif %}", 'there is no test "strin"', 'did you mean "string"?'),
        (
            "{{ words.version.format(version=handout.version) }}",
            '".format(...)" is not available: values in templates have no methods',
            "write value | fill(name=value)",
        ),
        (
            '{{ practice.website.split("/") }}',
            '".split(...)" is not available: values in templates have no methods',
            'write value | split(" ")',
        ),
        # Which is only reached at the front desk.
        (
            "{% if patient %}{{ words.patient.format(name=patient.name) }}{% endif %}",
            '".format(...)" is not available: values in templates have no methods',
            "write value | fill(name=value)",
        ),
        ("{% if patient %}{{ patient.name | uper }}{% endif %}", 'there is no filter "uper"', 'did you mean "upper"?'),
        ("{{ words.version | fill }}", "no value for the placeholder {version}", ""),
        ("{{ words.page | fill(number=1) }}", "the text has no placeholder {number}", ""),
        ("{{ handout.title() }}", '".title(...)" is not available', "write value | capitalize"),
        ("{{ practice() }}", "this cannot be called", "templates can call functions, macros and blocks"),
        ("{{ handout.sponsor }}", "this has no value", "print it within {% if ... %}"),
        ("{{ handout.keywords }}", "a list cannot be printed", 'write list | join(", ")'),
        ("{{ practice.colors }}", "several values cannot be printed at once", "name one of them"),
        ("{{ from_handout }}", "only text and numbers can be printed", "call a function, macro or block with ()"),
        ("{{ expand() }}", "expand(): missing a required argument: 'text'", ""),
        ("{{ expand(none) }}", "only text can be written", ""),
        ("{{ from_handout(part='title') }}", "from_handout(): got an unexpected keyword argument 'part'", ""),
        ("{{ source('parts') }}", "source() takes a place, such as from_handout() or section.place", ""),
        ('{{ "a" * 3000000000 }}', "* is only for numbers of usual sizes", "write a loop to repeat a text"),
        ("{{ 9 ** 99999999 }}", "** is only for numbers of usual sizes", ""),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
            "its loops and macros run more than 200,000 times",
            "look for a loop within a loop",
        ),
        ('{% include "parts/none.html.j2" %}', "there is no templates/parts/none.html.j2", ""),
    ],
)
def test_an_error_in_a_template_has_a_place_and_a_hint(outside: Outside, written: str, message: str, hint: str) -> None:
    composed, (problem,) = outside.compose(written)
    assert composed is None
    assert problem.place == Place(PART, 3)
    assert problem.message.startswith(message)
    assert problem.hint.startswith(hint)
    assert "\n" not in f"{problem}"


def test_a_template_cannot_write_without_end(outside: Outside) -> None:
    long = "x" * 10_000
    composed, (problem,) = outside.compose(f"{{% for one in range(9999) %}}{long}{{% endfor %}}")
    assert composed is None
    assert problem.message == "it writes more than 10,000,000 characters"


@pytest.mark.parametrize("written", ["{{ words[patient.name] }}", "{{ practice.name[patient.name] }}"])
def test_a_key_that_may_be_the_name_of_a_patient_is_not_quoted(outside: Outside, written: str) -> None:
    composed, (problem,) = outside.compose(written, PATIENT)
    assert composed is None
    assert PATIENT.name not in str(problem)


# What templates can do


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("{% block title %}a{% endblock %}{{ self.title() }}", "aa"),
        ("{% macro one(x) %}[{{ x }}]{% endmacro %}{{ one('<') }}", "[&lt;]"),
        ("{% macro one() %}({{ caller() }}){% endmacro %}{% call one() %}in{% endcall %}", "(in)"),
        ('{% import "parts/mine.html.j2" as mine %}{{ mine.count("x") }}', "x!"),
        ('{% from "parts/mine.html.j2" import count %}{{ count("x") }}', "x!"),
        ('{% include "parts/none.html.j2" ignore missing %}-', "-"),
        ('{% for x in ["first"] %}{{ loop["index"] }}{% endfor %}{% block b %}b{% endblock %}{{ self["b"]() }}', "1bb"),
        ("{% for x in range(3) %}{{ loop.index }}{{ loop.cycle('a', 'b') }}{% endfor %}", "1a2b3a"),
        ("{% for x in [1, [2]] recursive %}{{ x if x is number else loop(x) }}{% endfor %}", "12"),
        ("{% for x in [1, 1, 2] if loop is defined or x %}{{ loop.changed(x) }}{% endfor %}", "TrueFalseTrue"),
        ('{{ {"a": 1, "b": "<"} | items | map("last") | join("+") }}', "1+&lt;"),
        ('{{ practice.phones | map(attribute="label") | join(", ") }}', "Front desk"),
        (
            "{{ handout.published }}, {{ handout.keywords[0] }}, {{ handout.keywords | length }}",
            "2026-01-10, back pain, 1",
        ),
        ("{{ handout.sponsor | default('nobody', true) }}{{ handout.nothing is defined }}", "nobodyFalse"),
        ('{{ practice["name"] | upper }}{{ "a-b" | split("-") | last }}', "HARBOR CLINICb"),
        ("{{ 'x {n} of {m}' | fill(n=1, m='{n}') }}", "x 1 of {n}"),
        (
            "{{ patient.name }}: {{ patient.note_lines | join('; ') }}",
            "Ann O&#39;Neil: with food; &lt;b&gt;not&lt;/b&gt; at night",
        ),
    ],
)
def test_templates_can_do_what_pages_need(outside: Outside, written: str, printed: str) -> None:
    outside.small.write("templates/parts/mine.html.j2", "{% macro count(x) %}{{ x }}!{% endmacro %}")
    composed, problems = outside.compose(f"<div>{written}</div>", PATIENT)
    assert problems == ()
    assert composed
    assert f"<div>{printed}</div>" in composed.html


names = st.from_regex("[a-z_]{1,8}", fullmatch=True)
literals = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=10)


@given(st.lists(st.tuples(literals, names)), literals, st.data())
def test_fill_replaces_placeholders_like_python(pieces: list[tuple[str, str]], end: str, data: st.DataObject) -> None:
    text = "".join(f"{literal}{{{name}}}" for literal, name in pieces) + end
    values = {name: data.draw(st.text() | st.integers() | st.just("{a}")) for _, name in pieces}
    assert fill(text, **values) == text.format(**values)


def test_fill_escapes_values_in_html_and_refuses_other_types() -> None:
    assert fill(Markup("<b>{x}</b>"), x="<") == Markup("<b>&lt;</b>")
    for wrong in (None, True, ["a"], {"a": 1}):
        with pytest.raises(TypeError, match="neither text nor a number"):
            fill("{x}", x=wrong)  # type: ignore[arg-type]
    for call in (lambda: fill(3, x=1), lambda: split(3, "/")):  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="takes text"):
            call()
