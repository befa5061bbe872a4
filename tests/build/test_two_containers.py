"""Builds in two containers that share /dev/shm and an output folder: process numbers mean nothing, files stay whole."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handouts.build.manifest.manifest import read_manifest
from handouts.model.project import MANIFEST_FILE
from handouts.problems.collector import Problems
from support.front_desk import served
from support.projects import LOGO, PRACTICE, SmallProject, small_project

SECONDS = 60
FORMATS = ["-f", "text"]

# A slow disk: seconds to open a file for writing, and to have it flushed.
SLOW = """
import io, os, time
_open, _fsync = io.open, os.fsync
def slow_open(file, mode="r", *rest, **named):
    opened = _open(file, mode, *rest, **named)
    if str(file).endswith(".part"):
        time.sleep({opening})
    return opened
def slow_fsync(descriptor):
    time.sleep({flushing})
    _fsync(descriptor)
io.open, os.fsync = slow_open, slow_fsync
"""


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """A project of two practices: with a text for each, a build writes two files."""
    project = small_project(tmp_path / "project")
    project.write(PRACTICE.replace("clinic/", "quay/"), project.text(PRACTICE))
    project.write(LOGO.replace("clinic/", "quay/"), project.text(LOGO))
    return project


def slow_disk(folder: Path, opening: float, flushing: float) -> dict[str, str]:
    """Write a module that Python imports at its start; return the environment that has it do so."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(SLOW.format(opening=opening, flushing=flushing))
    return {"PYTHONPATH": os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])}


def build_in_container(
    project: SmallProject, *options: str, number: int = 1, **environment: str
) -> "subprocess.Popen[str]":
    """Start a build with process numbers of its own; it is process `number` there, 1 as in a container, or 2."""
    alone = ["unshare", "--pid", "--fork", "--kill-child"]
    root = alone if os.getuid() == 0 else [*alone, "--map-root-user"]
    shell = ["sh", "-c", '"$@"; exit $?', "sh"] if number == 2 else []
    return subprocess.Popen(
        [*root, *shell, sys.executable, "-m", "handouts", "build", *FORMATS, "--force", "-j", "1", *options],
        cwd=project.root,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def outputs(project: SmallProject) -> dict[str, str]:
    """Return a digest of each file that has its final name now."""
    found = {}
    for path in (project.root / "output").rglob("*"):
        if path.is_file() and not path.name.startswith(".") and path.name != MANIFEST_FILE:
            found[str(path.relative_to(project.root / "output"))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def parts(project: SmallProject) -> list[str]:
    return [path.name for path in (project.root / "output").rglob("*.part")]


def wait_until(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_builds_at_once_leave_whole_files_only_and_lose_none(project: SmallProject, tmp_path: Path) -> None:
    slow = slow_disk(tmp_path / "slow", opening=0.3, flushing=0.3)
    builds = [build_in_container(project, number=number, **slow) for number in (1, 2, 1)]
    seen: set[tuple[str, str]] = set()
    while any(build.poll() is None for build in builds):
        seen.update(outputs(project).items())
        time.sleep(0.01)
    said = [build.communicate()[1] for build in builds]
    assert [build.returncode for build in builds] == [0, 0, 0], said
    whole = outputs(project)
    assert len(whole) == 2
    assert seen == set(whole.items())
    assert parts(project) == []
    rows = read_manifest(project.root / "output", Problems()).outputs
    assert {row.path: row.sha256 for row in rows} == whole


def test_what_a_build_writes_is_left_to_it_until_it_is_killed(project: SmallProject, tmp_path: Path) -> None:
    stuck = build_in_container(project, number=2, **slow_disk(tmp_path / "slow", opening=0, flushing=SECONDS))
    wait_until(lambda: parts(project))
    mine = parts(project)
    # Everything is older than any limit: the lock alone tells that somebody still writes.
    os.utime(next((project.root / "output").rglob("*.part")), (0, 0))
    beside = build_in_container(project)
    _, said = beside.communicate()
    assert beside.returncode == 0, said
    assert parts(project) == mine
    whole = outputs(project)
    stuck.send_signal(signal.SIGKILL)
    stuck.communicate()
    assert parts(project) == mine
    assert project.run("build", *FORMATS).code == 0
    assert parts(project) == []
    assert outputs(project) == whole
    rows = read_manifest(project.root / "output", Problems()).outputs
    assert {row.path: row.sha256 for row in rows} == whole


def test_the_front_desk_lives_on_when_another_container_starts_a_build(project: SmallProject) -> None:
    form = {"language": "en", "number": "1", "section": ["what"], "agreed": "back", "patient": "Zebedee Quimby-Okonkwo"}
    with served(project.root, "--jobs", "1", practice="clinic") as desk:
        assert desk.ask("/handouts/back/print", form).status == 200
        build = build_in_container(project)
        _, said = build.communicate()
        assert build.returncode == 0, said
        answer = desk.ask("/handouts/back/print", form)
        assert (answer.status, answer.body[:5]) == (200, b"%PDF-")
