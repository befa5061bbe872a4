"""What a dry run reports; shares of a plan for several machines; and the time limit."""

import json
import shutil
from pathlib import Path

import pytest

from handouts.schema.plan import PlanReport
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SmallProject, small_project

TEXT = ("build", "-f", "text")
ONE = "output/clinic/back.en.txt"


@pytest.fixture
def small(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path)


def foreseen(project: SmallProject, *arguments: str) -> list[str]:
    """Return the lines of a dry run, and check that it changed nothing."""
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}
    ran = project.run(*TEXT, "--dry-run", *arguments)
    assert ran.code == 0, ran.err
    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*")} == before
    return ran.out.splitlines()


# Dry run


def test_a_dry_run_tells_what_would_be_built_and_why(small: SmallProject) -> None:
    assert foreseen(small) == [f"build\t{ONE}\tnew"]
    assert small.run(*TEXT).code == 0
    assert foreseen(small) == [f"keep\t{ONE}\tup to date"]
    assert foreseen(small, "--force") == [f"build\t{ONE}\tforced"]
    (small.root / ONE).write_text("harmed")
    assert foreseen(small) == [f"build\t{ONE}\tits file was changed"]
    (small.root / ONE).unlink()
    assert foreseen(small) == [f"build\t{ONE}\tits file is gone"]


@pytest.mark.parametrize(
    ("name", "old", "new", "changed"),
    [
        (HANDOUT, "mostly harmless", "nearly always harmless", "text"),
        (HANDOUT, 'version: "1.0"', 'version: "1.1"', "version"),
        (REFERENCES, "Back pain in adults", "Back pain in all adults", "references"),
        (PRACTICE, "01632 960000", "01632 960001", "practice"),
        (PRACTICE, "#0b5a6f", "#0b5a60", "its looks, or the tool"),
    ],
)
def test_a_dry_run_names_the_kind_of_source_that_changed(
    small: SmallProject, name: str, old: str, new: str, changed: str
) -> None:
    assert small.run(*TEXT).code == 0
    small.replace(name, old, new)
    assert foreseen(small) == [f"build\t{ONE}\tchanged: {changed}"]


def test_a_dry_run_has_an_object_for_scripts(small: SmallProject) -> None:
    report = PlanReport.model_validate_json(small.run(*TEXT, "--dry-run", "--json").out)
    (output,) = report.outputs
    assert (report.ok, report.build, report.keep, report.fail) == (True, 1, 0, 0)
    assert (output.action, output.reason, output.practice) == ("build", "new", "clinic")
    assert output.path == ONE
    assert "properties" in json.loads(small.run("schema", "plan").out)


def test_a_dry_run_tells_what_is_sure_to_fail(small: SmallProject) -> None:
    ran = small.run(*TEXT, "--dry-run", "--release")
    assert (ran.code, ran.out) == (1, f"fail\t{ONE}\tdraft, fictional-contact\n")
    assert "0 to build, 0 up to date, 1 failed; nothing was made" in ran.err


def test_a_dry_run_has_no_events(small: SmallProject) -> None:
    ran = small.run(*TEXT, "--dry-run", "--progress", "json")
    assert (ran.code, ran.out) == (2, "")


# What is no longer planned


def test_what_is_no_longer_planned_is_listed_and_removed_with_prune(small: SmallProject) -> None:
    small.write("content/practices/other/practice.yaml", small.text(PRACTICE))
    small.write("content/practices/other/logo.svg", small.text(LOGO))
    gone, other = "other/back.en.txt", small.root / "output/other/back.en.txt"
    assert small.run(*TEXT).code == 0
    shutil.rmtree(small.root / "content/practices/other")
    for arguments in ((), ("--prune", "--dry-run")):
        ran = small.run(*TEXT, *arguments, "--json")
        assert (ran.code, json.loads(ran.out)["left"]) == (0, [gone])
        assert f"no longer planned: {gone}" in ran.err
        assert other.is_file()
    ran = small.run(*TEXT, "--prune")
    assert (ran.code, other.exists()) == (0, False)
    assert f"removed: {gone}" in ran.err
    assert json.loads(small.run(*TEXT, "--prune", "--json").out)["removed"] == []


# Shards


@pytest.fixture(scope="module")
def nine(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A project of nine practices."""
    project = small_project(tmp_path_factory.mktemp("nine"))
    for number in range(1, 9):
        project.write(f"content/practices/clinic-{number}/practice.yaml", project.text(PRACTICE))
        project.write(f"content/practices/clinic-{number}/logo.svg", project.text(LOGO))
    return project


def test_each_output_is_in_one_shard_whatever_else_is_planned(nine: SmallProject) -> None:
    whole = foreseen(nine)
    parts = [foreseen(nine, "--shard", f"{number}/3") for number in (1, 2, 3)]
    assert sorted(line for part in parts for line in part) == sorted(whole)
    assert foreseen(nine, "--shard", "1/1") == whole
    of_one = [foreseen(nine, "--shard", f"{number}/3", "-p", "clinic-4") for number in (1, 2, 3)]
    assert [line in part for part in parts for line in whole if "clinic-4" in line] == [bool(part) for part in of_one]


def test_shards_are_built_on_their_own_and_an_empty_one_is_well(nine: SmallProject) -> None:
    codes = [nine.run(*TEXT, "-p", "clinic", "--shard", f"{number}/4").code for number in range(1, 5)]
    assert codes == [0, 0, 0, 0]
    assert (nine.root / ONE).is_file()
    empty = [nine.run(*TEXT, "-p", "clinic", "--shard", f"{number}/4").out == "" for number in range(1, 5)]
    assert empty.count(True) == 3


@pytest.mark.parametrize("value", ["0/5", "6/5", "2", "a/b", "1/0", "-1/2", "1/1001", "1/2/3", "", "٢/5"])
def test_an_invalid_shard_is_wrong_usage(small: SmallProject, value: str) -> None:
    ran = small.run(*TEXT, "--shard", value)
    assert (ran.code, ran.out) == (2, "")
    assert "expected I/N, such as 2/5" in ran.err


# Time


@pytest.mark.parametrize("value", ["0", "-1", "nan", "soon"])
def test_what_is_no_time_is_wrong_usage(small: SmallProject, value: str) -> None:
    assert small.run(*TEXT, "--timeout", value).code == 2


# A cluster


@pytest.mark.parametrize(
    "value",
    [
        *("10.0.0.5:8786", "tcp://10.0.0.5", "tcp://:8786", "tcp://host:0", "tcp://host:65536", "tcp://host:x"),
        *(
            "http://host:1",
            "tcp://host:1/path",
            "tcp://user@host:1",
            "tcp://[::1:1",
            "tcp://ho st:1",
            "tcp://host:1\n",
            "",
        ),
    ],
)
def test_what_is_no_address_of_a_scheduler_is_wrong_usage(small: SmallProject, value: str) -> None:
    ran = small.run(*TEXT, "--scheduler", value)
    assert (ran.code, ran.out) == (2, "")
    assert "expected tcp://HOST:PORT, such as tcp://10.0.0.5:8786" in ran.err
