"""Notations of doses that are misread are found in every text that a patient reads, at their places."""

from typing import NamedTuple

import pytest

from handouts.check.doses.check_doses import check_doses
from handouts.check.plain_language.printed_texts import PrintedText
from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Problem, Severity
from support.checks import DAY
from support.growth import assert_linear
from support.projects import HANDOUT, PRACTICE, SmallProject

LABELS = "templates/labels.en.yaml"


class Text(NamedTuple):
    """A text of a project, in a file, to be replaced by one with a dose."""

    file: str
    old: str
    new: str


TEXTS = {
    "section": Text(HANDOUT, "It is mostly harmless.", "Take 5.0 mg."),
    "list": Text(HANDOUT, "- with a fever", "- after 5.0 mg"),
    "dose within markup": Text(HANDOUT, "- with a fever", "- after **5.0** mg"),
    "table": Text(HANDOUT, "| Walking |", "| 5.0 mg |"),
    "safety block": Text(HANDOUT, "you take medicine", "you take 5.0 mg"),
    "note": Text(HANDOUT, "Above all in adults.", "For 5.0 mg."),
    "heading": Text(HANDOUT, "## What helps?", "## Does 5.0 mg help?"),
    "description of a picture": Text(HANDOUT, "- with a fever", "- ![A box of 5.0 mg](box.svg)"),
    "caption": Text(HANDOUT, "- with a fever", "::: figure\n![A box](box.svg)\n\nTake 5.0 mg.\n:::"),
    "title of a block": Text(HANDOUT, "- with a fever", '::: teach-back {title="Why 5.0 mg?"}\nSay it.\n:::'),
    "caption of a code": Text(
        HANDOUT, "- with a fever", '::: qr {url="https://x.example.org" caption="On 5.0 mg"}\n:::'
    ),
    "label of a blank": Text(HANDOUT, "- with a fever", '- [____]{#dose label="Time of the 5.0 mg"}'),
    "field of a practice": Text(PRACTICE, "website:", "fields: {dose: 5.0 mg}\nwebsite:"),
    "title": Text(HANDOUT, "title: Back pain", "title: About 5.0 mg"),
    "audience": Text(HANDOUT, "For people with back pain", "For people on 5.0 mg"),
    "main message": Text(HANDOUT, "Most back pain gets better in a few weeks.", "Take 5.0 mg."),
    "action": Text(HANDOUT, "Keep moving.", "Take 5.0 mg."),
    "question": Text(HANDOUT, "What can I do?", "Can I take 5.0 mg?"),
    "glossary term": Text(HANDOUT, "term: vertebra", "term: 5.0 mg"),
    "glossary meaning": Text(HANDOUT, "A bone of the back.", "A dose of 5.0 mg."),
    "disclaimer": Text(HANDOUT, "This handout does not", "Taking 5.0 mg does not"),
    "when to call": Text(PRACTICE, "Your pain gets worse.", "You took 5.0 mg."),
    "emergency": Text(PRACTICE, "if a life is in danger", "if you took 5.0 mg"),
    "phone": Text(PRACTICE, "Front desk", "For 5.0 mg"),
}


def find_dose_problems(project: SmallProject) -> list[Problem]:
    found = check_project(Project(project.root), Scope(), DAY).open
    return [problem for problem in found if problem.code == "trailing-zero"]


@pytest.mark.parametrize("name", TEXTS)
def test_a_dose_is_found_wherever_it_is_printed(name: str, project: SmallProject) -> None:
    text = TEXTS[name]
    project.write("content/handouts/back/box.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    project.replace(text.file, text.old, text.new)
    (found,) = find_dose_problems(project)
    assert (found.severity, found.hint) == (Severity.ERROR, "write 5 mg")
    assert found.place is not None
    line = project.text(text.file).split("\n")[found.place.line - 1]
    assert found.place.file == text.file
    assert "5.0" in line or name == "heading", line


def test_a_dose_in_an_insert_is_found(project: SmallProject) -> None:
    insert = "content/practices/clinic/way.md"
    project.write(insert, "Ask at the desk.\n\n- Take 5.0 mg.\n")
    project.replace(PRACTICE, "website:", "inserts:\n  - {handout: back, section: what, file: way.md}\nwebsite:")
    (found,) = find_dose_problems(project)
    assert found.place == project.place(insert, "5.0 mg")


def test_a_dose_in_a_page_label_is_found(project: SmallProject) -> None:
    from support.shipped import ROOT  # noqa: PLC0415 - only here

    labels = (ROOT / LABELS).read_text(encoding="utf-8")
    project.write(LABELS, labels.replace("main_point: The main point", "main_point: Take 5.0 mg"))
    assert [problem.place for problem in find_dose_problems(project)] == [Place(LABELS)]


def test_a_dose_may_be_accepted_with_a_reason(project: SmallProject) -> None:
    project.replace(HANDOUT, "It is mostly harmless.", "Take 5.0 mg.")
    project.replace(HANDOUT, "keywords:", "accepted: [{code: trailing-zero, reason: A test.}]\nkeywords:")
    assert find_dose_problems(project) == []


def find_codes(text: str, language: str) -> list[str]:
    problems = Problems()
    check_doses([PrintedText(text, "prose", Place("x", 1))], language, problems)
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Tome 5,0 mg al día.", ["trailing-zero"]),
        ("Tome ,5 mg al día.", ["naked-decimal"]),
        ("Tome 400 UI de vitamina D.", ["dose-unit"]),
        ("Tome 75 µg al día.", ["dose-unit"]),
        ("Siete u ocho comprimidos de 5 ml; OD, AS y HS.", []),
        ("Tome 5,05 mg o 1.000 mg.", []),
        ("Tome 1O tabletas o 5OO mg.", ["letter-in-number", "letter-in-number"]),
        ("Tome 2,5 mg o 1,000.0 mg.", ["trailing-zero"]),
    ],
)
def test_numbers_and_units_are_checked_in_other_languages(text: str, codes: list[str]) -> None:
    assert find_codes(text, "es") == codes


HINTS = {
    "Take .25 mg.": "write 0.25 mg",
    "Take 10 U.": "write 10 units",
    "Take 75 µg.": "write 75 mcg, or micrograms in full",
    "Take 100000 units.": "write 100,000 units",
    "Take 1,000.0 mg.": "write 1,000 mg",
    "Take 2,5 mg.": "write 2.5 mg",
    "Call us above 38,5 \u00b0C.": "write 38.5 \u00b0C",
    "Take 1O mg.": "write 10 mg, if that is meant",
    "Take l0-20 mg.": "write 10 mg, if that is meant",
    "Take 2xS00 mg.": "write 500 mg, if that is meant",
    "Take lO drops.": "write 10 drops, if that is meant",
    "Take l tablet.": "write 1 tablet, if that is meant",
    "Come at 8:O0 am.": "write 8:00 am, if that is meant",
    "Call us above 38.S \u00b0C.": "write 38.5 \u00b0C, if that is meant",
    "Take 0,25-0,5 mg.": "write 0.25 mg",
    "Take 10.000 units.": "write 10 units, or 10,000 units",
    "Take 1 1/2 tablets.": "write 1½ tablets",
    "Take III tablets.": "write 3 tablets",
    "Take 2 tablets q6h.": "write every 6 hours",
    "Take 2 tablets x 7 days.": "write for 7 days",
    "Take Inderal40 mg.": "write Inderal 40 mg",
    "Take two tablets.": "write the number in digits: 2 tablets",
}


@pytest.mark.parametrize("text", HINTS)
def test_the_hint_has_the_safe_form(text: str) -> None:
    problems = Problems()
    check_doses([PrintedText(text, "prose", Place("x", 1))], "en", problems)
    assert [problem.hint for problem in problems] == [HINTS[text]]


@pytest.mark.parametrize(
    "text",
    [
        "Vitamin B12 mcg, O2 L a minute, SpO2 95 %, CO2 35 mmHg, Na 140 mmol.",
        "ICD I10 or S00; from L5 to S1, 10 l of water, 2 l a day, 5 lb or 50 lbs, 1l, 10 IU.",
        "I take 5 mg, OS, SOS or so 5 mg. Il 5, lo 5 mg, S 5 tablets, type O.",
    ],
)
def test_letters_beside_numbers_are_no_digits(text: str) -> None:
    assert "letter-in-number" not in find_codes(text, "en")


@pytest.mark.parametrize(
    ("cell", "is_found"), [("OU", True), ("OD", True), ("HS", True), ("AS", False), ("OS x", False)]
)
def test_an_abbreviation_alone_in_a_cell_is_found(project: SmallProject, cell: str, *, is_found: bool) -> None:
    project.replace(HANDOUT, "| Walking |", f"| {cell} |")
    found = check_project(Project(project.root), Scope(), DAY).open
    assert ("dose-abbreviation" in {problem.code for problem in found}) is is_found


def test_decimals_and_thousands_in_english_are_fine() -> None:
    assert find_codes("Take 1,000 mg, 10,000 units, 2.125 mg or 0.005 mg in 2,5 or 6 days.", "en") == []


HOSTILE = {
    "digits": "1",
    "numbers with commas": "1,",
    "letters": "a",
    "doses": "take HS ",
    "fractions": "1/2 ",
    "decimals": "1.0",
    "capitals": "II ",
    "letters like digits": "1O",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    piece = HOSTILE[name]
    assert_linear(lambda size: find_codes(piece * (size // len(piece)) + " mg", "en"), 5_000)
