"""Everyday markup is printed as its author means it: H~2~O, boxes, blanks, definitions, fields; else it is an error."""

import pytest

from handouts.model.library import Reading
from handouts.problems.problem import Place
from support.composed import page_and_text
from support.projects import HANDOUT, PRACTICE, SmallProject

FIRST = "- after a fall"


def add(project: SmallProject, text: str) -> Reading:
    project.replace(HANDOUT, FIRST, f"{text}\n\nThen:\n\n{FIRST}")
    return project.read()


PRINTED = {
    "subscript": ("Drink H~2~O.", "H<sub>2</sub>O.", "Drink H₂O."),
    "power": ("10^9^/L and 10^-3^", "10</span><sup>", "10⁹/L and 10⁻³"),
    "ordinal": ("The 1^st^ day", "<sup>st</sup>", "The 1st day"),
    "name": ("Take ^18^F now", "<sup>18</sup>F", "Take ¹⁸F now"),
    "boxes": (
        "- [ ] Yes\n- [x] No",
        '<span class="box" data-label="">☐</span> Yes',
        "- ☐ Yes\n- ☑ No",
    ),
    "boxes of numbers": ("1. [ ] One", 'class="task"', "1. ☐ One"),
    "boxes in a line": ("Pain: [ ] yes, [ ] no", 'Pain: <span class="box">☐</span>&nbsp;yes', "Pain: ☐ yes, ☐ no"),
    "boxes in a table": ("| Do | Done |\n|---|---|\n| Rest | [ ] |", "<td><span", "Do: Rest\nDone: ☐"),
    "definition": ("Salt\n: less than 5 g", "<dt>Salt</dt>", "Salt\n  less than 5 g"),
    "line break": ("One\\\ntwo", "One<br>", "One\ntwo"),
    "blank": (
        'On [____]{#visit label="Next visit"}',
        '<span class="blank" role="img" aria-label="Next visit">________________________</span>',
        "On ________________________",
    ),
    "field": ("Call {{ practice.phone }}, {{practice.name}}.", "Harbor Clinic.", "Call 01632 960000, Harbor Clinic."),
}


@pytest.mark.parametrize("kind", PRINTED)
def test_what_is_printed(project: SmallProject, kind: str) -> None:
    written, html, text = PRINTED[kind]
    assert add(project, written).problems == ()
    page, plain = page_and_text(project)
    assert html in page
    assert text in plain.replace("\xa0", " ")


def test_a_picture_has_the_width_that_is_written(project: SmallProject) -> None:
    assert add(project, "![Logo](../../practices/clinic/logo.svg){width=40%}").problems == ()
    page, _ = page_and_text(project)
    assert 'alt="Logo" style="width:40%"' in page.replace("width: ", "width:")


MISTAKES = {
    "blank without attributes": ("On [____] so", "bad-blank", 4),
    "blank without a label": ("On [____]{#a} so", "bad-blank", 4),
    "blank without an id": ('On [____]{label="A"} so', "bad-blank", 4),
    "blank with another attribute": ('[____]{#a label="A" size=4}', "unknown-attribute", 1),
    "markup in a label": ('[____]{#a label="**A**"}', "markup-in-text", 1),
    "blanks with one id": ('[____]{#a label="A"} and [____]{#a label="B"}', "duplicate-id", 26),
    "blank with the id of a section": ('[____]{#what label="A"}', "duplicate-id", 1),
    "width that is none": ("![A](../../practices/clinic/logo.svg){width=wide}", "bad-width", 1),
    "width that is too small": ("![A](../../practices/clinic/logo.svg){width=0%}", "bad-width", 1),
    "height": ("![A](../../practices/clinic/logo.svg){height=40%}", "unknown-attribute", 1),
    "braces that are no attributes": ("![A](../../practices/clinic/logo.svg){wide}", "bad-attributes", 1),
    "box in a description": ("![A [ ] b](../../practices/clinic/logo.svg)", "unknown-markup", 1),
    "unknown field": ("Call {{ practice.phon }} now", "unknown-text-field", 6),
    "field of a patient": ("For {{ patient.name }}", "unknown-text-field", 5),
    "field in a description": ("![{{ practice.nam }}](../../practices/clinic/logo.svg)", "unknown-text-field", 3),
    "definition with a tilde": ("About\n~ 5 mg", "sign-as-mark", 1),
    "comment with something to do": ("So <!-- TODO: check the dose --> it is", "unfinished", 9),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_a_mistake_has_its_place(project: SmallProject, kind: str) -> None:
    written, code, column = MISTAKES[kind]
    problems = add(project, written).problems
    line = project.place(HANDOUT, written.split("\n")[-1]).line
    assert [(problem.code, problem.place) for problem in problems] == [(code, Place(HANDOUT, line, column))]
    assert all(problem.hint for problem in problems)


def test_fields_are_filled_in_everywhere(project: SmallProject) -> None:
    for old in ("Back pain", "For people with back pain", "Keep moving.", "What can I do?", "A bone of the back."):
        project.replace(HANDOUT, f"{old}\n", f'"{old} {{{{ practice.name }}}}"\n')
    project.replace(HANDOUT, "What is it?", "What is it at {{ practice.name }}?")
    project.replace(HANDOUT, "# Treatment", "# Treatment at {{ practice.name }}")
    project.replace(HANDOUT, "Above all in adults.", "Call {{ practice.emergency.number }}.")
    project.replace(HANDOUT, "{#safety", '{#safety title="Safe at {{ practice.name }}"')
    assert project.read().problems == ()
    page, plain = page_and_text(project)
    assert "{{" not in page + plain
    for text in (
        *("Back pain Harbor Clinic", "back pain Harbor Clinic", "Keep moving. Harbor Clinic", "Safe at Harbor Clinic"),
        *("What can I do? Harbor Clinic", "A bone of the back. Harbor Clinic", "What is it at Harbor Clinic?"),
        *("Treatment at Harbor Clinic", "Call 999."),
    ):
        assert text in plain.replace("\xa0", " ")


def test_numbers_by_id_and_own_fields(project: SmallProject) -> None:
    project.replace(PRACTICE, "960000}", '960000, id: desk}\nfields:\n  parking: "**Lot** B"')
    project.replace(
        HANDOUT, FIRST, f"Call {{{{ practice.phones.desk }}}}; {{{{ practice.fields.parking }}}}\n\n{FIRST}"
    )
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("markup-in-text", project.place(PRACTICE, '"**Lot'))
    project.replace(PRACTICE, "**Lot**", "Lot")
    assert "Call 01632 960000; Lot B" in page_and_text(project)[1].replace("\xa0", " ")


def test_a_field_that_the_practice_lacks(project: SmallProject) -> None:
    project.replace(PRACTICE, "960000}", "960000, id: desk}")
    project.replace(HANDOUT, FIRST, f"Call {{{{ practice.phones.dask }}}} now.\n\n{FIRST}")
    ran = project.run("build", "-f", "text")
    assert ran.code == 1
    place = project.place(HANDOUT, "{{ practice.phones.dask")
    assert f'{place}: error[missing-value]: the practice "clinic" has no "practice.phones.dask"' in ran.err
    assert 'did you mean "practice.phones.desk"?' in ran.err


def test_a_new_phone_number_makes_a_new_print_code_and_no_print_has_the_field(project: SmallProject) -> None:
    project.replace(PRACTICE, "website", "fields: {lot: A}\nwebsite")
    without = page_and_text(project)[1]
    project.replace(PRACTICE, "{lot: A}", "{lot: B}")
    assert page_and_text(project)[1] == without  # no text names it
    project.replace(HANDOUT, FIRST, f"Park on {{{{ practice.fields.lot }}}}.\n\n{FIRST}")
    before = page_and_text(project)[1]
    project.replace(PRACTICE, "{lot: B}", "{lot: C}")
    after = page_and_text(project)[1]
    assert "Park on B." in before
    assert "Park on C." in after
    assert before.split("Print code ")[1][:11] != after.split("Print code ")[1][:11]
