"""Stray files: a misnamed or misplaced source is an error, and breaks the outputs that it was meant for."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.build.plan.request import Request
from handouts.build.plan.unread import find_unread_outputs
from handouts.model.project import Project
from handouts.read.file_names import find_original, names_language
from handouts.read.stray_files import find_stray_files
from handouts.schema.check_report import CheckReport
from support.growth import assert_linear
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

FOLDER = "content/handouts/back"
CLINIC = "content/practices/clinic"


def move(project: SmallProject, old: str, new: str) -> None:
    project.write(new, project.text(old))
    (project.root / old).unlink()


def failing(project: SmallProject) -> tuple[list[tuple[str, str, str]], set[str]]:
    """Name the outputs that a build of texts would count as failed, and the codes of their errors."""
    reading = project.read()
    library = reading.library or reading.outline
    assert library
    unread = find_unread_outputs(library, Request(formats=("text",)))
    ids = [(item.output.practice, item.output.handout, item.output.language) for item in unread]
    return ids, {problem.code for item in unread for problem in item.problems}


THE_ONE = ("clinic", "back", "en")


@pytest.mark.parametrize(
    ("old", "new", "code", "failed", "hint"),
    [
        (HANDOUT, f"{FOLDER}/en.MD", "misnamed-file", THE_ONE, "rename it to en.md"),
        (HANDOUT, f"{FOLDER}/en.markdown", "misnamed-file", THE_ONE, "rename it to en.md"),
        (HANDOUT, f"{FOLDER}/en.mdown", "misnamed-file", THE_ONE, "rename it to en.md"),
        (HANDOUT, f"{FOLDER}/en.txt", "misnamed-file", THE_ONE, "rename it to en.md"),
        (HANDOUT, f"{FOLDER}/en.md.txt", "misnamed-file", THE_ONE, "rename it to en.md"),
        (HANDOUT, f"{FOLDER}/EN.MD", "misnamed-file", THE_ONE, "rename it to en.md"),
        (HANDOUT, f"{FOLDER}/EN.md", "bad-language", ("clinic", "back", "EN"), "rename it to en.md"),
        (HANDOUT, f"{FOLDER}/notes.md", "bad-language", ("clinic", "back", "notes"), "name the file en.md"),
        (HANDOUT, f"{FOLDER}/old/en.md", "misplaced-file", ("clinic", "old", "en"), "content/handouts/old/en.md"),
        (HANDOUT, "content/handouts/back.md", "misplaced-file", THE_ONE, "move it to content/handouts/back/en.md"),
        (HANDOUT, "content/handouts/en.md", "misplaced-file", ("clinic", "en", "en"), "content/handouts/ID/en.md"),
        (HANDOUT, "content/back.markdown", "misplaced-file", THE_ONE, "move it to content/handouts/back/en.md"),
        (HANDOUT, f"{FOLDER}/bone.svg", "no-source", THE_ONE, "write en.md there"),
        (PRACTICE, f"{CLINIC}/practice.yml", "misnamed-file", THE_ONE, "rename it to practice.yaml"),
        (PRACTICE, f"{CLINIC}/Practice.yaml", "misnamed-file", THE_ONE, "rename it to practice.yaml"),
        (PRACTICE, f"{CLINIC}/practice.yaml.txt", "misnamed-file", THE_ONE, "rename it to practice.yaml"),
        (PRACTICE, f"{CLINIC}/practice (1).yaml", "conflict-copy", THE_ONE, "rename it to practice.yaml"),
        (PRACTICE, f"{CLINIC}/shore/practice.yaml", "misplaced-file", ("shore", "back", "en"), "practices/shore/"),
        (
            PRACTICE,
            "content/practices/clinic.yaml",
            "misplaced-file",
            THE_ONE,
            "content/practices/clinic/practice.yaml",
        ),
        (PRACTICE, f"{CLINIC}/notes.docx", "no-source", THE_ONE, "write practice.yaml there"),
        (REFERENCES, "content/references.yml", "misnamed-file", THE_ONE, "rename it to references.yaml"),
        (REFERENCES, "content/References.yaml", "misnamed-file", THE_ONE, "rename it to references.yaml"),
        (REFERENCES, "content/references.json", "misnamed-file", THE_ONE, "rename it to references.yaml"),
    ],
)
def test_a_misnamed_or_misplaced_source_is_an_error(
    project: SmallProject, old: str, new: str, code: str, failed: tuple[str, str, str], hint: str
) -> None:
    move(project, old, new)
    found = [problem for problem in project.problems() if problem.place and problem.place.file in new]
    assert [problem.code for problem in found][:1] == [code]
    assert hint in found[0].hint
    ids, codes = failing(project)
    assert failed in ids
    assert {failed[0]} >= {practice for practice, _, _ in ids} - {"clinic"}
    assert (code if old != REFERENCES else "unknown-reference") in codes


COPIES = [
    *(
        "en-DESKTOP-4F2K9QJ",
        "en (1)",
        "en (Ana's conflicted copy 2026-01-02)",
        "en - Copy",
        "en - Kopie (2)",
        "en copy",
    ),
    *("en.sync-conflict-20260102-120000-ABCDEFG", "en_conflict-20260102", "en 2", "en-Anas-MacBook-Pro", "Copy of en"),
    *("en_BACKUP_123", "EN", "en-old"),
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_beside_a_text_breaks_the_handout(project: SmallProject, name: str) -> None:
    project.write(f"{FOLDER}/{name}.md", project.text(HANDOUT))
    (problem,) = project.problems()
    assert (problem.code, problem.place.file if problem.place else "") == ("conflict-copy", f"{FOLDER}/{name}.md")
    assert "looks like a copy of en.md" in problem.message
    assert problem.hint == "compare the two, keep one as en.md, and remove the other"
    assert failing(project) == ([THE_ONE], {"conflict-copy"})


def test_a_copy_of_a_practice_or_of_the_references_breaks_what_uses_them(project: SmallProject) -> None:
    project.write("content/practices/shore/practice.yaml", "extends: clinic\n")
    project.write(f"{CLINIC}/practice-DESKTOP-1.yaml", project.text(PRACTICE))
    assert failing(project) == ([THE_ONE, ("shore", "back", "en")], {"conflict-copy", "broken-practice"})
    (project.root / f"{CLINIC}/practice-DESKTOP-1.yaml").unlink()
    project.write("content/references (1).yaml", project.text(REFERENCES))
    assert failing(project) == ([THE_ONE, ("shore", "back", "en")], {"conflict-copy"})


@pytest.mark.parametrize(
    "name",
    [
        *("handouts.yml", "Handouts.yaml", "Content/handouts/x/en.md", "template/handout.html.j2", "Styles/base.css"),
        *("content/Handouts/x/en.md", "content/practice/x/practice.yaml", "templates/handout.html"),
        *("templates/labels.es.yml", "templates/Labels.es.yaml", "styles/handout.CSS", "content/words.en.yml"),
    ],
)
def test_a_stray_file_of_the_project_breaks_every_output(project: SmallProject, name: str) -> None:
    project.write(name, "x")
    (problem,) = project.problems()
    assert problem.code == "misnamed-file"
    assert project.read().library is None
    assert failing(project) == ([THE_ONE], {"misnamed-file"})


def test_a_project_with_misnamed_settings_is_not_built(project: SmallProject) -> None:
    move(project, SETTINGS, "handouts.yml")
    ran = project.run("build")
    assert (ran.code, ran.out) == (1, "")
    assert "rename handouts.yml to handouts.yaml" in ran.err


@pytest.mark.parametrize(
    "name",
    [
        *(
            "README.md",
            "content/README.md",
            "content/handouts/README.md",
            f"{FOLDER}/README.md",
            f"{FOLDER}/.en.md.swp",
        ),
        *(
            f"{FOLDER}/en.md~",
            f"{FOLDER}/en.md.bak",
            f"{FOLDER}/Thumbs.db",
            f"{FOLDER}/.DS_Store",
            f"{FOLDER}/~$en.docx",
        ),
        *(f"{FOLDER}/pictures/readme.txt", f"{FOLDER}/en.docx", f"{FOLDER}/sources.txt", f"{CLINIC}/inserts/more.md"),
        *(
            "content/handouts/.git/en.md",
            "content/references.json",
            "styles/fonts/fonts.txt",
            "templates/parts/own.html",
        ),
        *("handouts.json", "notes.yaml", "content/practices/desktop.ini", f"{CLINIC}/fonts/font.yaml.bak"),
    ],
)
def test_files_that_are_not_sources_are_ignored(project: SmallProject, name: str) -> None:
    project.write(name, "x")
    assert project.problems() == ()
    assert failing(project) == ([], set())


def test_commands_exit_with_1_for_a_stray_file(project: SmallProject) -> None:
    project.write(f"{FOLDER}/en-DESKTOP-4F2K9QJ.md", project.text(HANDOUT))
    for command in (("build", "-f", "text"), ("check",)):
        ran = project.run(*command)
        assert ran.code == 1
        assert "error[conflict-copy]" in ran.out + ran.err
    project.write("handouts.yml", "x")
    ran = project.run("build", "-f", "text")
    assert (ran.code, ran.out) == (1, "")
    assert "0 built, 0 unchanged, 1 failed" in ran.err


def test_an_empty_folder_is_ignored(project: SmallProject) -> None:
    for name in ("content/handouts/new", "content/practices/new"):
        (project.root / name).mkdir()
    project.write("content/handouts/new/.DS_Store", "x")
    assert project.problems() == ()


def test_the_starter_has_no_stray_file() -> None:
    assert find_stray_files(Project(ROOT), "en") == ()


tags = st.from_regex(r"\A[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?\Z")


@given(tags, tags)
def test_a_language_is_never_mistaken_for_a_copy_of_another(one: str, other: str) -> None:
    assert names_language(one)
    copy = f"{one} (1)"
    assert not names_language(copy)
    assert find_original(copy, {one, other}) == one


def test_many_practices_are_searched_in_linear_time(tmp_path: Path) -> None:
    projects = {}
    for size in (50, 500):
        project = projects[size] = small_project(tmp_path / str(size))
        for number in range(size):
            folder = project.root / f"content/practices/clinic-{number}"
            folder.mkdir()
            for name in ("practice.yaml", "logo.svg"):
                os.link(project.root / (PRACTICE if name.endswith("yaml") else LOGO), folder / name)

    def search(size: int) -> None:
        assert find_stray_files(Project(projects[size].root), "en") == ()

    assert_linear(search, 50)


# What a check says of files that could be printed and are not


def unused(project: SmallProject) -> list[str]:
    ran = project.run("check", "--format", "json")
    findings = CheckReport.model_validate_json(ran.out).findings
    return [finding.file for finding in findings if finding.code == "unused-file"]


def test_a_check_reports_unused_pictures_and_texts(project: SmallProject) -> None:
    assert unused(project) == []
    for name in (f"{FOLDER}/bone.svg", f"{CLINIC}/inserts/note.svg"):
        project.write(name, project.text(LOGO))
    project.write(f"{CLINIC}/inserts/parking.md", "Park behind the house.\n\n![A car](note.svg)\n")
    assert unused(project) == [f"{FOLDER}/bone.svg", f"{CLINIC}/inserts/note.svg", f"{CLINIC}/inserts/parking.md"]
    project.replace(HANDOUT, "- after a fall", "![A bone](bone.svg)\n\n- after a fall")
    insert = "inserts:\n  - {handout: back, section: what, file: inserts/parking.md}\n"
    project.write(PRACTICE, project.text(PRACTICE) + insert)
    assert unused(project) == []


def test_no_file_is_reported_as_unused_while_a_source_is_broken(project: SmallProject) -> None:
    project.write(f"{FOLDER}/bone.svg", project.text(LOGO))
    project.replace(HANDOUT, "status: draft", "status: drafted")
    assert unused(project) == []


def test_files_of_an_abstract_practice_count_as_used(project: SmallProject) -> None:
    project.write(PRACTICE, "abstract: true\n")
    assert unused(project) == []
