"""The task of a print holds all that a worker composes it of, whatever becomes of the files meanwhile."""

import shutil
from pathlib import Path

import pytest

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.build.print_task import PrintTask, PrintTasks, make_print_in_worker
from handouts.build.typeset import FinishedFile
from handouts.compose.composer import ComposeOptions
from handouts.model.project import Project
from support.projects import SmallProject, small_project
from support.shipped import ROOT

OWN_FILES = ("templates/text.html.j2", "templates/html.html.j2", "templates/labels.en.yaml", "styles/html.css")


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    made = small_project(tmp_path)
    for name in OWN_FILES:
        (made.root / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, made.root / name)
    return made


def prepare(project: SmallProject) -> list[tuple[PrintTask, FinishedFile]]:
    """Return the task of each output, and the file that is made in this process."""
    library = project.read().library
    assert library
    of_project = Project(project.root)
    pipeline = Pipeline(of_project, library.references)
    build_keys = pipeline.build_keys({"weasyprint": "70.0"})
    tasks = PrintTasks(of_project, library.references, ComposeOptions(), pipeline, None)
    prepared = []
    for item in plan(library, Request(formats=("text", "html"))):
        numbered = pipeline.number(item)
        build_keys.build_key(numbered, item.practice, item.edition)
        task = tasks.make_task(item, numbered)
        prepared.append((task, Pipeline(of_project, library.references).make_print(item)))
    return prepared


def test_a_worker_makes_the_same_file_with_the_same_record(project: SmallProject) -> None:
    for task, whole in prepare(project):
        made = make_print_in_worker(task)
        assert made.file
        assert (made.file.content, *made.problems, *made.file.problems) == (whole.content, *whole.problems)


def test_files_that_change_while_others_are_made_are_not_read_again(project: SmallProject) -> None:
    prepared = prepare(project)
    for name in OWN_FILES:
        (project.root / name).write_text("{{ broken")
    for task, whole in prepared:
        made = make_print_in_worker(task)
        assert made.file, made.problems
        assert made.file.content == whole.content


def test_another_run_reads_them_again(project: SmallProject) -> None:
    before = [make_print_in_worker(task).file for task, _ in prepare(project)]
    path = project.root / "templates" / "labels.en.yaml"
    path.write_text(path.read_text().replace("References", "Sources"))
    after = [make_print_in_worker(task).file for task, _ in prepare(project)]
    assert before
    assert all(a and b and a.content != b.content for a, b in zip(before, after, strict=True))
