"""Contact data, logo and colors of a practice, placeholders in blank files, and inserts."""

import datetime as dt

import pytest
from PIL import Image

from handouts.check.rules.hours import find_error_in_hours
from handouts.model.project import Project
from handouts.scaffold.scaffold import make_handout, make_practice
from support.checks import find_codes, find_problems
from support.projects import HANDOUT, LOGO, PRACTICE, SmallProject


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
    assert find_error_in_hours(hours) == ""


@pytest.mark.parametrize(
    "hours", ["5:00 pm to 8:00 am", "8:00 to 25:00", "8:00 to 17:60", "13:00 pm to 5:00 pm", "9 am to 9 am"]
)
def test_odd_hours_are_reported(hours: str) -> None:
    assert find_error_in_hours(hours) != ""


@pytest.mark.parametrize("hours", ["8:00 am to 12:00 pm, 11:00 am to 5:00 pm", "08:00-12:00, 11:30-17:00"])
def test_times_that_overlap_are_reported(hours: str) -> None:
    assert find_error_in_hours(hours) == "its times overlap"


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["mon-fri 08:00-17:00", "fri 08:00-12:00"], "Friday"),
        (["mon-fri 08:00-17:00", "wed closed"], "Wednesday"),
        (["sat closed", "fri-sun 08:00-12:00"], "Saturday"),
        (["{days: Monday to Friday, hours: 8 to 5}", "{days: Weekdays, hours: Closed}"], "Monday, Tuesday"),
        (["{days: Mon-Wed, hours: '8:00 am to 5:00 pm'}", "wed 10:00-18:00"], "Wednesday"),
        (["mon-fri 08:00-17:00", "sat, sun closed"], ""),
        (["mon-fri 08:00-12:00", "mon, wed 13:00-17:00"], ""),
        (["mon-fri 08:00-12:00, 13:00-17:00", "mon-fri 08:00-12:00, 13:00-17:00"], ""),  # another finding
        (["mon-fri 08:00-17:00", "{days: Every other Friday, hours: 9 to 12}"], ""),
        (["mon-fri 08:00-17:00", "{days: Friday, hours: by appointment}"], ""),
    ],
)
def test_lines_of_hours_that_contradict_each_other_are_reported(
    project: SmallProject, lines: list[str], days: str
) -> None:
    text = project.text(PRACTICE)
    start, end = text.index("hours:"), text.index("when_to_call:")
    written = "".join(f"  - {line}\n" for line in lines)
    project.write(PRACTICE, f"{text[:start]}hours:\n{written}{text[end:]}")
    found = [problem for problem in find_problems(project) if problem.code == "contradicting-hours"]
    lines_found = [problem.place.line for problem in found if problem.place]
    assert lines_found == ([project.place(PRACTICE, lines[1]).line] if days else [])
    assert all(days in problem.message for problem in found)


@pytest.mark.parametrize(
    ("country", "number", "found"),
    [
        ("US", "(616) 555-0134", []),
        ("US", "616-555-0134", []),
        ("US", "+1 616 555 0134", []),
        ("US", "555-0134", ["bad-phone"]),
        ("US", "(616) 555-01345", ["bad-phone"]),
        ("US", "call us", ["bad-phone"]),
        ("US", "tel: 616\u2026", ["placeholder", "bad-phone"]),
        ("US", "(616) 555-\u2026", ["placeholder", "bad-phone"]),
        ("US", "(616) 555-0134...", ["bad-phone"]),
        ("US", "(616) 555-01XX", ["placeholder", "bad-phone"]),
        ("US", "(616) 555-O134", ["bad-phone"]),
        ("US", "(616) 5l5-0134", ["bad-phone"]),
        ("US", "(616) 155-0134", ["bad-phone"]),
        ("US", "(116) 555-0134", ["bad-phone"]),
        ("US", "911 \u2026", ["bad-phone"]),
        ("US", "1-800-FLOWERS", []),
        ("US", "988", []),
        ("US", "(616) 555-0134 x12", []),
        ("US", "(616) 555-0134 ext. 12", []),
        ("GB", "01632 \u2026", ["bad-phone"]),
        ("GB", "+1 616 555 0134", []),
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
    project.replace(PRACTICE, "Call 999", f"Call {emergency}")
    project.replace(PRACTICE, "01632 960000", f'"{number}"')
    assert find_codes(project) == found


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
    assert find_codes(project) == found


@pytest.mark.parametrize(("color", "found"), [("#0b3a4f", []), ("#3377aa", ["low-contrast"])])
def test_colors_are_measured_for_the_format_that_needs_the_highest_contrast(
    project: SmallProject, color: str, found: list[str]
) -> None:
    project.replace(PRACTICE, "#0b5a6f", color)
    assert find_codes(project) == found


def test_blank_files_are_full_of_placeholders(project: SmallProject) -> None:
    whole = Project(project.root)
    make_practice(whole, "new-practice")
    make_handout(whole, "new-handout", dt.date(2026, 3, 1))
    found = [problem for problem in find_problems(project) if problem.code == "placeholder"]
    assert sum(problem.place is not None and "practices" in problem.place.file for problem in found) == 5
    of_handout = [problem for problem in found if problem.place is not None and "handouts" in problem.place.file]
    assert len(of_handout) == 9
    assert of_handout[-1].message.startswith('"A short answer in plain words.')


def test_inserts_are_checked_like_handouts(project: SmallProject) -> None:
    project.replace(PRACTICE, "website:", "inserts:\n  - {handout: back, section: what, file: more.md}\nwebsite:")
    project.write(
        "content/practices/clinic/more.md", "[Click here](https://x.example.org), 1 in 4 of us [@smith2020].\n"
    )
    assert find_codes(project) == ["vague-link", "citation-before-stop"]


@pytest.mark.parametrize(
    ("words", "is_reported"),
    [
        ("Call us, tel: 616\u2026", True),
        ("Call (616) 555-...", True),
        ("Call (616) 555-01XX", True),
        ("Tel. 01632 \u2026", True),
        ("Call (616) 555-0134...", False),
        ("Call 911... and wait", False),
        ("Tell us (616) or more", False),
    ],
)
def test_phone_numbers_in_texts_that_are_not_complete_are_placeholders(
    project: SmallProject, words: str, *, is_reported: bool
) -> None:
    project.replace(HANDOUT, "It is mostly harmless.", f"{words}.")
    assert ("placeholder" in find_codes(project)) is is_reported
