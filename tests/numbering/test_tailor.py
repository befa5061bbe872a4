"""Sections and blocks for some practices or audiences only: printed for these, and gone without a trace for others."""

from pathlib import Path, PurePosixPath

import pytest

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.model.project import Project
from handouts.numbering.select import UnknownNameError
from handouts.problems.collector import Problems
from handouts.provenance.source_digests import SourceDigests
from handouts.text.plain_text import write_plain_text
from handouts.verify.verifier import open_verifier
from support.projects import HANDOUT, PRACTICE, Mistake, SmallProject

TEXT = """\
## When should I worry? {#worry}

- after a fall

::: note {audience=pregnancy}
Ask before any x-ray.[@jones2021] Reach us: {{ practice.phones.nurse }}
:::

## Where do I park? {#park only="practice:clinic"}

In lot B.

## Can I swim? {#swim audience=children}

With an adult.
"""
OTHER = "content/practices/other/practice.yaml"


@pytest.fixture
def varied(project: SmallProject) -> SmallProject:
    """Return a project with two practices, and a handout with parts for one of them and for two audiences."""
    project.replace(HANDOUT, "## When should I worry? {#worry}\n\n- after a fall\n", TEXT)
    project.replace(PRACTICE, "960000}", "960000, id: nurse}")
    text = project.text(PRACTICE).replace("logo.svg", "../clinic/logo.svg").replace("Harbor Clinic", "Hill Clinic")
    project.write(OTHER, text)
    assert project.problems() == ()
    return project


def planned(project: SmallProject, request: Request) -> tuple[Planned, ...]:
    library = project.read().library
    assert library
    return plan(library, request)


def text_of(project: SmallProject, practice: str, audience: str = "", sections: tuple[str, ...] = ()) -> str:
    (item,) = planned(project, Request(practices=(practice,), formats=("text",), audience=audience, sections=sections))
    library = project.read().library
    assert library
    pipeline = Pipeline(Project(project.root), library.references)
    document = pipeline.compose(pipeline.number(item), item.practice, item.edition).document
    assert document
    return write_plain_text(document, Problems()).decode().replace("\xa0", " ")


def test_a_practice_has_its_own_sections_and_all_audiences(varied: SmallProject) -> None:
    clinic, other = text_of(varied, "clinic"), text_of(varied, "other")
    assert "3 Where do I park?" in clinic
    assert "In lot B." in clinic
    assert "park" not in other
    assert "3 Can I swim?" in other
    assert "x-ray" in clinic
    assert "of 4" not in other  # it is the whole handout for that practice


def test_an_audience_leaves_out_what_is_for_others_with_its_sources(varied: SmallProject) -> None:
    children = text_of(varied, "other", "children")
    assert "With an adult." in children
    assert "x-ray" not in children
    assert "[1]" in children
    pregnancy = text_of(varied, "other", "pregnancy", ("worry",))
    assert "x-ray. [1]" in pregnancy
    assert "1. Jones" in pregnancy
    assert "Jones" not in text_of(varied, "other", "children", ("worry",))


def test_files_of_an_audience_have_their_own_names(varied: SmallProject) -> None:
    names = [PurePosixPath(item.path).as_posix() for item in planned(varied, Request(audience="children"))]
    assert names == [f"{practice}/back.for-children.en.handout.pdf" for practice in ("clinic", "other")]
    with pytest.raises(UnknownNameError, match='no audience "childrn"') as caught:
        planned(varied, Request(audience="childrn"))
    assert caught.value.hint == 'did you mean "children"?'


def test_practices_share_what_is_the_same_for_them(varied: SmallProject) -> None:
    varied.write("content/practices/third/practice.yaml", varied.text(OTHER))
    clinic, other, third = planned(varied, Request())
    assert other.selection is third.selection
    assert clinic.selection is not other.selection
    assert clinic.edition is other.edition


def test_a_section_for_another_practice_is_not_planned(varied: SmallProject) -> None:
    assert [item.practice.id for item in planned(varied, Request(sections=("park",)))] == ["clinic"]


@pytest.mark.parametrize("audience", ["", "children"])
def test_paper_of_an_audience_is_current(varied: SmallProject, tmp_path: Path, audience: str) -> None:
    item = planned(varied, Request(practices=("other",), formats=("html",), audience=audience))[0]
    library = varied.read().library
    assert library
    file = Pipeline(Project(varied.root), library.references).make_print(item)
    path = tmp_path / "print.html"
    path.write_bytes(file.content)
    verifier = open_verifier(Project(varied.root), library, item.selection.handout.front.published, Problems())
    verdict = verifier.verify_file(path)
    assert verdict.status == "current", verdict
    assert verdict.made_from
    assert verdict.made_from.audience == (audience or None)
    assert verifier.verify_code(verdict.made_from.print_code).status == "current"


def test_a_new_condition_changes_what_was_approved(varied: SmallProject) -> None:
    def pieces() -> dict[str, str]:
        library = varied.read().library
        assert library
        return dict(SourceDigests(library.references).digest_pieces(library.handouts[0]))

    before = pieces()
    varied.replace(HANDOUT, "{#helps}", "{#helps audience=children}")
    after = pieces()
    assert [name for name in before if before[name] != after[name]] == ["helps"]


def test_a_value_is_needed_only_where_its_text_is_printed(varied: SmallProject) -> None:
    varied.replace(HANDOUT, "In lot B.", "In {{ practice.fields.lot }}.")
    varied.write(PRACTICE, f"{varied.text(PRACTICE)}fields:\n  lot: lot C\n")
    ran = varied.run("check", "--format", "json")
    assert "missing-value" not in ran.out
    assert "lot C" in text_of(varied, "clinic")


ITEMS = """\
## Which items? {#items}

- [ ] for all {audience=children}
- for pregnancy, see {{ practice.name }}.[@smith2020] {audience=pregnancy}

1. one
   - inner {audience=children}
2. two {only="practice:clinic"}

::: note
- only for children {audience=children}
:::

::: signature {label="Patient"}
:::
"""


def test_items_of_lists_can_be_for_some_only(varied: SmallProject) -> None:
    varied.write(HANDOUT, f"{varied.text(HANDOUT)}\n{ITEMS}")
    assert varied.problems() == ()
    everyone, pregnancy = text_of(varied, "clinic"), text_of(varied, "other", "pregnancy")
    assert "- ☐ for all\n- for pregnancy, see Harbor Clinic. [1]" in everyone
    assert "2. two" in everyone
    assert "{" not in everyone
    kept = pregnancy.partition("Which items?")[2]
    assert "- for pregnancy, see Hill Clinic. [1]" in kept
    assert "1. one" in kept
    assert "Patient" in kept
    assert not any(words in kept for words in ("for all", "inner", "two", "children"))


MISTAKES = {
    "item": Mistake(
        "in adults.", "in adults. {audience=kids}", "bad-condition", "{audience=kids}", "possible", "list item"
    ),
    "item in safety": Mistake(
        "Talk to your doctor before you take medicine.",
        "- Talk to us. {audience=children}",
        "unknown-attribute",
        "- Talk",
        "safety information",
        "everyone",
    ),
    "practice": Mistake("practice:clinic", "practice:clinc", "unmatched-only", "## Where", "matches no", '"clinic"?'),
    "prefix": Mistake('"practice:clinic"', "clinic", "bad-condition", "## Where", 'only="clinic"', "practice:ID"),
    "audience": Mistake("=children", "=Kids", "bad-condition", "## Can", 'audience="Kids"', "lowercase letters"),
    "name": Mistake("audience=children", "audiense=children", "unknown-attribute", "## Can", "audiense", '"audience"?'),
    "part": Mistake("{#treatment}", "{#treatment audience=children}", "unknown-attribute", "# Treat", "audience"),
    "safety": Mistake('always-with="treatment"', "audience=children", "unknown-attribute", "::: important", "audience"),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_mistakes(varied: SmallProject, kind: str) -> None:
    varied.check_mistake(HANDOUT, MISTAKES[kind]._replace(column=kind == "item"))
