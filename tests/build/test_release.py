"""`handouts build --release`: what the gate refuses is not made. What it refuses: tests/check/test_release_gate.py."""

import json
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from support.command import copy_of_shipped, run
from support.projects import HANDOUT, PRACTICE, SETTINGS, SmallProject
from support.releases import DUE, PUBLISHED, releasable


def released(project: SmallProject, *arguments: str, **environment: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Build for release; give the errors of each output by practice and handout."""
    shutil.rmtree(project.root / "output", ignore_errors=True)
    ran = run(project.root, "build", "--release", "--json", "-f", "text", *arguments, **environment)
    assert ran.out, ran.err
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for output in json.loads(ran.out)["outputs"]:
        errors = [problem for problem in output["problems"] if problem["severity"] == "error"]
        assert (output["status"] == "failed") == bool(errors)
        assert Path(output["path"]).exists() == (not errors)
        found[output["practice"], output["handout"]] = errors
    return found


def test_a_clock_of_the_past_releases_nothing_that_expired(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.replace(HANDOUT, PUBLISHED, "2020-01-10")
    project.replace(HANDOUT, DUE, "2021-01-10")
    errors = released(project, SOURCE_DATE_EPOCH="1590000000")["clinic", "back"]
    assert [(error["code"], error["message"]) for error in errors] == [
        ("review-overdue", 'the review of "back" was due on 2021-01-10')
    ]


def test_a_file_that_is_up_to_date_is_not_released_by_that(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    project.replace(PRACTICE, "#0b5a6f", "#7aa5b0")  # darkened in print
    assert project.run("build", "-f", "html").code == 0
    project.write(SETTINGS, "paper: a4\nsignatures: optional\nchecks: {severities: {low-contrast: error}}\n")
    ran = project.run("build", "-f", "html", "--release")
    assert ran.code == 1
    assert "error[low-contrast]" in ran.err
    assert "0 built, 0 unchanged, 1 failed" in ran.err


def test_the_shipped_project_and_a_new_practice_are_refused(tmp_path: Path) -> None:
    project = SmallProject(copy_of_shipped(tmp_path))
    assert project.run("new", "practice", "new-clinic").code == 0
    found = released(project)
    always = {"draft", "missing-reference", "fictional-contact"}
    assert {error["code"] for error in found["new-clinic", "spinal-fracture"]} == {*always, "placeholder"}
    assert {error["code"] for error in found["northgate-family-practice", "spinal-fracture"]} == {
        *always,
        "insert-not-approved",
    }


def test_a_build_that_is_no_release_loads_no_rules() -> None:
    listed = "print(sorted(name for name in sys.modules if name.startswith('handouts.check')))"
    loaded = f"import handouts.build.pipeline, sys; {listed}"
    ran = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
