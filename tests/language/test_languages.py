"""Each print is in one language, whose writing direction its format can show; anything else is an error."""

import json
import re
from pathlib import Path

import pytest

from support.command import copy_of_shipped, run
from support.front_desk import served
from support.projects import HANDOUT, PRACTICE, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

SPANISH = HANDOUT.replace("en.md", "es.md")
ARABIC = HANDOUT.replace("en.md", "ar.md")
CLINICA = PRACTICE.replace("clinic", "clinica")
FORMATS = ("handout", "one-page", "large-print", "booklet", "trifold", "trifold-z", "html", "text")
ALL = [word for name in FORMATS for word in ("-f", name)]
TEXTS = "phones, emergency.text, hours, when_to_call"
IN_SPANISH = """\
extends: clinic
language: es
phones:
  - {label: Recepción, number: 01632 960000}
emergency:
  text: Llame al 999 si hay peligro de muerte.
hours:
  - {days: De lunes a viernes, hours: de 9 a 5}
when_to_call:
  - Su dolor empeora.
"""


def with_labels(project: SmallProject, *languages: str) -> SmallProject:
    for language in languages:
        project.write(f"templates/labels.{language}.yaml", (ROOT / "templates/labels.en.yaml").read_bytes())
    return project


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """A handout and the fixed words of the page in English and Spanish; the only practice has its texts in English."""
    made = with_labels(small_project(tmp_path), "es")
    made.write(SPANISH, made.text(HANDOUT))
    return made


# The texts of a practice


def failed(project: SmallProject, *arguments: str) -> dict[str, set[str]]:
    """Build, and return the codes of the errors of each output that failed, by format."""
    outputs = json.loads(project.run("build", "--json", *arguments).out)["outputs"]
    return {
        output["format"]: {problem["code"] for problem in output["problems"] if problem["severity"] == "error"}
        for output in outputs
        if output["status"] == "failed"
    }


def test_a_print_in_another_language_than_the_practices_texts_is_an_error(project: SmallProject) -> None:
    assert failed(project, "-l", "es", *ALL) == {name: {"other-language"} for name in FORMATS}
    ran = project.run("build", "-f", "text")
    assert (ran.code, ran.out) == (1, "output/clinic/back.en.txt\n")
    assert (
        f'{PRACTICE}:1: error[other-language]: the texts of "clinic" are in "en", but "back" is in "es": '
        f"these texts are in the wrong language for its readers: {TEXTS}\n"
    ) in ran.err
    assert "hint: write each of them by language, such as text: {en: ..., es: ...}" in ran.err


def test_the_error_names_the_inserts_and_the_place_of_the_language(project: SmallProject) -> None:
    project.write("content/practices/clinic/arrival.md", "Come to the front desk.\n")
    inserts = "inserts: [{handout: back, section: what, file: arrival.md}]\n"
    project.write(PRACTICE, project.text(PRACTICE) + inserts + "language: en-GB\n")
    place = project.place(PRACTICE, "en-GB")
    ran = project.run("build", "-p", "clinic", "-l", "es", "-f", "text", "-s", "what")
    assert f'{place}: error[other-language]: the texts of "clinic" are in "en-GB"' in ran.err
    assert f"readers: {TEXTS}, content/practices/clinic/arrival.md\n" in ran.err
    ran = project.run("build", "-p", "clinic", "-l", "es", "-f", "text", "-s", "worry")
    assert f"readers: {TEXTS}\n" in ran.err


def test_only_practices_in_the_language_of_a_handout_are_planned(project: SmallProject) -> None:
    project.write(CLINICA, IN_SPANISH)
    ran = project.run("build", "-f", "text", "-f", "html")
    assert ran.code == 0, ran.err
    assert sorted(ran.out.split()) == [
        f"output/{name}"
        for name in ("clinic/back.en.html", "clinic/back.en.txt", "clinica/back.es.html", "clinica/back.es.txt")
    ]
    assert "left out: 4 outputs in another language than the practice's own texts" in ran.err
    page = project.text("output/clinica/back.es.html")
    assert "Llame al 999 si hay peligro de muerte." in page
    assert "Call 999" not in page
    assert json.loads(project.run("build", "-f", "text", "--json").out)["other_language"] == 2
    # Naming both, or leaving nothing else, is reported.
    for arguments in (["-p", "clinic", "-l", "es"], ["-p", "clinica", "-l", "en"]):
        ran = project.run("build", "-f", "text", *arguments)
        assert (ran.code, ran.out) == (1, "")
        assert "error[other-language]" in ran.err
    (project.root / HANDOUT).unlink()
    ran = project.run("build", "back", "-p", "clinic", "-f", "text")
    assert (ran.code, ran.out) == (1, "")
    assert "error[other-language]" in ran.err


def test_a_set_of_a_handout_and_a_practice_in_other_languages_is_reported(project: SmallProject) -> None:
    project.write(CLINICA, IN_SPANISH)
    entry = "{practices: [clinic], languages: [es], formats: [text]}"
    project.write(SETTINGS, f"paper: a4\nsets:\n  desk: [{entry}, {{formats: [text]}}]\n")
    ran = project.run("build", "--set", "desk")
    assert ran.code == 1
    assert sorted(ran.out.split()) == ["output/clinic/back.en.txt", "output/clinica/back.es.txt"]
    assert "error[other-language]" in project.run("check").out


def test_check_reports_languages_that_no_practice_has(project: SmallProject) -> None:
    ran = project.run("check")
    assert ran.code == 1
    assert (
        f'{SPANISH}:1: error[language-without-practice]: "back" is in "es", but no practice has its own texts in'
        in ran.out
    )
    project.write(CLINICA, IN_SPANISH)
    ran = project.run("check")
    assert ran.code == 0, ran.out
    assert "language-without-practice" not in ran.out
    project.write(SETTINGS, "checks: {severities: {other-language: off}}\n")
    assert "error[fixed-severity]" in project.run("check").out


def test_inherited_texts_in_another_language_are_an_error(project: SmallProject) -> None:
    project.write(CLINICA, "extends: clinic\nlanguage: es\nwhen_to_call: [Su dolor empeora.]\n")
    (problem,) = project.problems()
    assert (problem.code, problem.place) == ("inherited-language", project.place(CLINICA, "es\n"))
    assert problem.message.endswith("from a practice in another language: phones, emergency.text, hours")
    project.write(CLINICA, "extends: clinic\nlanguage: en-US\n")
    assert project.problems() == ()


def test_the_language_of_a_practice_is_inherited_or_that_of_the_project(project: SmallProject) -> None:
    project.write(SETTINGS, "language: es\npaper: a4\n")
    ran = project.run("build", "-p", "clinic", "-f", "text")
    assert 'the texts of "clinic" are in "es", but "back" is in "en"' in ran.err
    project.write(SETTINGS, "paper: a4\n")
    project.write(PRACTICE, project.text(PRACTICE) + "language: es-MX\n")
    project.write(CLINICA, "extends: clinic\n")
    library = project.read().library
    assert library is not None
    assert {name: practice.language for name, practice in library.practices.items()} == {
        "clinic": "es-MX",
        "clinica": "es-MX",
    }
    assert project.run("build", "-p", "clinica", "-l", "es", "-f", "text").code == 0
    project.replace(PRACTICE, "es-MX", "spanish")
    assert [problem.code for problem in project.problems() if problem.code != "broken-practice"] == ["bad-language"]


def test_a_print_made_before_is_not_current_in_another_language(project: SmallProject) -> None:
    project.write(PRACTICE, project.text(PRACTICE) + "language: es\n")
    assert project.run("build", "-l", "es", "-f", "html").code == 0
    project.replace(PRACTICE, "language: es\n", "")
    ran = project.run("verify", "output/clinic/back.es.html")
    assert ran.code == 1
    assert "error[other-language]" in ran.err
    assert project.run("build", "-l", "es", "-p", "clinic", "-f", "html").code == 1


def test_earlier_files_in_two_languages_are_reported_and_removed(project: SmallProject) -> None:
    project.write(PRACTICE, project.text(PRACTICE) + "language: es\n")
    assert project.run("build", "-l", "es", "-f", "text").code == 0
    project.replace(PRACTICE, "language: es\n", "")
    project.write(CLINICA, IN_SPANISH)
    assert "no longer planned: clinic/back.es.txt\n" in project.run("build", "-f", "text").err
    assert "removed: clinic/back.es.txt\n" in project.run("build", "-f", "text", "--prune").err
    assert not (project.root / "output/clinic/back.es.txt").exists()


def test_the_front_desk_offers_the_language_of_the_practice_and_refuses_others(project: SmallProject) -> None:
    project.write(CLINICA, IN_SPANISH)
    with served(project.root, practice="clinica") as page:
        assert '<input type="hidden" name="language" value="es">' in page.ask("/handouts/back").text
        form = {"practice": "clinica", "number": "1", "section": ["what", "worry", "helps"], "format": "text"}
        form["agreed"] = "back"
        assert page.ask("/handouts/back/message", {**form, "language": "es"}).status == 200
        refused = page.ask("/handouts/back/message", {**form, "language": "en"})
        assert refused.status == 422
        assert "in another language than this handout" in refused.text


# The writing direction


def test_every_page_declares_its_direction(tmp_path: Path) -> None:
    project = with_labels(small_project(tmp_path), "ar")
    project.write(ARABIC, project.text(HANDOUT).replace("after a fall", "after a [fall]{lang=en} or [نزيف]{lang=fa}"))
    project.write(PRACTICE.replace("clinic", "iyada"), IN_SPANISH.replace("language: es", "language: ar"))
    assert project.run("build", "-f", "html", "-f", "text").code == 0
    assert '<html lang="en" dir="ltr"' in project.text("output/clinic/back.en.html")
    page = project.text("output/iyada/back.ar.html")
    assert re.search(r'<html lang="ar" dir="rtl"', page)
    # Passages in the same direction need none.
    assert '<span lang="en" dir="ltr">fall</span>' in page
    assert '<span lang="fa">نزيف</span>' in page


def test_a_right_to_left_passage_is_refused_on_pages_with_its_line(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    project.replace(HANDOUT, "- after a fall", "- after\n  a [fall]{lang=he}")
    line = project.place(HANDOUT, "  a [fall]").line
    ran = project.run("build")
    assert (ran.code, ran.out) == (1, "")
    assert f'{HANDOUT}:{line}: error[wrong-direction]: this passage is in "he"' in ran.err
    assert project.run("build", "-s", "what").code == 0
    assert project.run("build", "-f", "html", "-f", "text").code == 0
    assert '<span lang="he" dir="rtl">fall</span>' in project.text("output/clinic/back.en.html")


def test_vertical_writing_is_refused_in_all_formats(tmp_path: Path) -> None:
    project = with_labels(small_project(tmp_path), "mn-Mong")
    project.write(HANDOUT.replace("en.md", "mn-Mong.md"), project.text(HANDOUT))
    project.write(PRACTICE, project.text(PRACTICE) + "language: mn-Mong\n")
    assert failed(project, "-l", "mn-Mong", *ALL) == {name: {"vertical-writing"} for name in FORMATS}
    ran = project.run("build", "-l", "mn-Mong", "-f", "html")
    assert "written from top to bottom: no format can show that" in ran.err


def test_a_template_of_the_projects_own_has_to_set_the_direction(tmp_path: Path) -> None:
    project = with_labels(small_project(tmp_path), "ar")
    project.write(ARABIC, project.text(HANDOUT))
    project.write(PRACTICE, project.text(PRACTICE) + "language: ar\n")
    template = (ROOT / "templates/html.html.j2").read_text(encoding="utf-8")
    project.write("templates/html.html.j2", template.replace(' dir="{{ direction }}"', ""))
    ran = project.run("build", "-f", "html", "-l", "ar")
    assert ran.code == 1
    assert 'templates/html.html.j2: error[template-without-direction]: "ar" is written from right to left' in ran.err


def test_the_shipped_practices_print_their_handout_as_before(tmp_path: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    ran = run(folder, "build", "-f", "text")
    assert ran.code == 0, ran.err
    assert "left out" not in ran.err
