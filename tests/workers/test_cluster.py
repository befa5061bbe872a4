"""Builds on a real Dask cluster on loopback: workers and schedulers that are lost, unfit, or not there at all."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.command import copy_of_shipped, run
from support.dask_cluster import Cluster, cluster
from support.shipped import ROOT

LAKESIDE = "lakeside-spine-center"
SIX = [part for name in ("handout", "one-page", "text") for part in ("-f", name)]
"""Options for three formats, and so for six files of the two practices."""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    with cluster(folder) as started:
        yield started


def test_a_worker_is_killed_half_way_and_every_file_is_made(tmp_path: Path, made: Cluster, shipped_color: Path) -> None:
    folder = copy_of_shipped(tmp_path)
    doomed = made.add_worker()
    made.add_worker()
    command = [sys.executable, "-m", "handouts", "build", *SIX, "--progress", "json"]
    with subprocess.Popen(
        [*command, "--scheduler", made.address], cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as building:
        assert building.stderr
        for _ in range(2):  # the plan, and a file: both workers are at work
            building.stderr.readline()
        doomed.kill()
        doomed.wait()
        _, err = building.communicate(timeout=120)
    end = json.loads(err.splitlines()[-1])
    assert (building.returncode, end["totals"]["failed"]) == (0, 0), err
    made_here = {file.relative_to(folder / "output"): file for file in folder.glob("output/*/*")}
    assert len(made_here) == 6
    assert [name for name, file in made_here.items() if file.read_bytes() != (shipped_color / name).read_bytes()] == []


def test_a_worker_that_would_make_something_else_is_told(tmp_path: Path, made: Cluster) -> None:
    (tmp_path / "project").mkdir()
    folder = copy_of_shipped(tmp_path / "project")
    arguments = ["build", "spinal-fracture", "-p", LAKESIDE, "-f", "text", "--scheduler", made.address]
    ran = run(folder, *arguments)
    assert (ran.code, "error[no-cluster]" in ran.err, "no workers" in ran.err) == (1, True, True), ran.err
    threads = made.add_worker(threads=2)
    ran = run(folder, *arguments)
    assert (ran.code, "error[unfit-worker]" in ran.err, "--nthreads 1" in ran.err) == (1, True, True), ran.err
    threads.kill()
    # The code of another version.
    shutil.copytree(ROOT / "src", tmp_path / "src")
    for name in ("templates", "styles", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    with (tmp_path / "src" / "handouts" / "document.py").open("a") as file:
        file.write("# changed\n")
    made.add_worker(code=tmp_path / "src")
    ran = run(folder, *arguments)
    assert (ran.code, "error[unfit-worker]" in ran.err, "other versions" in ran.err) == (1, True, True), ran.err
    assert not list(folder.glob("output/*/*"))


def test_a_scheduler_that_is_gone_fails_what_is_left_and_then_there_is_none(tmp_path: Path, made: Cluster) -> None:
    folder = copy_of_shipped(tmp_path)
    made.add_worker()
    command = [sys.executable, "-m", "handouts", "build", *SIX, "--progress", "json"]
    with subprocess.Popen(
        [*command, "--scheduler", made.address], cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as building:
        assert building.stderr
        for _ in range(2):
            building.stderr.readline()
        made.processes[0].kill()
        _, err = building.communicate(timeout=120)
    end = [json.loads(line) for line in err.splitlines()][-1]  # and nothing else is said
    assert building.returncode == 1
    assert end["totals"]["built"] + end["totals"]["failed"] == 6
    assert end["totals"]["built"] == len(list(folder.glob("output/*/*"))) > 0
    ran = run(folder, "build", "--scheduler", made.address)
    assert (ran.code, "error[no-cluster]" in ran.err, "Traceback" in ran.err) == (1, True, False), ran.err


def test_a_cluster_has_its_own_number_of_workers(tmp_path: Path) -> None:
    ran = run(copy_of_shipped(tmp_path), "build", "-j", "2", "--scheduler", "tcp://127.0.0.1:1")
    assert (ran.code, "-j" in ran.err) == (2, True)
