"""Sheets as authors typed them: each is printed as its author expects, or has the errors that it should have."""

import re
from typing import Final

import pytest

from handouts.pdf.layout.lay_out import lay_out
from handouts.problems.problem import Severity
from support.composed import composed_as, page_and_text
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SmallProject
from support.shipped import ROOT

TYPED: Final = ROOT / "tests/data/typed"
HTML, STRUCK = "an HTML tag", "struck-out text"

# What is wrong: the line in the file, and the words that name it.
WRONG: Final[dict[str, list[tuple[int, str]]]] = {
    "1-doses.en": [],
    "2-leaks.en": [(20, HTML), (20, HTML), (20, STRUCK), (20, HTML)],
    "3-colonoscopy-prep.en": [],
    "4-wound-discharge.es": [],
    "5-kidney-stones-as-typed.en": [(93, STRUCK)],
    "gt-becomes-quote.en": [(17, "a quotation"), (19, "a list item")],
    "heading-without-space.en": [(17, "a heading")],
    "table-extra-cell-lost.en": [(19, "cells"), (20, "cells")],
}
# What an author mends after reading the errors.
MENDED: Final = {
    "2-leaks.en": {"x<sub>2</sub>, ~~struck~~, line<br>break": "x~2~, line\\\nbreak"},
    "5-kidney-stones-as-typed.en": {"~~No milk~~ is a myth": '"No milk" is a myth'},
}
# What is then printed.
PRINTED: Final = {
    "1-doses.en": ["3.75-7.5 mg", "1,000 mcg", "12\N{EN DASH}17 pounds", "1.25 mL", "hydrochlorothiazide", "0.125 mg"],
    "2-leaks.en": ["Call Harbor Clinic", "Call us at 01632 960000.", "H₂O, 10⁹/L, x₂, line\nbreak.", "☐ Yes", "☑ No"],
    "3-colonoscopy-prep.en": [
        "7:00 am",
        "5:00\N{EN DASH}7:00 pm",
        "Done: ☐",
        "8-oz glass",
        "call Harbor Clinic at 01632 960000",
    ],
    "4-wound-discharge.es": ["24 horas", "101 °F (38.3 °C)", "Con: ____________________ el:", "Llámenos si"],
    "5-kidney-stones-as-typed.en": ["2½ liters", "CaC₂O₄", "10⁹/L", "250 μg", "≥ 10 mm → surgery", "1,000 to 1,200 mg"],
}


def write_typed(project: SmallProject, name: str) -> None:
    """Write a typed sheet in place of the handout, with the sources and the picture that it names."""
    text = (TYPED / f"{name}.md").read_text(encoding="utf-8")
    language = name.rpartition(".")[2]
    (project.root / HANDOUT).unlink()
    project.write(f"content/handouts/back/{language}.md", text)
    project.write("content/handouts/back/plate.svg", project.text(LOGO))
    keys = sorted(set(re.findall(r"@([a-z][a-z0-9]*)", text)))
    entries = [
        f"  - {{id: {key}, type: book, title: T {key}, publisher: P, author: [{{family: Doe}}], issued: 2020}}\n"
        for key in keys
    ]
    project.write(REFERENCES, f"references:{' []' if not keys else ''}\n{''.join(entries)}")
    if language != "en":
        project.write(PRACTICE, f"{project.text(PRACTICE)}language: {language}\n")
        labels = (ROOT / "templates/labels.en.yaml").read_bytes()
        project.write(f"templates/labels.{language}.yaml", labels)


def mend(project: SmallProject, name: str) -> None:
    for old, new in MENDED.get(name, {}).items():
        project.replace(f"content/handouts/back/{name.rpartition('.')[2]}.md", old, new)


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_found_at_its_place(project: SmallProject, name: str) -> None:
    write_typed(project, name)
    found = project.problems()
    expected = WRONG[name]
    assert [problem.place.line for problem in found if problem.place] == [line for line, _ in expected]
    for problem, (_, words) in zip(found, expected, strict=True):
        assert problem.severity is Severity.ERROR
        assert words in problem.message
        assert problem.hint


@pytest.mark.parametrize("name", PRINTED)
def test_the_mended_sheet_is_printed_as_expected(project: SmallProject, name: str) -> None:
    write_typed(project, name)
    mend(project, name)
    assert project.problems() == ()
    text = page_and_text(project)[1].replace("\xa0", " ")
    assert [words for words in PRINTED[name] if words not in text] == [], text
    assert not re.search(r"<!--|\{\{|~~|~\d|\^\d|&nbsp;|\[ \]|\[x\]", text)


@pytest.mark.parametrize(
    ("name", "form"),
    [("1-doses.en", "handout"), ("4-wound-discharge.es", "handout"), ("5-kidney-stones-as-typed.en", "large-print")],
)
def test_its_pages_have_no_error(project: SmallProject, name: str, form: str) -> None:
    write_typed(project, name)
    mend(project, name)
    problems = lay_out(composed_as(project, form)).problems
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
