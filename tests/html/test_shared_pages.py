"""Web pages and texts whose bodies were written for another practice have the same bytes as those written whole."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.build.pipeline import Pipeline
from handouts.build.typeset import FinishedFile, typeset
from handouts.model.document import Composed, Required, Sheet
from handouts.model.edition import Edition, formats
from handouts.model.library import Practice
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.schema.print_terms import FileKind
from support.composed import composed_as
from support.projects import SmallProject, small_project

# Letters of ASCII, because other ones need other fonts, which takes long.
WORDS = st.sampled_from(
    ["Harbor", 'A "big" & <b>old</b> clinic', "<p>", "  two  words ", "Tel.:", "1 - 2", "it's 5 mg"]
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    return small_project(tmp_path_factory.mktemp("shared"))


def without_slots(document: Composed) -> Composed:
    """Return the document without marks of slots, which is written whole."""
    return replace(document, html=re.sub("<!--/?slot(?: of [a-z]+)?-->", "", document.html))


def check(document: Composed) -> FinishedFile:
    made, whole = typeset(document), typeset(without_slots(document))
    assert made == whole
    return made


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_practices_share_bodies(project: SmallProject, data: st.DataObject) -> None:
    library = project.read().library
    assert library is not None
    (handout,), (practice,) = library.handouts, library.practices.values()
    pipeline = Pipeline(Project(project.root), library.references)
    for name, words in (("html", WORDS), ("text", TEXTS | WORDS)):
        edition = Edition(formats(library.settings)[name], PrintOptions("letter", "color"))
        for _ in range(2):
            changed = change(practice, data, words)
            composed = pipeline.compose(number_for(select(handout), changed), changed, edition).document
            assert composed is not None
            check(composed)


def change(practice: Practice, data: st.DataObject, words: st.SearchStrategy[str]) -> Practice:
    """Return a practice with other values, checked by no schema."""
    profile, some = practice.profile, st.lists(words, min_size=1, max_size=3).map(tuple)
    phones = [profile.phones[0].model_copy(update={"label": label}) for label in data.draw(some)]
    changes = {
        "name": data.draw(words),
        "address": data.draw(some),
        "phones": tuple(phones),
        "when_to_call": data.draw(some),
    }
    return replace(practice, profile=profile.model_copy(update=changes))


def test_letters_of_slots_are_in_the_fonts_that_they_inherit(simple: Composed) -> None:
    css = 'body { font-family: "Atkinson Hyperlegible Next" } .x { font-style: italic }'
    for letters in ("ab", "cd", "<b>e</b>f"):
        slot = f'<div class="x"><!--slot--><p>{letters}</p><!--/slot--></div>'
        check(replace(simple, html=make_page("1", slot), sheets=(Sheet("x.css", css, simple.root),), required=()))


USUAL = [
    "a",
    " ",
    "<b>c</b>",
    "<em>d</em> e",
    '<img src="data:," alt="f">',
    "<br>",
    "<i></i>",
    "&lt;é",
    "<sub>2</sub>",
    "k",
    '<a href="https://example.org/x">h</a>',
    "<span hidden>i</span>",
    '<p style="display: none">hidden</p>',
    "<p>k</p>",
    "<ul><li>l</li></ul>",
    "<h3>m</h3>",
    "<h3></h3>",
    "<blockquote>q</blockquote>",
    "<pre> r\n s</pre>",
    "<p></p>",
    "<table><tr><th>n</th><th>o</th></tr><tr><td>1</td><td>2</td></tr></table>",
    "<div class='note'>t</div>",
    '<ol start="3"><li>v<p>w</p></li></ol>',
    '<h4 class="question-title">x</h4>',
]
ODD = [
    "</div>",
    "<h1>x</h1>",
    "<!--c-->",
    "<p>",
    '<p id="one">u</p>',
    '<a href="#one">g</a>',
    "<x-y>z</x-y>",
    "\0",
    "<style>p {}</style>",
]
HTML = st.lists(st.sampled_from(USUAL * 4 + ODD), max_size=3).map("".join)
AROUND = st.sampled_from(
    [
        "{}",
        "{}",
        "{}",
        "<div>{}</div>",
        "<p>{}</p>",
        "<ul>{}</ul>",
        "<section hidden>{}</section>",
        '<div style="opacity: 0">{}</div>',
    ]
)
SLOT = st.tuples(
    st.sampled_from(["p", "div", "section", "ul", "h2"]), st.sampled_from(["", "", ' class="note"', " hidden"])
)
CSS = st.lists(
    st.sampled_from(
        [
            "p + p { display: none }",
            "p:empty { font-weight: bold }",
            ".note ~ p { visibility: hidden }",
            "div:has(b) { display: none }",
            "p:last-child { font-style: italic }",
            "h2:first-of-type { opacity: 0 }",
            "section > p:nth-child(2) { display: none }",
            "b { font: italic 12pt x }",
            'p::before { content: "\u2605" }',
            "p { color: red }",
            ":root { --brand: red }",
            "p:only-child { display: none }",
            "main:has(em) + p { display: none }",
        ]
    ),
    max_size=3,
).map("\n".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(st.tuples(HTML, AROUND, SLOT, st.sampled_from(["", "\n"])), min_size=1, max_size=3),
    contents=st.lists(st.lists(HTML, min_size=3, max_size=3), min_size=3, max_size=3),
    css=CSS,
    required=st.lists(st.sampled_from(["a", "c", "hidden", "de", "k"]), max_size=1),
    kind=st.sampled_from(["html", "txt"]),
)
def test_whatever_is_in_slots(
    simple: Composed,
    places: list[tuple[str, str, tuple[str, str], str]],
    contents: list[list[str]],
    css: str,
    required: list[str],
    kind: FileKind,
) -> None:
    sheets = () if kind == "txt" else (Sheet("x.css", css, simple.root),)
    texts = tuple(Required(text, text) for text in required)
    for title, of_document in enumerate(contents):
        pieces = [
            before + around.format(f"<!--slot--><{tag}{attributes}>{inner}</{tag}>{end}<!--/slot-->")
            for (before, around, (tag, attributes), end), inner in zip(places, of_document, strict=False)
        ]
        check(replace(simple, html=make_page(str(title), "".join(pieces)), sheets=sheets, required=texts, file=kind))


def make_page(title: str, content: str) -> str:
    return f"""<!doctype html>
<html lang="en"><head><title>{title}</title></head>
<body><main><h1>A</h1>{content}</main>
</body></html>"""


@pytest.fixture(scope="module")
def simple(project: SmallProject) -> Composed:
    return composed_as(project, "html")


def test_fonts_are_kept_for_the_next_run_and_damage_is_noticed(simple: Composed, tmp_path: Path) -> None:
    whole = typeset(simple)
    assert typeset(simple, tmp_path / "first") == whole
    kept = list(tmp_path.iterdir())
    assert kept
    for path in kept:
        damaged = path.with_name(path.name.replace("first", "other"))
        damaged.write_bytes(path.read_bytes()[:-1])
    assert typeset(simple, tmp_path / "other") == whole


def test_nothing_of_a_patient_is_kept(simple: Composed, tmp_path: Path) -> None:
    html = simple.html.replace("Back pain", "\N{GREEK SMALL LETTER OMEGA} Doe")
    made = typeset(replace(simple, html=html, is_for_patient=True), tmp_path / "engine")
    assert "\N{GREEK SMALL LETTER OMEGA} Doe".encode() in made.content
    assert not list(tmp_path.iterdir())
