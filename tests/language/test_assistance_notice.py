"""The notice of language assistance: printed in each language named, and none is made up or left out without a word."""

from pathlib import Path

import pytest

from handouts.build.typeset import typeset
from handouts.language.assistance_notice import ASSISTANCE_NOTICES
from handouts.language.tags import direction_of
from handouts.model.project import Project
from handouts.pdf.layers.kept_bodies import kept_bodies
from handouts.scaffold.scaffold import make_practice
from support.composed import composed_as
from support.projects import HANDOUT, PRACTICE, SmallProject, small_project

NOTICE = """\
notices:
  language_assistance:
    phone: "1-800-555-0100 (TTY: 711)"
    languages: [{languages}]
"""


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path)


def add_notice(project: SmallProject, languages: str, more: str = "") -> None:
    project.write(PRACTICE, project.text(PRACTICE) + NOTICE.format(languages=languages) + more)


def test_each_language_is_printed_with_the_number_to_call(project: SmallProject) -> None:
    add_notice(project, ", ".join(tag for tag in ASSISTANCE_NOTICES if tag != "en"))
    ran = project.run("build", "-f", "text")
    assert (ran.code, ran.err.count("unconfirmed-notice")) == (0, 1), ran.err
    printed = project.text("output/clinic/back.en.txt")
    for language, text in ASSISTANCE_NOTICES.items():
        mark = "\N{LEFT-TO-RIGHT MARK}" if direction_of(language) == "rtl" else ""
        assert text.replace("{phone}", f"{mark}1-800-555-0100 (TTY: 711){mark}") in printed


def test_pages_show_every_letter_of_the_notice(project: SmallProject) -> None:
    add_notice(project, ", ".join(tag for tag in ASSISTANCE_NOTICES if tag != "en"))
    ran = project.run("build", "-f", "handout", "-f", "trifold")
    assert ran.code == 0, ran.err
    assert "fallback-font" not in ran.err
    assert "missing-glyph" not in ran.err
    assert 'warning[notice-left-out]: "trifold"' in ran.err


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning")
def test_practices_with_other_numbers_share_the_pages_of_a_handout(project: SmallProject) -> None:
    add_notice(project, "es, zh-Hans, ru")
    kept_bodies().clear()
    first = typeset(composed_as(project, "handout"))
    project.replace(PRACTICE, "1-800-555-0100 (TTY: 711)", "1-888-555-0199 (TTY: 711)")
    second = typeset(composed_as(project, "handout"))
    assert len(kept_bodies()) == 1
    assert (first.pages, first.content == second.content) == (second.pages, False)


def test_a_practice_adds_a_text_and_corrects_one(project: SmallProject) -> None:
    more = '    texts: {tl: "PAALALA {phone}.", es: "AVISO {phone}."}\n    confirmed_by: Compliance officer\n'
    add_notice(project, "es, tl", more)
    ran = project.run("build", "-f", "text")
    assert (ran.code, "unconfirmed-notice" in ran.err) == (0, False), ran.err
    printed = project.text("output/clinic/back.en.txt")
    assert "PAALALA 1-800-555-0100 (TTY: 711)." in printed
    assert "AVISO 1-800-555-0100 (TTY: 711)." in printed
    assert "ATENCIÓN" not in printed


@pytest.mark.parametrize(
    ("languages", "more", "error"),
    [
        ("es, ht", "", 'the notice of language assistance is not shipped in "ht"'),
        ("ht", '    texts: {ht: "Rele nou."}\n', "error[no-phone-in-notice]"),
        ("", "", 'error[empty-field]: "languages" is empty'),
    ],
)
def test_a_notice_that_cannot_be_printed_is_an_error(
    project: SmallProject, languages: str, more: str, error: str
) -> None:
    add_notice(project, languages, more)
    ran = project.run("build", "-f", "text")
    assert ran.code == 1
    assert error in ran.err


def test_a_release_refuses_texts_that_nobody_compared(project: SmallProject) -> None:
    add_notice(project, "es")
    assert "error[unconfirmed-notice]" in project.run("build", "-f", "text", "--release").err


def test_a_handout_that_needs_the_notice_is_not_released_without(project: SmallProject) -> None:
    project.write(PRACTICE, project.text(PRACTICE).replace("country: GB", "country: US"))
    assert "missing-notice" not in project.run("check").out
    project.write(HANDOUT, project.text(HANDOUT).replace("status: draft", "status: draft\nnotice: required"))
    error = 'error[missing-notice]: "clinic" has no notice of language assistance, but these need it: back'
    assert error in project.run("check").out
    assert "error[missing-notice]" in project.run("build", "-f", "text", "--release").err
    add_notice(project, "es")
    assert "missing-notice" not in project.run("check").out


def test_the_notice_in_the_blank_practice_is_one_that_is_printed(project: SmallProject) -> None:
    make_practice(Project(project.root), "new")
    written = "content/practices/new/practice.yaml"
    text = project.text(written)
    start = text.index("# notices:")
    project.write(written, text[:start] + text[start:].replace("\n# ", "\n").removeprefix("# "))
    library = project.read().library
    assert library
    notices = library.practices["new"].profile.notices
    assert notices
    assert [one.language for one in notices.language_assistance.printed] == ["en", "es", "zh-Hans", "vi", "ar"]
