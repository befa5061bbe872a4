"""Builds on a real Dask cluster on loopback: workers and schedulers that are lost, unfit, or not there at all."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.command import Started, run, started
from support.dask_cluster import Cluster, cluster
from support.projects import HANDOUT, SmallProject
from support.shipped import ROOT

HANDOUTS = 4


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture
def project(project: SmallProject) -> SmallProject:
    """Return a project of several handouts, each with a body of its own."""
    for number in range(1, HANDOUTS):
        text = project.text(HANDOUT).replace("HO-1", f"HO-{number + 1}").replace("Back pain is", f"Pain {number} is")
        project.write(HANDOUT.replace("back", f"back-{number}"), text)
    return project


def files(project: SmallProject) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in project.root.glob("output/*/*")}


@contextmanager
def building(project: SmallProject, made: Cluster) -> Iterator[Started]:
    """Start a build on the cluster, and wait until its first file is made."""
    command = ("build", "--progress", "json", "--scheduler", made.address)
    with started(project.root, *command, out=project.root / "out.txt") as build:
        for _ in range(2):  # the plan, and a file
            build.output.readline()
        yield build


def test_a_worker_that_would_make_something_else_is_reported(
    tmp_path: Path, project: SmallProject, made: Cluster
) -> None:
    arguments = ["build", "back", "-f", "text", "--scheduler", made.address]
    ran = run(project.root, *arguments)
    assert (ran.code, "error[no-cluster]" in ran.err, "no workers" in ran.err) == (1, True, True), ran.err
    threads = made.add_worker(threads=2)
    ran = run(project.root, *arguments)
    assert (ran.code, "error[unfit-worker]" in ran.err, "--nthreads 1" in ran.err) == (1, True, True), ran.err
    threads.kill()
    # The code of another version.
    other = tmp_path / "other"
    for name in ("src", "templates", "styles"):
        shutil.copytree(ROOT / name, other / name)
    with (other / "src" / "handouts" / "document.py").open("a") as file:
        file.write("# changed\n")
    made.add_worker(code=other / "src")
    ran = run(project.root, *arguments)
    assert (ran.code, "error[unfit-worker]" in ran.err, "other versions" in ran.err) == (1, True, True), ran.err
    assert files(project) == {}
    made.kill_workers()


def test_a_worker_is_killed_half_way_and_every_file_is_made(project: SmallProject, made: Cluster) -> None:
    doomed = made.add_worker()
    made.add_worker()
    with building(project, made) as build:
        doomed.kill()
        doomed.wait()
        err = build.output.read()
        assert build.wait() == 0, err
    end = json.loads(err.splitlines()[-1])
    assert (end["totals"]["built"], end["totals"]["failed"]) == (HANDOUTS, 0), err
    on_cluster = files(project)
    assert len(on_cluster) == HANDOUTS
    assert run(project.root, "build", "--force").code == 0
    assert files(project) == on_cluster


def test_a_cluster_has_its_own_number_of_workers(project: SmallProject) -> None:
    ran = run(project.root, "build", "-j", "2", "--scheduler", "tcp://127.0.0.1:1")
    assert (ran.code, "-j" in ran.err) == (2, True)


def test_a_scheduler_that_is_gone_fails_what_is_left_and_then_there_is_none(
    project: SmallProject, made: Cluster
) -> None:
    """Comes last: no test can use the scheduler after it."""
    if not made.has_workers():  # the test above leaves one
        made.add_worker()
    with building(project, made) as build:
        made.processes[0].kill()
        err = build.output.read()
        assert build.wait() == 1
    end = [json.loads(line) for line in err.splitlines()][-1]  # and nothing else is said
    assert end["totals"]["built"] + end["totals"]["failed"] == HANDOUTS
    assert end["totals"]["built"] == len(files(project)) > 0
    ran = run(project.root, "build", "--scheduler", made.address)
    assert (ran.code, "error[no-cluster]" in ran.err, "Traceback" in ran.err) == (1, True, False), ran.err
