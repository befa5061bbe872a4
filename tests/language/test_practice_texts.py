"""The texts of a practice by language: each print has those of its own language, and one that is missing is named."""

import re
from pathlib import Path

import pytest
from babel.localedata import locale_identifiers

from handouts.language.opening_hours import parse_opening_hours, write_opening_hours
from support.projects import HANDOUT, PRACTICE, SmallProject, small_project
from support.shipped import ROOT

BY_LANGUAGE = """\
name: Hill Clinic
country: US
logo: logo.svg
colors: {brand: "#1f3a5f", accent: "#8a3b12"}
address: [1 Hill Road]
phones:
  - {label: {en: Front desk, es: Recepción}, number: "(616) 555-0134"}
emergency:
  number: "911"
  text: {en: Call 911 if life is in danger., es: Llame al 911 si hay peligro de muerte.}
hours:
  - mon-fri 08:00-17:00
  - sat, sun closed
when_to_call:
  en: [Your pain gets worse.]
  es: [Su dolor empeora., Tiene fiebre.]
website: https://clinic.example.org
"""


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    made = small_project(tmp_path)
    made.write("templates/labels.es.yaml", (ROOT / "templates/labels.en.yaml").read_bytes())
    made.write(HANDOUT.replace("en.md", "es.md"), made.text(HANDOUT))
    made.write(PRACTICE, BY_LANGUAGE)
    return made


def build(project: SmallProject) -> tuple[str, str]:
    ran = project.run("build", "-f", "text")
    assert ran.code == 0, ran.err
    return project.text("output/clinic/back.en.txt"), project.text("output/clinic/back.es.txt")


def test_one_practice_prints_in_each_language_of_its_texts(project: SmallProject) -> None:
    english, spanish = build(project)
    for text in ("Recepción", "Llame al 911", "Su dolor empeora.", "Tiene fiebre.", "Lunes", "Cerrado"):
        assert text in spanish
        assert text not in english
    for text in ("Front desk", "Call 911", "Your pain gets worse.", "Monday", "Closed"):
        assert text in english
        assert text not in spanish


@pytest.mark.parametrize(
    ("written", "instead", "named"),
    [
        ("{en: Call 911 if life is in danger., es: Llame al 911 si hay peligro de muerte.}", None, "emergency.text"),
        ("{en: Front desk, es: Recepción}", "Front desk", "phones.label (entry 1)"),
        ("{en: Front desk, es: Recepción}", "{en: Front desk, vi: Lễ tân}", "phones.label (entry 1)"),
        ("  - sat, sun closed", "  - {days: Saturday, hours: Closed}", "hours.days (entry 2), hours.hours (entry 2)"),
    ],
)
def test_a_text_that_lacks_a_language_is_named_and_never_printed_in_another(
    project: SmallProject, written: str, instead: str | None, named: str
) -> None:
    project.replace(PRACTICE, written, instead or "Call 911 if life is in danger.")
    ran = project.run("build", "-f", "text")
    assert (ran.code, ran.out) == (1, "output/clinic/back.en.txt\n")
    assert f'error[missing-practice-text]: "clinic" has texts in "es", but not these: {named}\n' in ran.err
    assert f'"es", but not these: {named}\n' in project.run("check").out


def test_an_insert_without_the_language_is_an_error_where_it_is_printed(project: SmallProject) -> None:
    project.write("content/practices/clinic/arrival.md", "Come to the front desk.\n")
    project.write("content/practices/clinic/llegada.md", "Venga a la recepción.\n")
    for file in ("arrival.md", "{en: arrival.md}"):
        project.write(PRACTICE, f"{BY_LANGUAGE}inserts: [{{handout: back, section: what, file: {file}}}]\n")
        ran = project.run("build", "-f", "text")
        assert (ran.code, ran.out) == (1, "output/clinic/back.en.txt\n")
        assert 'but not these: the insert for the section "what"\n' in ran.err
        assert project.run("build", "-f", "text", "-s", "worry", "--force").code == 0
    both = "{en: arrival.md, es: llegada.md}"
    project.write(PRACTICE, f"{BY_LANGUAGE}inserts: [{{handout: back, section: what, file: {both}}}]\n")
    english, spanish = build(project)
    assert "Come to the front desk." in english
    assert "Venga a la recepción." in spanish
    assert "front desk." not in spanish


def test_an_insert_is_not_measured_by_the_rules_of_another_language(project: SmallProject) -> None:
    spanish = "Comuníquese inmediatamente con la coordinadora administrativa. " * 20 + "\n"
    project.write("content/practices/clinic/arrival.md", spanish)
    project.write("content/practices/clinic/llegada.md", spanish)
    both = "{en: arrival.md, es: llegada.md}"
    project.write(PRACTICE, f"{BY_LANGUAGE}inserts: [{{handout: back, section: what, file: {both}}}]\n")
    (project.root / HANDOUT.replace("en.md", "es.md")).unlink()
    assert project.run("check").out.count("section-hard-to-read") == 1


def test_a_value_for_texts_is_needed_only_where_it_is_named(project: SmallProject) -> None:
    project.write(PRACTICE, f"{BY_LANGUAGE}fields: {{ride: Bus 9}}\n")
    build(project)
    project.replace(HANDOUT.replace("en.md", "es.md"), "- Keep moving.", '- "Take {{ practice.fields.ride }}."')
    ran = project.run("build", "-f", "text")
    assert (ran.code, ran.out) == (1, "output/clinic/back.en.txt\n")
    assert "error[missing-value]" in ran.err
    project.replace(PRACTICE, "ride: Bus 9", "ride: {en: Bus 9, es: Autobús 9}")
    assert "Autobús 9" in build(project)[1]


def test_a_practice_has_all_texts_in_its_own_language(project: SmallProject) -> None:
    project.replace(PRACTICE, "{en: Front desk, es: Recepción}", "{es: Recepción}")
    (problem,) = project.problems()
    assert problem.code == "no-own-text"
    assert problem.message.endswith("phones.label (entry 1)")


def test_hours_that_are_not_understood_are_an_error(project: SmallProject) -> None:
    project.replace(PRACTICE, "mon-fri 08:00-17:00", "mon-fri 17:00-08:00")
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("unclear-hours", project.place(PRACTICE, "mon-fri"))


def test_a_clinic_takes_over_the_texts_of_its_network_in_all_languages(project: SmallProject) -> None:
    project.write("content/practices/hill/logo.svg", project.text("content/practices/clinic/logo.svg"))
    project.write(
        "content/practices/hill/practice.yaml",
        "extends: clinic\nlanguage: es\nwhen_to_call: {en: [You fall.], es: [Se cae.]}\n",
    )
    ran = project.run("build", "-p", "hill", "-f", "text")
    assert ran.code == 0, ran.err
    spanish = project.text("output/hill/back.es.txt")
    assert "Se cae." in spanish
    assert "Llame al 911" in spanish
    assert "You fall." in project.text("output/hill/back.en.txt")


# The texts as CLDR 46 has them: dates.calendars.gregorian.days, intervalFormats, listPatterns, timeFormats.
WRITTEN = {
    ("en", "US"): "Monday \u2013 Friday: 8:00\u00a0AM \u2013 12:30\u00a0PM",
    ("en", "GB"): "Monday \u2013 Friday: 08:00\u201312:30",
    ("es", "US"): "Lunes \u2013 viernes: 8:00\u00a0a.m. \u2013 12:30\u00a0p.m.",
    ("vi", "US"): "Thứ Hai \u2013 Thứ Sáu: 08:00\u201312:30",
    ("zh-Hans", "US"): "星期一 \u2013 星期五: 08:00\u201312:30",
    ("ar", "US"): "الاثنين \u2013 الجمعة: 8:00 ص \u2013 12:30 م",
}


@pytest.mark.parametrize(("language", "country"), WRITTEN)
def test_hours_are_written_as_in_the_language_and_country(language: str, country: str) -> None:
    hours = parse_opening_hours("mon-fri 08:00-12:30")
    assert hours is not None
    assert write_opening_hours(hours, language, country) == tuple(WRITTEN[language, country].split(": ", 1))


# Hours with a break at noon, joined by listPatterns of type "standard", start.
TWICE = {
    ("en", "US"): "8:00\u00a0AM \u2013 12:00\u00a0PM, 1:00 \u2013 5:00\u00a0PM",
    ("es", "GB"): "8:00\u201312:00, 13:00\u201317:00",
    ("vi", "US"): "08:00\u201312:00, 13:00\u201317:00",
    ("zh-Hans", "US"): "08:00\u201312:00\u300113:00\u201317:00",
    ("zh-Hant", "US"): "08:00 \u2013 12:00\u300113:00 \u2013 17:00",
    ("ar", "US"): "8:00 ص \u2013 12:00 م و1:00\u20135:00 م",
}


@pytest.mark.parametrize(("language", "country"), TWICE)
def test_hours_with_a_break_are_written_in_any_language(language: str, country: str) -> None:
    hours = parse_opening_hours("mon-fri 08:00-12:00, 13:00-17:00")
    assert hours is not None
    written = write_opening_hours(hours, language, country)
    assert written is not None
    assert written[1] == TWICE[language, country]


@pytest.mark.parametrize("spans", [2, 3])
def test_no_language_is_without_a_list_of_hours(spans: int) -> None:
    times = ", ".join(["08:00-10:00", "13:00-17:00", "18:00-19:30"][:spans])
    hours = parse_opening_hours(f"mon, wed, fri {times}")
    assert hours is not None
    for name in locale_identifiers():
        written = write_opening_hours(hours, name.replace("_", "-"), "US")
        assert written is None or len(re.findall(r"\d+", written[1])) == 4 * spans, name


@pytest.mark.parametrize("text", ["", "mon", "mon 8-5", "mon-mon 08:00-09:00", "xyz 08:00-09:00", "mon 25:00-26:00"])
def test_other_forms_are_no_hours(text: str) -> None:
    assert parse_opening_hours(text) is None
