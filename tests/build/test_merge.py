"""Folders of several builds are put into one, and nothing is copied if they do not fit together."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from handouts.build.manifest.manifest import read_manifest
from handouts.problems.collector import Problems
from support.command import run
from support.projects import SmallProject, small_project

TEXT = ["build", "-f", "text"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a project of five practices in three parts, one of which may be empty."""
    project = small_project(tmp_path_factory.mktemp("built") / "project")
    profile = (project.root / "content/practices/clinic/practice.yaml").read_text()
    logo = (project.root / "content/practices/clinic/logo.svg").read_text()
    for number in range(4):
        project.write(f"content/practices/clinic-{number}/practice.yaml", profile)
        project.write(f"content/practices/clinic-{number}/logo.svg", logo)
    for number in (1, 2, 3):
        assert project.run(*TEXT, "--shard", f"{number}/3", "-o", f"part-{number}/").code == 0
    return project.root


@pytest.fixture
def shards(built: Path, tmp_path: Path) -> SmallProject:
    return SmallProject(shutil.copytree(built, tmp_path / "project"))


PARTS = ("part-1", "part-2", "part-3")


def merged(project: SmallProject) -> tuple[int, str]:
    ran = run(project.root, "manifest", "merge", *PARTS, "-o", "all")
    return ran.code, ran.err


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_shards_of_a_build_make_the_whole(shards: SmallProject) -> None:
    assert merged(shards) == (0, "merged 5 outputs of 3 folders into all\n")
    assert shards.run(*TEXT, "-o", "whole/").code == 0
    assert files(shards.root / "all") == files(shards.root / "whole")
    ran = shards.run(*TEXT, "-o", "all/", "--json")
    assert {output["status"] for output in json.loads(ran.out)["outputs"]} == {"unchanged"}


def test_a_shard_that_started_from_the_whole_keeps_its_own_rows_alone(shards: SmallProject) -> None:
    merged(shards)
    shutil.copytree(shards.root / "all", shards.root / "again")
    assert shards.run(*TEXT, "--shard", "1/3", "-o", "again/").code == 0
    rows = read_manifest(shards.root / "again", Problems()).rows()
    assert rows == read_manifest(shards.root / "part-1", Problems()).rows()


def test_an_empty_part_is_a_part(shards: SmallProject) -> None:
    for number in (1, 2):
        assert shards.run(*TEXT, "-p", "clinic", "--shard", f"{number}/2", "-o", f"one-{number}/").code == 0
    ran = run(shards.root, "manifest", "merge", "one-1", "one-2", "-o", "one")
    assert (ran.code, ran.err) == (0, "merged 1 outputs of 2 folders into one\n")


def harm(project: SmallProject) -> None:
    next((project.root / "part-1").glob("*/*.txt")).write_text("cut")


def lose(project: SmallProject) -> None:
    next((project.root / "part-2").glob("*/*.txt")).unlink()


def forget(project: SmallProject) -> None:
    (project.root / "part-3/manifest.json").unlink()


def break_(project: SmallProject) -> None:
    project.write("part-3/manifest.json", "{")


def count_without_end(project: SmallProject) -> None:
    path = project.root / "part-3/manifest.json"
    path.write_text(path.read_text().replace('"3/3"', f'"3/{"9" * 5_000}"'))


def leave_out(project: SmallProject) -> None:
    shutil.rmtree(project.root / "part-2")
    (project.root / "part-1").rename(project.root / "part-2")
    shutil.copytree(project.root / "part-2", project.root / "part-1")


def older(project: SmallProject) -> None:
    path = project.root / "part-1/manifest.json"
    path.write_text(path.read_text().replace('"weasyprint": "', '"weasyprint": "0.'))


def differ(project: SmallProject) -> None:
    for path in (project.root / "content" / "practices").glob("*/practice.yaml"):
        path.write_text(path.read_text().replace("01632 960000", "01632 960001"))
    assert project.run(*TEXT, "-o", "part-1/").code == 0


@pytest.mark.parametrize(
    ("harmed", "code"),
    [
        (harm, "not-as-built"),
        (lose, "not-as-built"),
        (forget, "no-manifest"),
        (break_, "no-manifest"),
        (count_without_end, "no-manifest"),
        (leave_out, "missing-shard"),
        (older, "merge-conflict"),
        (differ, "merge-conflict"),
    ],
)
def test_folders_that_do_not_fit_are_refused_whole(
    shards: SmallProject, harmed: Callable[[SmallProject], None], code: str
) -> None:
    harmed(shards)
    ended, err = merged(shards)
    assert (ended, f"error[{code}]" in err) == (1, True), err
    assert not (shards.root / "all").exists()
