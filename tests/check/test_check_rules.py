"""The rules one by one: what each takes for a fault, and what not."""

import datetime as dt
import re
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from handouts.check.passages import handout_passages
from handouts.check.rules.citations import citation_findings
from handouts.check.rules.hours import wrong_hours
from handouts.check.run import check
from handouts.check.scope import Scope
from handouts.model.project import Project
from handouts.scaffold.scaffold import make_handout, make_practice
from support.command import run
from support.projects import HANDOUT, LOGO, PRACTICE, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

DAY = dt.date(2026, 6, 1)


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    project = small_project(tmp_path)
    project.replace(HANDOUT, "common [@smith2020].", "common.[@smith2020]")
    return project


def codes(project: SmallProject) -> list[str]:
    found = check(Project(project.root), Scope(), DAY).open
    return [problem.code for problem in found if problem.code != "draft"]


def of_text(project: SmallProject, text: str) -> list[str]:
    project.replace(HANDOUT, "- after a fall\n- with a fever", text)
    return codes(project)


# Citations


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It is red [@smith2020].", "citation-before-stop"),
        ("It is red[@smith2020], and new.", "citation-before-stop"),
        ("**It is red[@smith2020; @jones2021].**", "citation-before-stop"),
        ("These help:[@smith2020]", "citation-after-colon"),
        ("It is red; [@smith2020] it is new.", "citation-after-colon"),
        ("It is 10 cm[@smith2020] wide.", "citation-after-number"),
        ("It is 10 cm²[@smith2020] wide.", "citation-after-number"),
        ("We saw 50% [@smith2020] of it.", "citation-after-number"),
        ("In **2020**[@smith2020] it was new.", "citation-after-number"),
    ],
)
def test_a_citation_in_the_wrong_place_is_told(project: SmallProject, text: str, code: str) -> None:
    assert of_text(project, text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "It is red.[@smith2020]",
        "It is red,[@smith2020] and new.",
        "These help[@smith2020]: walks.",
        "Is it red?[@smith2020] It is.",
        "It is red [@smith2020] and new.",
        "It was new in 2020.[@smith2020]",
        "| Dose |\n|------|\n| red[@smith2020] |",
    ],
)
def test_a_citation_in_its_place_is_not(project: SmallProject, text: str) -> None:
    assert of_text(project, text) == []


WORDS = st.lists(st.text("abcdef", min_size=1, max_size=6), min_size=1, max_size=5).map(" ".join)


@given(before=WORDS, after=WORDS, mark=st.sampled_from(".,"), space=st.sampled_from(["", " "]))
def test_wherever_words_end_a_citation_follows_stop_and_comma(
    shared: SmallProject, before: str, after: str, mark: str, space: str
) -> None:
    assert misplaced(shared, f"{before}{mark}[@smith2020]{space}{after}") == []
    (found,) = misplaced(shared, f"{before}{space}[@smith2020]{mark} {after}")
    assert found == ("citation-before-stop", len(before) + len(space) + 1)


@given(before=WORDS, after=WORDS, mark=st.sampled_from(":;"), space=st.sampled_from(["", " "]))
def test_wherever_words_end_a_citation_precedes_colon_and_semicolon(
    shared: SmallProject, before: str, after: str, mark: str, space: str
) -> None:
    assert misplaced(shared, f"{before}[@smith2020]{mark} {after}") == []
    (found,) = misplaced(shared, f"{before}{mark}{space}[@smith2020] {after}")
    assert found == ("citation-after-colon", len(before) + 1 + len(space) + 1)


@given(number=st.integers(0, 10**6), unit=st.sampled_from(["", " cm", "%", " mg", " °C", "²"]), after=WORDS)
def test_no_number_is_followed_by_a_citation(shared: SmallProject, number: int, unit: str, after: str) -> None:
    (found,) = misplaced(shared, f"It has {number}{unit}[@smith2020] {after}")
    assert found[0] == "citation-after-number"
    assert misplaced(shared, f"It has {number}{unit}.[@smith2020] {after}") == []


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    return small_project(tmp_path_factory.mktemp("shared"))


def misplaced(project: SmallProject, text: str) -> list[tuple[str, int]]:
    """Read a handout with a line of text; give code and column of each citation that is misplaced in it."""
    original = small_project(project.root).text(HANDOUT)
    project.write(HANDOUT, original.replace("- after a fall\n- with a fever", text))
    library = project.read().library
    assert library
    (handout,) = library.handouts
    line = project.place(HANDOUT, text).line
    found = citation_findings(handout_passages(project.root, handout), handout.notes)
    return [(p.code, p.place.column) for p in found if p.place and p.place.line == line]


@given(text=st.text(st.sampled_from("ab1 .,:;%[]@()!#*_|<>\n-\u00b2\u202e"), max_size=80))
def test_no_text_breaks_the_rules(shared: SmallProject, text: str) -> None:
    original = small_project(shared.root).text(HANDOUT)
    shared.write(HANDOUT, original.replace("- after a fall", text))
    for problem in check(Project(shared.root), Scope(), DAY).open:
        assert problem.place is None or problem.place.line <= text.count("\n") + original.count("\n") + 1


@pytest.mark.parametrize(
    "text", ["1," * 200_000, "[@a" * 50_000, "| 1% " * 20 + "|\n" + "|-" * 20 + "|\n" + ("| 1% " * 20 + "|\n") * 2000]
)
def test_very_long_texts_are_checked_to_the_end(project: SmallProject, text: str) -> None:
    project.replace(HANDOUT, "- after a fall\n- with a fever", text)
    project.replace(HANDOUT, "Back pain is common.[@smith2020]", "[Click here](https://x.example.org)")
    assert "vague-link" in codes(project) or "bad-citation" in codes(project)


# Figures


@pytest.mark.parametrize(
    "text",
    [
        "About 1 in 4 of us have it.",
        "Two out of three have it.",
        "It helps 50 % of us.",
        "It helps 12.5 percent of us.",
        "Over 50 million have it.",
        "It is twice as strong.",
        "Walks help.\n\n- It helps 3 of 4 of us",
        "About 1 in 4 of us have it.\n\nThey are well.[@smith2020]",
        "| Who |\n|-----|\n| 1 in 4 |",
    ],
)
def test_a_figure_without_a_source_is_told(project: SmallProject, text: str) -> None:
    assert of_text(project, text) == ["uncited-figure"]


@pytest.mark.parametrize(
    "text",
    [
        "About 1 in 4 of us have it.[@smith2020]",
        "About 1 in 4 of us have it. They are well.[@smith2020]",
        "These help[@smith2020]:\n\n- It helps 3 of 4 of us",
        "| Who | How |\n|-----|-----|\n| 1 in 4 | well[@smith2020] |",
        "Walk for 20 minutes, 3 times a day.",
        "Room 4 of the clinic opens at 8.",
    ],
)
def test_a_figure_with_a_source_is_not(project: SmallProject, text: str) -> None:
    assert of_text(project, text) == []


def test_a_note_can_give_the_source_of_a_figure(project: SmallProject) -> None:
    project.replace(HANDOUT, "[^ages]: Above all in adults.", "[^ages]: Above all in adults.[@smith2020]")
    assert of_text(project, "About 1 in 4 of us have it.[^ages]") == []


# Treatment


TREATMENT = "treatment: {benefits: [helps], risks: [safety], no_treatment: [worry], other_options: [what]}\nkeywords:"


def test_a_treatment_that_says_all_is_well(project: SmallProject) -> None:
    project.replace(HANDOUT, "keywords:", TREATMENT)
    assert codes(project) == []


@pytest.mark.parametrize("topic", ["benefits", "risks", "no_treatment", "other_options"])
def test_each_topic_of_a_treatment_is_needed(project: SmallProject, topic: str) -> None:
    project.replace(HANDOUT, "keywords:", re.sub(rf"{topic}: \[\w+\](, )?", "", TREATMENT))
    assert codes(project) == ["treatment-incomplete"]


def test_an_empty_topic_of_a_treatment_is_told_where_it_stands(project: SmallProject) -> None:
    lines = "treatment:\n  benefits: [helps]\n  risks: [safety]\n  no_treatment: []\n  other_options: [what]\nkeywords:"
    project.replace(HANDOUT, "keywords:", lines)
    places = {problem.code: problem.place for problem in check(Project(project.root), Scope(), DAY).open}
    assert places["treatment-incomplete"] == project.place(HANDOUT, "[]")


def test_benefits_need_safety_information_in_each_selection(project: SmallProject) -> None:
    project.replace(HANDOUT, "keywords:", TREATMENT.replace("benefits: [helps]", "benefits: [about, helps]"))
    assert codes(project) == ["no-safety-block"] * 2
    project.replace(HANDOUT, ' always-with="treatment"', "")
    assert codes(project) == []


# Practices


@pytest.mark.parametrize(
    "hours",
    [
        "8:00 am to 5:00 pm",
        "8:30am to 6:00pm",
        "9 to 5",
        "9-17",
        "08:00 \u2013 12:00, 13:00 \u2013 18:00",
        "Closed",
        "10 am to 12 pm",
        "by appointment",
        "24 hours",
    ],
)
def test_usual_hours_make_sense(hours: str) -> None:
    assert wrong_hours(hours) == ""


@pytest.mark.parametrize(
    "hours", ["5:00 pm to 8:00 am", "8:00 to 25:00", "8:00 to 17:60", "13:00 pm to 5:00 pm", "9 am to 9 am"]
)
def test_odd_hours_are_told(hours: str) -> None:
    assert wrong_hours(hours) != ""


@pytest.mark.parametrize(
    ("country", "number", "found"),
    [
        ("US", "(616) 555-0134", []),
        ("US", "616-555-0134", []),
        ("US", "+1 616 555 0134", []),
        ("US", "555-0134", ["bad-phone"]),
        ("US", "(616) 555-01345", ["bad-phone"]),
        ("US", "call us", ["bad-phone"]),
        ("GB", "01632 960482", []),
        ("GB", "111", []),
        ("DE", "030 1234567", []),
    ],
)
def test_phone_numbers_are_those_of_the_country(
    project: SmallProject, country: str, number: str, found: list[str]
) -> None:
    emergency = {"US": "911", "GB": "999", "DE": "112"}[country]
    project.replace(PRACTICE, "country: GB", f"country: {country}")
    project.replace(PRACTICE, '"999"', f'"{emergency}"')
    project.replace(PRACTICE, "01632 960000", f'"{number}"')
    assert codes(project) == found


@pytest.mark.parametrize(
    ("size", "found"),
    [((402, 201), []), ((400, 199), ["coarse-logo"]), ((1000, 100), []), ((940, 90), ["coarse-logo"])],
)
def test_a_logo_of_pixels_is_sharp_at_its_printed_size(
    project: SmallProject, size: tuple[int, int], found: list[str]
) -> None:
    Image.new("RGB", size).save(project.root / LOGO.replace(".svg", ".png"))
    (project.root / LOGO).unlink()
    project.replace(PRACTICE, "logo.svg", "logo.png")
    assert codes(project) == found


@pytest.mark.parametrize(("color", "found"), [("#0b3a4f", []), ("#3377aa", ["low-contrast"])])
def test_colors_are_measured_for_the_format_that_asks_for_most(
    project: SmallProject, color: str, found: list[str]
) -> None:
    project.replace(PRACTICE, "#0b5a6f", color)
    assert codes(project) == found


def test_blank_files_are_full_of_placeholders(project: SmallProject) -> None:
    whole = Project(project.root)
    make_practice(whole, "new-practice")
    make_handout(whole, "new-handout")
    found = [problem for problem in check(whole, Scope(), DAY).open if problem.code == "placeholder"]
    assert sum(problem.place is not None and "practices" in problem.place.file for problem in found) == 5
    assert sum(problem.place is not None and "handouts" in problem.place.file for problem in found) == 8


def test_inserts_are_checked_as_handouts_are(project: SmallProject) -> None:
    project.replace(PRACTICE, "website:", "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite:")
    project.write(
        "content/practices/clinic/more.md", "[Click here](https://x.example.org), 1 in 4 of us [@smith2020].\n"
    )
    assert codes(project) == ["vague-link", "citation-before-stop"]


@pytest.mark.parametrize("practice", ["lakeside-spine-center", "northgate-family-practice"])
def test_the_printed_qr_code_leads_to_the_website(shipped_color: Path, tmp_path: Path, practice: str) -> None:
    pdf = shipped_color / practice / "spinal-fracture.en.handout.pdf"
    subprocess.run(["pdftoppm", "-r", "100", "-gray", pdf, tmp_path / "page"], check=True)
    read = {code.text for page in sorted(tmp_path.glob("*.pgm")) for code in zxingcpp.read_barcodes(Image.open(page))}
    written = (ROOT / f"content/practices/{practice}/practice.yaml").read_text(encoding="utf-8")
    assert read == {re.findall("website: (.*)", written)[0]}


def test_settings_of_checks_are_checked_with_place_and_advice(project: SmallProject) -> None:
    project.write(SETTINGS, "checks:\n  severitys: {}\n")
    ran = run(project.root, "check")
    assert "handouts.yaml:2:3: error[unknown-field]" in ran.out
    assert 'did you mean "severities"?' in ran.out
