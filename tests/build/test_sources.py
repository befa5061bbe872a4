"""An output is made again exactly when something that it is made from has changed."""

import re
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.model.document import Composed
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

OTHER: Final = "content/handouts/hip/en.md"
PICTURE: Final = "content/handouts/hip/bone.svg"
SECOND: Final = "content/practices/annex/practice.yaml"
INSERT: Final = "content/practices/annex/hours.md"
SECOND_LOGO: Final = LOGO.replace("clinic", "annex")
BLACK_LOGO: Final = "content/practices/annex/black.svg"
SETS: Final = """\
formats:
  card: {title: A small card, citations: brackets}
sets:
  all:
    - {formats: [handout, large-print, trifold-z, card, html, text], except_handouts: [hip]}
    - {formats: [handout, text], handouts: [hip]}
    - {formats: [handout, text], handouts: [back], sections: [worry]}
    - {formats: [handout], handouts: [back], ink: black}
"""
ENGINE: Final = {"weasyprint": "70.0"}


@dataclass(frozen=True)
class Made:
    """What is made, by path: the digest of its sources, and the document that it is made of."""

    digests: dict[str, str]
    documents: dict[str, Composed]


def digests(project: SmallProject, engine: dict[str, str] = ENGINE) -> dict[str, str]:
    """Return the digest of the sources of each output, by path."""
    reading = project.read()
    assert reading.library, reading.problems
    assert not reading.problems
    pipeline = Pipeline(Project(project.root), reading.library.references)
    build_keys = pipeline.build_keys(engine)
    return {
        str(item.path): build_keys.build_key(pipeline.number(item), item.practice, item.edition)
        for item in plan(reading.library, Request(set_name="all"))
    }


def compose(project: SmallProject, paths: Collection[str]) -> dict[str, Composed]:
    """Compose some outputs, apart from their digests, so that what is remembered cannot hide a difference."""
    library = project.read().library
    assert library
    pipeline, documents = Pipeline(Project(project.root), library.references), {}
    for item in plan(library, Request(set_name="all")):
        if str(item.path) in paths:
            composition = pipeline.compose(pipeline.number(item), item.practice, item.edition)
            assert composition.document, composition.problems
            documents[str(item.path)] = composition.document
    return documents


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """Two practices, one with an insert and a black logo, and two handouts, one with a picture."""
    small = small_project(tmp_path_factory.mktemp("sources"))
    text = small.text(HANDOUT).replace("HO-1", "HO-2").replace(" [@smith2020]", "")
    small.write(
        OTHER, text.replace("- after a fall", "::: figure\n![A bone](bone.svg)\n\nA bone.\n:::\n\n- after a fall")
    )
    small.write(PICTURE, small.text(LOGO))
    inserts = "logo_black: black.svg\ninserts:\n  - {handout: back, section: what, file: hours.md}\n"
    small.write(SECOND, small.text(PRACTICE) + inserts)
    small.write(INSERT, "Come on Monday.\n")
    small.write(SECOND_LOGO, small.text(LOGO))
    small.write(BLACK_LOGO, small.text(LOGO))
    small.write(SETTINGS, small.text(SETTINGS) + SETS)
    small.write("templates/card.html.j2", (ROOT / "templates/handout.html.j2").read_bytes())
    small.write("styles/card.css", (ROOT / "styles/handout.css").read_bytes())
    return small


@pytest.fixture(scope="module")
def before(project: SmallProject) -> Made:
    found = digests(project)
    return Made(found, compose(project, found))


@pytest.fixture
def copy(project: SmallProject, tmp_path: Path) -> SmallProject:
    shutil.copytree(project.root, tmp_path / "copy")
    return SmallProject((tmp_path / "copy").resolve())


Change = Callable[[SmallProject], object]


def swap(name: str, old: str, new: str) -> Change:
    """Change a text that stands in a file once."""
    return lambda project: project.replace(name, old, new)


def own(name: str, more: str = "") -> Change:
    """Copy a shipped file into the project, with something added."""
    return lambda project: project.write(name, (ROOT / name).read_bytes() + more.encode())


def words(line: str) -> Change:
    """Copy the shipped labels into the project, with one of them changed."""
    text = (ROOT / "templates/labels.en.yaml").read_text(encoding="utf-8")
    return lambda project: project.write("templates/labels.en.yaml", text.replace(f"{line}\n", f"{line} again\n"))


def add(name: str, text: str = "x") -> Change:
    """Add a file."""
    return lambda project: project.write(name, text)


WORRY: Final = r"back.sections-2\."
DRAWING: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>\n'

# What is changed, and which outputs are made again.
CHANGES: Final[dict[str, tuple[Change, str]]] = {
    "a phone of a practice": (swap(SECOND, "01632 960000", "01632 960001"), "annex/"),
    "a color of a practice": (swap(PRACTICE, "#0b5a6f", "#0b5a6e"), "clinic/"),
    "a logo": (add(SECOND_LOGO, DRAWING), r"annex/(?!.*-black)"),
    "a black logo": (add(BLACK_LOGO, DRAWING), r"annex/.*-black"),
    "an insert": (swap(INSERT, "Monday", "Tuesday"), r"annex/back\.en"),
    "which section an insert is for": (swap(SECOND, "section: what", "section: helps"), r"annex/back\.en"),
    "an insert for another handout": (
        swap(SECOND, "inserts:\n", "inserts:\n  - {handout: hip, section: what, file: hours.md}\n"),
        "annex/hip",
    ),
    "the paper of a practice": (swap(PRACTICE, "country: GB", "country: GB\npaper: letter"), "clinic/"),
    "a reference": (swap(REFERENCES, "Back pain in adults", "Back pain of adults"), r"back\.en"),
    "a reference that more prints cite": (swap(REFERENCES, "The healthy back", "A healthy back"), r"(back|hip)\.en"),
    "a reference that nothing cites": (
        swap(REFERENCES, "references:\n", "references:\n  - {id: more, status: missing}\n"),
        "",
    ),
    "the text of a section": (swap(HANDOUT, "after a fall", "after any fall"), "back"),
    "the text of another section": (swap(HANDOUT, "mostly harmless", "often harmless"), r"back\.en"),
    "the title of a section": (swap(HANDOUT, "What is it?", "What is that?"), r"back\.en"),
    "a note": (swap(HANDOUT, "Above all in adults", "Mostly in adults"), r"back\.en"),
    "an important block": (swap(HANDOUT, "before you take", "before taking"), r"back\.en"),
    "what a link leads to": (
        swap(HANDOUT, "mostly harmless", "mostly [harmless](https://a.example)"),
        r"back\.en",
    ),
    "where lines are broken": (swap(HANDOUT, "is common [@smith2020]. It", "is common [@smith2020].\nIt"), r"back\.en"),
    "on which line something stands": (swap(HANDOUT, "## What is it?", "\n\n## What is it?"), ""),
    "the title of a handout": (swap(HANDOUT, "title: Back pain", "title: Pain in the back"), "back"),
    "the version": (swap(HANDOUT, '"1.0"', '"1.1"'), "back"),
    "a selection": (swap(HANDOUT, "glossary:", "selections:\n  short: [what]\nglossary:"), ""),
    "a new section": (swap(HANDOUT, "# Treatment", "## More? {#more}\n\nNo.\n\n# Treatment"), "back"),
    "a picture": (add(PICTURE, DRAWING), "hip"),
    "a comment among the words of a language": (own("templates/labels.en.yaml", "\n# The same.\n"), ""),
    "a word of a language": (words("questions: Questions to ask"), "."),
    "the words of another language": (add("templates/labels.es.yaml"), ""),
    "a template": (own("templates/text.html.j2", "\n"), r"\.txt"),
    "a template that others include": (own("templates/parts/footer.html.j2", "<!-- -->"), r"\.pdf$"),
    "a template that is as the shipped one": (own("templates/handout.html.j2"), ""),
    "a template that nothing includes": (add("templates/parts/mine.html.j2"), ""),
    "a style sheet": (own("styles/large-print.css", "p { color: black }"), "large-print"),
    "a style sheet that another imports": (own("styles/trifold.css", "p { color: black }"), "trifold-z"),
    "the style sheet of all": (own("styles/base.css", "p { color: black }"), r"\.(html|pdf)$"),
    "the style sheet of an ink": (own("styles/ink-black.css", "p { color: black }"), "-black"),
    "a style sheet that nothing uses": (add("styles/mine.css", "p { color: black }"), ""),
    "a picture of the styles": (add("styles/images/important.svg", DRAWING), r"\.(html|pdf)$"),
    "a font": (own("styles/fonts/AtkinsonHyperlegibleNext-Bold.ttf", "x"), r"\.(html|pdf)$"),
    "a setting of a format": (swap(SETTINGS, "citations: brackets", "citations: superscript"), "card"),
    "what a format is called": (swap(SETTINGS, "A small card", "A card"), ""),
    "the paper of the project": (swap(SETTINGS, "paper: a4", "paper: letter"), "."),
    "an unused setting": (swap(SETTINGS, "language: en", "language: en\npictures: {max_bytes: 5000000}"), ""),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_made_from_it_is_made_again_and_nothing_else(before: Made, copy: SmallProject, what: str) -> None:
    change, which = CHANGES[what]
    change(copy)
    after = digests(copy)
    changed = {path for path in before.digests if before.digests[path] != after[path]}
    assert changed == {path for path in before.digests if which and re.search(which, path)}
    unchanged = before.digests.keys() - changed
    documents = compose(copy, unchanged)
    assert documents.keys() == unchanged
    for path, document in documents.items():
        assert same(before.documents[path]) == same(document), path


def same(document: Composed) -> Composed:
    """Leave out the folder of a document, and the attributes that record places in its sources."""
    html = re.sub(r' data-at="[^"]*"', "", document.html)
    sheets = tuple(replace(sheet, folder=Path()) for sheet in document.sheets)
    return replace(document, html=html, sheets=sheets, root=Path(), files=(), folders=())


def test_another_engine_makes_all_again(before: Made, project: SmallProject) -> None:
    after = digests(project, {"weasyprint": "70.1"})
    assert not set(before.digests.values()) & set(after.values())


def test_the_same_project_elsewhere_has_the_same_sources(before: Made, copy: SmallProject) -> None:
    assert digests(copy) == before.digests


def test_no_two_outputs_have_the_same_sources(project: SmallProject) -> None:
    library = project.read().library
    assert library
    pipeline = Pipeline(Project(project.root), library.references)
    build_keys = pipeline.build_keys(ENGINE)
    usual = Request(set_name="all")
    options = [PrintOptions(), PrintOptions(press=True), PrintOptions(fit=True), PrintOptions(imposed=False)]
    options += [PrintOptions(fold_marks=False), PrintOptions("letter")]
    ways = [replace(usual, options=one) for one in options]
    planned = {item.path: item for request in ways for item in plan(library, request)}.values()
    keys = [build_keys.build_key(pipeline.number(item), item.practice, item.edition) for item in planned]
    assert len(set(keys)) == len(keys) > 40


@pytest.mark.parametrize(
    "line",
    [
        '{% include "parts/" ~ "mine.html.j2" ignore missing %}',
        '{% include ["parts/mine.html.j2", "parts/footer.html.j2"] %}',
        '{% set name = "parts/mine.html.j2" %}{% include name ignore missing %}',
        '{% import "parts/mine.html.j2" as mine %}',
        "{%- from 'parts/mine.html.j2' import one -%}",
        '{% include "parts/mine.html.j2" if practice.name else "parts/footer.html.j2" %}',
        '{%+\n  include\n  "parts/mine.html.j2"\n  without context %}',
    ],
)
def test_a_template_that_is_included_in_any_way_counts(copy: SmallProject, line: str) -> None:
    own("templates/text.html.j2", line)(copy)
    add("templates/parts/mine.html.j2", "{% set one = 1 %}")(copy)
    before = digests(copy)
    add("templates/parts/mine.html.j2", "{% set one = 2 %}")(copy)
    after = digests(copy)
    assert {path for path in before if before[path] != after[path]} == {path for path in before if ".txt" in path}


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("styles/large-print.css", "@import url(mine.css);"),
        ("styles/large-print.css", r"@import url(m\69 ne.css);"),
        ("styles/large-print.css", "@import url(m%69ne.css);"),
        ("templates/large-print.html.j2", '<link rel="stylesheet" href="styles/{{ "mi" ~ "ne" }}.css">'),
    ],
)
def test_a_style_sheet_that_is_named_in_any_way_counts(copy: SmallProject, name: str, more: str) -> None:
    own(name, more)(copy)
    add("styles/mine.css", "p { color: black }")(copy)
    before = digests(copy)
    add("styles/mine.css", "p { color: red }")(copy)
    after = digests(copy)
    assert {path for path in before if before[path] != after[path]} == {path for path in before if "large" in path}
