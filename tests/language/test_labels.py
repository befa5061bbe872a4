"""The shipped words of the page: complete, dates as CLDR has them, and marked as what they are."""

import datetime as dt

import pytest
from babel.dates import format_date

from handouts.compose.labels import read_labels
from handouts.compose.project_files import ProjectFiles
from handouts.model.project import Project
from handouts.problems.collector import Problems
from support.projects import HANDOUT, SmallProject, small_project
from support.shipped import ROOT

MACHINE = "Machine translation, not reviewed by a qualified translator"
STATE = {
    "es": "Traducción automática, no revisada por un traductor calificado",
    "vi": "Bản dịch máy, chưa được người dịch có trình độ chuyên môn duyệt lại",
    "zh-Hans": "机器翻译，未经合格译员审核",  # noqa: RUF001 - the comma of Chinese
    "ar": "ترجمة آلية لم يراجعها مترجم مؤهل",
}
TRANSLATED = "translation: {method: machine}\n"


@pytest.mark.parametrize("language", ["en", *STATE])
def test_shipped_words_are_complete_and_their_dates_are_those_of_cldr(language: str) -> None:
    problems = Problems()
    labels = read_labels(ProjectFiles(Project(ROOT)), language, "US", problems)
    assert labels is not None, problems.as_tuple()
    for month in range(1, 13):
        day = dt.date(2026, month, 9)
        locale = {"en": "en_US", "zh-Hans": "zh_Hans"}.get(language, language)
        assert labels.format_date(day) == format_date(day, "long", locale=locale)
    assert (labels.file.translation is None) == (language == "en")


def translated(project: SmallProject, language: str) -> str:
    """Add the handout in a language, marked as a machine translation, and the texts of the practice in it."""
    file = HANDOUT.replace("en.md", f"{language}.md")
    project.write(file, project.text(HANDOUT).replace("status: draft\n", f"status: draft\n{TRANSLATED}"))
    practice = project.text("content/practices/clinic/practice.yaml")
    project.write("content/practices/other/logo.svg", project.text("content/practices/clinic/logo.svg"))
    project.write("content/practices/other/practice.yaml", f"{practice}language: {language}\n")
    return file


@pytest.mark.parametrize("language", STATE)
def test_a_machine_translation_says_so_in_both_languages_and_is_not_released(
    tmp_path_factory: pytest.TempPathFactory, language: str
) -> None:
    project = small_project(tmp_path_factory.mktemp("labels"))
    file = translated(project, language)
    ran = project.run("build", "-p", "other", "-f", "text", "-l", language)
    assert ran.code == 0, ran.err
    text = project.text(f"output/other/back.{language}.txt")
    assert text.count(MACHINE) == 2
    assert text.count(STATE[language]) == 2
    assert f'{project.place(file, "{method")}: warning[unreviewed-translation]: the handout "back" in' in ran.err
    assert "warning[unreviewed-translation]: the words of the page in" in ran.err
    checked = project.run("check").out
    assert checked.count('warning[unreviewed-translation]: the handout "back" in') == 1
    assert checked.count("warning[unreviewed-translation]: the words of the page in") == 1
    assert f"translation: in templates/labels.{language}.yaml of your project, which `handouts eject` copies" in checked
    ran = project.run("build", "-p", "other", "-f", "text", "-l", language, "--release")
    assert ran.code == 1
    assert "error[unreviewed-translation]: the handout" in ran.err
    assert "error[unreviewed-translation]: the words of the page" in ran.err


def test_what_a_qualified_translator_reviewed_has_no_banner(tmp_path_factory: pytest.TempPathFactory) -> None:
    project = small_project(tmp_path_factory.mktemp("reviewed"))
    file = translated(project, "es")
    labels = (ROOT / "templates/labels.es.yaml").read_text(encoding="utf-8")
    reviewed = TRANSLATED.replace("}", ", reviewed_by: Interpreter Services}")
    project.write("templates/labels.es.yaml", labels.replace(TRANSLATED, reviewed))
    project.replace(file, TRANSLATED, reviewed)
    ran = project.run("build", "-p", "other", "-f", "text", "-l", "es")
    assert ran.code == 0, ran.err
    assert "unreviewed-translation" not in ran.err
    assert MACHINE not in project.text("output/other/back.es.txt")


def test_texts_of_a_practice_have_a_state_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    project = small_project(tmp_path_factory.mktemp("practice"))
    file = translated(project, "es")
    project.replace(file, TRANSLATED, "")
    practice = project.text("content/practices/other/practice.yaml")
    project.write("content/practices/other/practice.yaml", f"{practice}translations: {{es: {{method: human}}}}\n")
    ran = project.run("build", "-p", "other", "-f", "text", "-l", "es")
    assert 'warning[unreviewed-translation]: the texts of "other" in "es": translation, not reviewed' in ran.err
    assert MACHINE in project.text("output/other/back.es.txt")  # that of the words of the page


@pytest.mark.parametrize("tag", ["es", "es-MX"])
def test_the_reviewer_of_a_network_does_not_answer_for_texts_that_a_clinic_translated(
    tmp_path_factory: pytest.TempPathFactory, tag: str
) -> None:
    project = small_project(tmp_path_factory.mktemp("network"))
    translated(project, "es")
    network = project.text("content/practices/other/practice.yaml")
    reviewed = "translations: {es: {method: human, reviewed_by: Interpreter Services}}\n"
    project.write("content/practices/other/practice.yaml", network + reviewed)
    clinic = f"extends: other\nemergency: {{text: Llame al 999.}}\ntranslations: {{{tag}: {{method: machine}}}}\n"
    project.write("content/practices/hill/practice.yaml", clinic)
    checked = project.run("check").out
    assert 'warning[unreviewed-translation]: the texts of "hill" in "es": machine translation' in checked
    assert f"add reviewed_by: to {tag}: in translations:" in checked
    assert 'the texts of "other"' not in checked


NETWORK = "content/practices/other/practice.yaml"


def find_unreviewed_clinic(project: SmallProject, own: str) -> bool:
    """Return whether texts of a clinic are reported that extends a network with a reviewed translation."""
    translated(project, "es")
    reviewed = "translations: {es: {method: human, translator: Harbor Ltd, reviewed_by: Interpreter Services}}\n"
    project.write(NETWORK, project.text(NETWORK) + reviewed)
    project.write("content/practices/hill/practice.yaml", f"extends: other\n{own}\n")
    found = project.run("check").out
    assert 'the texts of "other"' not in found
    return 'warning[unreviewed-translation]: the texts of "hill" in "es": translation' in found


@pytest.mark.parametrize(
    "own",
    [
        "emergency: {text: Llame al 999.}",
        "emergency: {text: {es: Llame al 999., en: Call 999.}}",
        "when_to_call: {es-MX: [Tiene fiebre.]}",
        "fields: {aviso: Hay estacionamiento.}",
    ],
)
def test_texts_that_a_clinic_writes_without_their_translator_are_not_reviewed(
    tmp_path_factory: pytest.TempPathFactory, own: str
) -> None:
    assert find_unreviewed_clinic(small_project(tmp_path_factory.mktemp("network")), own)


@pytest.mark.parametrize(
    "own", ["name: {es: Salud del Puerto}\nhours: [mon 09:00-12:00]", "website: https://hill.example.org"]
)
def test_texts_that_a_clinic_inherits_are_those_that_were_reviewed(
    tmp_path_factory: pytest.TempPathFactory, own: str
) -> None:
    assert not find_unreviewed_clinic(small_project(tmp_path_factory.mktemp("network")), own)
