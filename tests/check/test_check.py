"""A project with planted faults has exactly those findings, at their places."""

import struct
from pathlib import Path

from PIL import Image

from handouts.check.run import check_project
from handouts.check.scope import Scope
from handouts.model.project import Project
from support.broken import BROKEN
from support.checks import DAY, find_problems
from support.faults import READABLE, Finding, plant
from support.projects import SETTINGS, SmallProject

_PNG_OF_A_BILLION_PIXELS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", 50_000, 20_000)


def findings(folder: Path) -> list[Finding]:
    """Return code and place of all findings, sorted."""
    problems = check_project(Project(folder), Scope(), DAY).open
    return sorted((problem.code, str(problem.place)) for problem in problems)


def plant_readable(folder: Path) -> list[Finding]:
    planted = plant(folder, READABLE)
    (folder / "templates" / "labels.en-us.yaml").unlink()
    Image.new("RGB", (100, 100)).save(folder / "content/practices/harbor/logo.png")
    return planted


def test_rules_find_the_planted_faults_and_nothing_else(tmp_path: Path) -> None:
    planted = plant_readable(tmp_path)
    assert findings(tmp_path) == planted


def plant_broken(folder: Path) -> list[Finding]:
    planted = plant(folder, BROKEN)
    latin, huge = folder / "content/handouts/latin/en.md", folder / "content/handouts/huge/en.md"
    for path in (latin, huge):
        path.parent.mkdir()
    latin.write_bytes("---\ntitle: Café\n".encode("latin-1"))
    huge.write_bytes(b"a" * 4_000_001)
    (folder / "content/handouts/pictures/wide.png").write_bytes(_PNG_OF_A_BILLION_PIXELS)
    places = {
        "not-utf8": "content/handouts/latin/en.md:2:11",
        "file-too-large": "content/handouts/huge/en.md",
    }
    return sorted([*planted, *places.items()])


def test_each_fault_that_prevents_reading_is_reported_once(tmp_path: Path) -> None:
    planted = plant_broken(tmp_path)
    assert findings(tmp_path) == planted


def test_the_planted_faults_are_of_over_a_hundred_kinds(tmp_path: Path) -> None:
    planted = [*plant_readable(tmp_path / "readable"), *plant_broken(tmp_path / "broken")]
    assert len({code for code, _ in planted}) >= 100


def test_unknown_settings_are_reported_with_place_and_hint(project: SmallProject) -> None:
    project.write(SETTINGS, "checks:\n  severitys: {}\n")
    (problem,) = find_problems(project)
    assert (problem.code, str(problem.place)) == ("unknown-field", "handouts.yaml:2:3")
    assert 'did you mean "severities"?' in problem.hint
