"""Letters that no font has are found by `handouts check` without laying out pages."""

import datetime as dt

import pytest

from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.model.project import Project
from support.projects import HANDOUT, PRACTICE, SmallProject

SIGNS = "☐ ☑ □ ✓ ✗ → ↑ ↓ ⚠ ☎ ⅓ ⅔ ⅛ ₂ ⁴⁵⁶⁷⁸⁹ \u03b1 β \u03b3 µ \u2032 \u2033 x\u2011ray ≥ ± é ½"


def test_everyday_signs_and_a_letter_without_a_font(project: SmallProject) -> None:
    project.replace(HANDOUT, "- after a fall", f"{SIGNS}, then 痛 and e\u0301 痛.\n\n- after a fall")
    project.replace(HANDOUT, "title: Back pain", "title: Back ぶ pain")
    findings = check_project(Project(project.root), Scope(), dt.date(2026, 6, 1))
    found = [(problem.place, problem.message) for problem in findings.open if problem.code == "letter-in-no-font"]
    assert found == [
        (project.place(HANDOUT, "Back ぶ"), 'no bundled font has "ぶ" (U+3076)'),
        (project.place(HANDOUT, "痛"), 'no bundled font has "痛" (U+75DB)'),
    ]


def test_words_with_letters_of_another_script_among_latin_ones(project: SmallProject) -> None:
    word = "sp\u0430in"
    allowed = "\u03b2-blocker, TNF-\u03b1, IFN\u03b3, \u03bcg, спина, x\u2011ray"
    project.replace(HANDOUT, "- after a fall", f"{allowed} and {word}.\n\n- after a fall")
    findings = check_project(Project(project.root), Scope(), dt.date(2026, 6, 1))
    found = [(problem.place, problem.message) for problem in findings.open if problem.code == "lookalike-letter"]
    assert found == [(project.place(HANDOUT, word), f'"{word}" has "\u0430" (U+0430), which is not a Latin letter')]


def test_digits_of_other_scripts_are_found_where_readers_do_not_know_them(project: SmallProject) -> None:
    dose, full = "\u0661\u0665", "\uff15\uff10"
    project.replace(HANDOUT, "- after a fall", f"Take {dose} mg, {full} mL or 5\u0660 g, 10\u00b2.\n\n- after a fall")
    project.replace(PRACTICE, "01632 960000", "0\u0661632 960000")
    project.write("content/practices/clinic/more.md", f"Call {full}.\n")
    project.replace(PRACTICE, "website:", "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite:")
    project.write(HANDOUT.replace("en.md", "ar.md"), project.text(HANDOUT))
    findings = check_project(Project(project.root), Scope(), dt.date(2026, 6, 1)).open
    found = [(str(problem.place), problem.message) for problem in findings if problem.code == "foreign-digit"]
    tail = "has digits of another script"
    assert sorted(found) == sorted(
        [
            (str(project.place(HANDOUT, dose)), f'"{dose}" {tail}: 15 in digits 0 to 9'),
            (str(project.place(HANDOUT, full)), f'"{full}" {tail}: 50 in digits 0 to 9'),
            (str(project.place(HANDOUT, "5\u0660")), f'"5\u0660" {tail}: 50 in digits 0 to 9'),
            ("content/practices/clinic/more.md:1:6", f'"{full}" {tail}: 50 in digits 0 to 9'),
            (str(project.place(PRACTICE, "0\u0661632")), f'"0\u0661632" {tail}: 01632 in digits 0 to 9'),
        ]
    )


@pytest.mark.parametrize(
    ("written", "mixed"), [("harbor.example", "h\u0430rbor.example"), ("Harbor Clinic", "H\u0430rbor Clinic")]
)
def test_lookalike_letters_of_a_practice_are_found(project: SmallProject, written: str, mixed: str) -> None:
    project.replace(PRACTICE, written, mixed)
    project.write("content/practices/clinic/more.md", "Call the fr\u043ent desk.\n")
    project.replace(PRACTICE, "website:", "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite:")
    findings = check_project(Project(project.root), Scope(), dt.date(2026, 6, 1)).open
    places = [str(problem.place) for problem in findings if problem.code == "lookalike-letter"]
    assert len(places) == 2
    assert "content/practices/clinic/more.md:1:10" in places
