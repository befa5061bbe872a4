"""Outputs of an earlier plan that no plan has any more: builds list them, and `--prune` removes them alone."""

import json
import shutil
from pathlib import Path

import pytest

from support.projects import SmallProject, small_project

SETS = "sets:\n  all:\n    - {formats: [text, html]}\n  texts:\n    - {formats: [text]}\n"
BUILD = ["build", "--set", "all"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("whole") / "project")
    project.write("handouts.yaml", (project.root / "handouts.yaml").read_text() + SETS)
    shutil.copytree(project.root / "content/practices/clinic", project.root / "content/practices/annex")
    assert project.run(*BUILD).code == 0
    return project.root


@pytest.fixture
def built(whole: Path, tmp_path: Path) -> SmallProject:
    return SmallProject(shutil.copytree(whole, tmp_path / "project"))


def there(project: SmallProject) -> set[str]:
    output = project.root / "output"
    rows = {row["path"] for row in json.loads((output / "manifest.json").read_text())["outputs"]}
    files = {path.relative_to(output).as_posix() for path in output.glob("*/*.*")}
    assert rows == files
    return files


EVERYTHING = {"annex/back.en.html", "annex/back.en.txt", "clinic/back.en.html", "clinic/back.en.txt"}


def test_outputs_of_a_practice_that_is_gone_are_reported_and_removed_with_prune_only(built: SmallProject) -> None:
    shutil.rmtree(built.root / "content/practices/annex")
    ran = built.run(*BUILD)
    assert ran.code == 0
    assert "annex/back.en.html" in ran.err
    assert "--prune" in ran.err
    assert there(built) == EVERYTHING
    assert built.run(*BUILD, "--prune", "--dry-run").code == 0
    assert there(built) == EVERYTHING
    ran = built.run(*BUILD, "--prune", "--json")
    report = json.loads(ran.out)
    assert (ran.code, report["removed"], report["left"]) == (0, ["annex/back.en.html", "annex/back.en.txt"], [])
    assert there(built) == {"clinic/back.en.html", "clinic/back.en.txt"}
    assert not (built.root / "output/annex").exists()


def test_without_a_set_only_what_is_gone_is_meant_and_with_one_what_it_does_not_name(built: SmallProject) -> None:
    assert json.loads(built.run("build", "-f", "text", "--prune", "--json").out)["removed"] == []
    assert json.loads(built.run("build", "--set", "texts", "-p", "clinic", "--prune", "--json").out)["removed"] == [
        "clinic/back.en.html"
    ]
    assert there(built) == EVERYTHING - {"clinic/back.en.html"}


def test_what_cannot_be_read_now_is_kept(built: SmallProject) -> None:
    built.write("content/practices/annex/practice.yaml", "name: [")
    ran = built.run(*BUILD, "--prune")
    assert ran.code == 1
    assert there(built) == EVERYTHING
    built.write("handouts.yaml", "sets: {all: [{formats: [text]}]}\nlanguage: [")
    assert built.run(*BUILD, "--prune").code == 1
    assert there(built) == EVERYTHING


def test_a_file_that_somebody_changed_is_not_removed(built: SmallProject) -> None:
    shutil.rmtree(built.root / "content/practices/annex")
    changed = built.root / "output/annex/back.en.txt"
    changed.write_text("mine")
    ran = built.run(*BUILD, "--prune")
    assert (ran.code, ran.err.count("warning[not-removed]")) == (0, 1)
    assert changed.read_text() == "mine"
    assert not (built.root / "output/annex/back.en.html").exists()


def test_a_file_in_a_folder_that_leads_elsewhere_is_not_removed(built: SmallProject, tmp_path: Path) -> None:
    shutil.rmtree(built.root / "content/practices/annex")
    folder = built.root / "output/annex"
    elsewhere = folder.replace(tmp_path / "elsewhere")
    folder.symlink_to(elsewhere)
    ran = built.run(*BUILD, "--prune")
    assert (ran.code, ran.err.count("warning[not-removed]")) == (0, 2)
    assert {path.name for path in elsewhere.iterdir()} == {"back.en.html", "back.en.txt"}
