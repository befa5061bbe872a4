"""Letters that no font has are found by `handouts check` without laying out pages."""

import datetime as dt

from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.model.project import Project
from support.projects import HANDOUT, SmallProject

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
    assert found == [(project.place(HANDOUT, word), f'"{word}" has "\u0430" (U+0430), which is no Latin letter')]
