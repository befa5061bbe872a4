"""What is typed for a patient is printed as typed in every format, and is not part of the build key."""

from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest

from handouts.build.layout_workers import start_layout_workers
from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.build.typeset import typeset
from handouts.model.document import Composed
from handouts.model.patient import Patient, TooLongError, make_patient
from handouts.model.project import Project
from handouts.numbering.blanks import Blank, list_blanks
from handouts.numbering.number import Numbered, number_for
from handouts.problems.problem import has_errors, select_errors
from support.pdf import pages
from support.projects import HANDOUT, PRACTICE, SmallProject, small_project

NAME, NOTES = "Ada <b>Quimby</b> {{ name }}", ("Take the stairs slowly.", "Next visit: 3 December")
TYPED = make_patient(f" {NAME}", f"{NOTES[0]}\n\n  Next visit:\t3 \x07December ")


@pytest.fixture(scope="module")
def worker() -> Iterator[Executor]:
    with start_layout_workers(1) as executor:
        yield executor


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A project that no test changes."""
    return small_project(tmp_path_factory.mktemp("plain"))


def compose(project: SmallProject, form: str, patient: Patient | None) -> tuple[Composed, Numbered]:
    read = project.read().library
    assert read is not None
    (item,) = plan(read, Request(formats=(form,)))
    numbered = number_for(item.selection, item.practice)
    pipeline = Pipeline(Project(project.root), read.references)
    document = pipeline.compose(numbered, item.practice, item.edition, patient).document
    assert document is not None
    return document, numbered


def composed(project: SmallProject, form: str, patient: Patient | None = None) -> Composed:
    return compose(project, form, patient)[0]


@pytest.mark.parametrize("form", ["handout", "booklet", "large-print"])
def test_name_and_note_are_on_the_first_side_as_typed(
    plain: SmallProject, form: str, worker: Executor, tmp_path: Path
) -> None:
    made = worker.submit(typeset, composed(plain, form, TYPED)).result()
    assert not has_errors(made.problems)
    (tmp_path / "print.pdf").write_bytes(made.content)
    first, *others = pages(tmp_path / "print.pdf")
    for line in (f"For: {NAME}", *NOTES):
        assert line in first
        assert not any(line in page for page in others)


def test_names_of_many_languages_are_printed_and_a_letter_without_a_font_is_an_error(
    plain: SmallProject, worker: Executor
) -> None:
    names = "Nguyễn Thị Hồng, Łukasz Ærø, İpek, Мария Щербакова, Ελένη Παπαδοπούλου, Ṣọlá"
    made = worker.submit(typeset, composed(plain, "handout", make_patient(names, "For Đặng Văn Lâm"))).result()
    assert made.problems == ()
    made = worker.submit(typeset, composed(plain, "handout", make_patient("李明", ""))).result()
    (problem,) = select_errors(made.problems)
    assert (problem.code, '"李"' in problem.message) == ("missing-glyph", True)


def test_the_provenance_of_a_print_contains_nothing_about_the_patient(plain: SmallProject) -> None:
    assert composed(plain, "handout", TYPED).made_from == composed(plain, "handout").made_from


def test_an_empty_patient_changes_nothing(plain: SmallProject) -> None:
    assert composed(plain, "handout", Patient()) == composed(plain, "handout")
    assert 'class="patient"' not in composed(plain, "handout").html


def test_a_template_without_a_place_for_the_patient_is_reported(worker: Executor, tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.write("templates/parts/masthead.html.j2", "<h1>{{ handout.title }}</h1>")
    document = composed(project, "handout", TYPED)
    lacking = [
        problem.message for problem in worker.submit(typeset, document).result().problems if problem.code == "left-out"
    ]
    assert ["what was typed for the patient" in message for message in lacking] == [True]
    assert "Quimby" not in str(lacking)


@pytest.mark.parametrize(("name", "note"), [("a" * 101, ""), ("", "b" * 601)])
def test_text_that_is_too_long_is_rejected_without_repeating_it(name: str, note: str) -> None:
    with pytest.raises(TooLongError) as refused:
        make_patient(name, note)
    assert name not in str(refused.value) or note not in str(refused.value)


def test_repr_and_str_contain_neither_name_nor_note() -> None:
    assert "Quimby" not in f"{TYPED!r} {TYPED}"
    assert "stairs" not in f"{TYPED!r} {TYPED}"


FORM = """\
::: form
Lift no more than [____]{#lift label="Weight to lift"}, and walk on [____]{#walk label="Day when I may walk"}.
:::
"""


@pytest.fixture
def form_project(project: SmallProject) -> SmallProject:
    """Return a project whose handout has two lines to write on."""
    project.replace(HANDOUT, "- after a fall", f"{FORM}\n\n- after a fall")
    return project


def test_lines_to_write_on_are_listed_with_their_labels(form_project: SmallProject) -> None:
    _, numbered = compose(form_project, "handout", None)
    assert list_blanks(numbered) == (Blank("lift", "Weight to lift"), Blank("walk", "Day when I may walk"))


@pytest.mark.parametrize("form", ["handout", "large-print", "html"])
def test_typed_text_takes_the_place_of_its_line(form_project: SmallProject, form: str) -> None:
    empty, _ = compose(form_project, form, None)
    typed, _ = compose(form_project, form, make_patient("", "", {"lift": " 10 <b>lb\n", "walk": " "}))
    assert '<span class="typed">' in typed.html
    assert "&lt;b&gt;lb</span>" in typed.html
    assert 'aria-label="Weight to lift"' not in typed.html
    assert 'aria-label="Day when I may walk"' in typed.html
    assert 'class="patient"' not in typed.html
    assert typed.made_from == empty.made_from
    assert "typed" not in empty.html


def test_typed_text_that_is_not_printed_is_an_error(form_project: SmallProject) -> None:
    document, _ = compose(form_project, "text", make_patient("", "", {"gone": "Ten pounds"}))
    (problem,) = typeset(document).problems
    assert problem.code == "left-out"
    assert "Ten pounds" not in problem.message


def test_an_insert_with_the_same_id_for_something_else_is_not_typed_on(form_project: SmallProject) -> None:
    form_project.write(
        "content/practices/clinic/inserts/ours.en.md", 'Ask for [____]{#lift label="Name of the nurse"}.\n'
    )
    form_project.write(
        PRACTICE,
        f"{form_project.text(PRACTICE)}inserts:\n  - {{handout: back, section: what, file: inserts/ours.en.md}}\n",
    )
    document, numbered = compose(form_project, "html", make_patient("", "", {"lift": "10 lb"}))
    assert list_blanks(numbered) == (Blank("walk", "Day when I may walk"),)
    assert "10" not in document.html.partition("<main")[2].partition("</main")[0]


def test_a_typed_line_that_is_too_long_is_rejected_without_repeating_it() -> None:
    with pytest.raises(TooLongError) as refused:
        make_patient("", "", {"lift": "q" * 101})
    assert "qq" not in str(refused.value)
    assert "Ten" not in repr(make_patient("", "", {"lift": "Ten"}))
