"""The report of the last build is used again exactly while nothing has changed: neither a source nor an output."""

import datetime as dt
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.build.kept_report import KeptReport
from handouts.build.options import BuildOptions
from handouts.build.outcome import Event, ignore_event
from handouts.build.plan.request import Request
from handouts.build.report import Report
from handouts.build.run_request import build
from handouts.model.project import Project
from support.command import Ran, invoke, run
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

TODAY: Final = dt.date(2026, 8, 1)
COMMAND: Final = {"set": "all", "day": TODAY}
INSERT: Final = "content/practices/clinic/hours.md"
FONT: Final = "content/practices/clinic/regular.ttf"
PICTURE: Final = "content/handouts/back/bone.svg"
TEMPLATE: Final = "templates/text.html.j2"
LABELS: Final = "templates/labels.en.yaml"
STYLE: Final = "styles/html.css"
IMAGE: Final = "styles/images/mark.svg"
CODES: Final = "print-codes/clinic.jsonl"
AUTHOR: Final = ("-c", "user.name=A", "-c", "user.email=a@example.org")
OUTPUT: Final = "output/clinic/back.en.txt"


@dataclass(frozen=True)
class Built:
    """A project whose outputs are up to date, and its kept report."""

    project: SmallProject
    kept: Path
    report: Report

    def find(self, command: dict[str, object] = COMMAND, output: str = "output") -> Report | None:
        root = self.project.root
        return KeptReport(Project(root), root / output, command, self.kept).find(ignore_event)

    def build(self) -> Report:
        return build_all(self.project, self.kept)


def build_all(project: SmallProject, kept: Path) -> Report:
    options = BuildOptions(today=TODAY)
    with ThreadPoolExecutor(1) as executor:
        opened = Project(project.root)
        return KeptReport(opened, opened.output, COMMAND, kept).build(
            lambda: build(opened, Request(formats=("text", "html")), options, executor)
        )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One of each kind of source, and of each kind of output that needs no layout."""
    folder = tmp_path_factory.mktemp("kept")
    project = small_project(folder / "project")
    font = next((ROOT / "styles/fonts").glob("*-Regular.ttf"))
    project.write(PRACTICE, project.text(PRACTICE) + "inserts:\n  - {handout: back, section: what, file: hours.md}\n")
    project.write(PRACTICE, project.text(PRACTICE) + "font: {regular: regular.ttf, bold: regular.ttf}\n")
    project.write(INSERT, "Come on Monday.\n")
    project.write(FONT, font.read_bytes())
    project.write(PICTURE, project.text(LOGO))
    project.write(TEMPLATE, (ROOT / TEMPLATE).read_bytes())
    project.write(LABELS, (ROOT / LABELS).read_bytes())
    project.write(STYLE, (ROOT / STYLE).read_bytes())
    project.write(IMAGE, project.text(LOGO))
    project.write(CODES, "{}\n")
    project.replace(HANDOUT, "- after a fall", "::: figure\n![A bone](bone.svg)\n\nA bone.\n:::\n\n- after a fall")
    report = build_all(project, folder / "kept")
    assert report.ok, report.all_problems
    one = Built(project, folder / "kept", report)
    assert one.find() is not None
    return one


SOURCES: Final = (
    SETTINGS,
    REFERENCES,
    HANDOUT,
    PICTURE,
    PRACTICE,
    LOGO,
    INSERT,
    FONT,
    TEMPLATE,
    LABELS,
    STYLE,
    IMAGE,
    CODES,
)
OUTPUTS: Final = (OUTPUT, "output/clinic/back.en.html", "output/manifest.json")


@given(st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_changed_byte_of_any_source_or_output_is_noticed(built: Built, data: st.DataObject) -> None:
    path = built.project.root / data.draw(st.sampled_from(SOURCES + OUTPUTS))
    before, status = path.read_bytes(), path.stat()
    at = data.draw(st.integers(0, len(before) - 1))
    other = data.draw(st.integers(1, 255))
    path.write_bytes(before[:at] + bytes([before[at] ^ other]) + before[at + 1 :])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as a restored or synchronized file may have it
    try:
        assert built.find() is None
    finally:
        path.write_bytes(before)


def test_each_file_that_goes_or_is_renamed_is_noticed(built: Built) -> None:
    for name in SOURCES + OUTPUTS:
        path = built.project.root / name
        moved = path.with_name(f"x{path.name}")
        path.rename(moved)
        assert built.find() is None, name
        moved.rename(path)
        assert built.find() is not None, name


@pytest.mark.parametrize(
    "name",
    [
        "content/practices/annex/practice.yaml",
        "content/practices/clinic/practice (1).yaml",
        "content/handouts/back/es.md",
        "content/handouts/back/bone.en.svg",
        "content/handouts/back/approvals.yaml",
        "content/words.en.yaml",
        "templates/parts/header.html.j2",
        "styles/fonts/new.ttf",
        "print-codes/annex.jsonl",
        "Content/new.md",
        "handouts.yml",
    ],
)
def test_each_new_file_that_may_be_read_or_reported_is_noticed(built: Built, name: str) -> None:
    path = built.project.root / name
    folders = [folder for folder in path.parents if not folder.exists()]
    built.project.write(name, "")
    assert built.find() is None
    path.unlink()
    for folder in folders:
        folder.rmdir()
    assert built.find() is not None


def replace_by_link(path: Path, elsewhere: Path) -> Path:
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)
    return elsewhere


@pytest.mark.parametrize("name", ["output", "output/clinic", "content/handouts/back"])
def test_a_folder_in_place_of_which_a_link_leads_out_is_noticed(built: Built, tmp_path: Path, name: str) -> None:
    path = built.project.root / name
    moved = replace_by_link(path, tmp_path / "elsewhere")
    assert built.find() is None
    path.unlink()
    shutil.move(moved, path)
    assert built.find() is not None


def test_what_a_link_within_the_project_leads_to_counts(built: Built) -> None:
    picture = built.project.root / PICTURE
    shared = replace_by_link(picture, built.project.root / "shared.svg")
    assert built.find() is None  # the folder has a new file
    again = built.build()
    assert again.reads_elsewhere
    assert built.find() is None
    picture.unlink()
    shutil.move(shared, picture)
    assert built.build().ok
    assert built.find() is not None


def test_links_in_a_circle_end(built: Built) -> None:
    link = built.project.root / "content/handouts/back/again"
    link.symlink_to(built.project.root / "content")
    assert built.find() is None
    link.unlink()
    assert built.find() is not None


def test_another_command_day_folder_version_or_revision_is_noticed(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert built.find({**COMMAND, "day": TODAY + dt.timedelta(1)}) is None
    assert built.find({**COMMAND, "set": "some"}) is None
    assert built.find(output="other") is None
    with monkeypatch.context() as other:
        other.setenv("HANDOUTS_PATCHES", "off")
        assert built.find() is None
    with monkeypatch.context() as other:
        (tmp_path / "fontpkg_noto_sans_arabic-9.dist-info").mkdir()
        other.syspath_prepend(tmp_path)
        assert built.find() is None
    for words in (["init", "-q"], [*AUTHOR, "commit", "-q", "--allow-empty", "-m", "first"]):
        subprocess.run(["git", *words], cwd=built.project.root, check=True)
    assert built.find() is None
    shutil.rmtree(built.project.root / ".git")
    assert built.find() is not None


@pytest.mark.parametrize("content", [b"", b"\n", b"{}\n{}", b"\xff" * 100])
def test_a_damaged_report_is_not_used(built: Built, content: bytes) -> None:
    (file,) = built.kept.iterdir()
    whole = file.read_bytes()
    key = whole.partition(b"\n")[0]
    for damaged in (content, key + b"\n" + content, whole[: len(whole) // 2]):
        file.write_bytes(damaged)
        assert built.find() is None
    file.write_bytes(whole)
    assert built.find() is not None


def test_it_says_the_same_as_a_build_that_reads_everything(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    project.write(PRACTICE.replace("clinic", "annex"), project.text(PRACTICE))
    project.write(LOGO.replace("clinic", "annex"), project.text(LOGO))
    project.write(PRACTICE.replace("clinic", "gone"), project.text(PRACTICE))
    project.write(LOGO.replace("clinic", "gone"), project.text(LOGO))
    project.write(REFERENCES, project.text(REFERENCES) + "  - {id: lost, status: missing}\n")
    project.replace(HANDOUT, "[@smith2020]", "[@smith2020; @lost]")  # a warning
    folder = tmp_path / "cache"  # no other test writes to it while it is removed

    def build() -> Ran:
        options = ("-f", "text", "--json", "--progress", "json")
        return run(project.root, "build", *options, XDG_CACHE_HOME=str(folder))

    assert build().code == 0
    shutil.rmtree(project.root / "content/practices/gone")
    assert build().code == 0
    replayed, first = build(), build()
    cache = folder / "handouts" / "reports"
    shutil.rmtree(cache)
    read = build()
    assert list(cache.iterdir())
    assert drop_seconds(replayed.out) == drop_seconds(first.out) == drop_seconds(read.out)
    assert json.loads(read.out)["totals"]["unchanged"] == 2
    assert len(json.loads(read.out)["left"]) == 1
    assert "missing-reference" in read.out
    for one, other in zip(replayed.err.splitlines(), read.err.splitlines(), strict=True):
        assert drop_seconds(one) == drop_seconds(other)


def drop_seconds(text: str) -> object:
    value = json.loads(text)
    if "totals" in value:
        value["totals"].pop("seconds")
    return value


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (PRACTICE, "number: 01632 960000", "number: {}"),
        (PRACTICE, "logo: logo.svg", "logo: ../../../logo.svg"),
        (HANDOUT, "[@smith2020]", "[@nobody]"),
    ],
)
def test_nothing_is_kept_of_errors_and_of_files_from_elsewhere(tmp_path: Path, name: str, old: str, new: str) -> None:
    project = small_project(tmp_path / "project")
    project.write("logo.svg", project.text(LOGO))
    project.replace(name, old, new)
    build_all(project, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_nothing_is_kept_if_a_source_is_saved_while_it_is_built(tmp_path: Path) -> None:
    project, kept = small_project(tmp_path / "project"), tmp_path / "kept"
    opened = Project(project.root)

    def save(_event: Event) -> None:
        project.write(INSERT, "Come on Monday.\n")

    with ThreadPoolExecutor(1) as executor:
        report = KeptReport(opened, opened.output, COMMAND, kept).build(
            lambda: build(opened, Request(formats=("text",)), BuildOptions(today=TODAY), executor, save)
        )
    assert report.ok
    assert not kept.exists()


def test_only_the_newest_reports_are_kept(built: Built) -> None:
    for number in range(60):
        old = built.kept / f"old-{number}"
        old.write_bytes(b"")
        os.utime(old, (number, number))
    assert built.build().ok
    assert len(list(built.kept.iterdir())) == 50
    assert built.find() is not None
    for old in built.kept.glob("old-*"):
        old.unlink()


@pytest.mark.parametrize(
    "change",
    [
        lambda project: project.replace(HANDOUT, "It is mostly harmless", "It is nearly always harmless"),
        lambda project: project.write(OUTPUT, "Something else"),
        lambda project: (project.root / OUTPUT).unlink(),
    ],
)
def test_the_command_builds_what_changed_and_nothing_else(
    tmp_path: Path, change: Callable[[SmallProject], object]
) -> None:
    project = small_project(tmp_path / "project")
    command = ("build", "-f", "text", "--json")
    assert json.loads(project.run(*command).out)["totals"]["built"] == 1
    assert json.loads(project.run(*command).out)["totals"]["unchanged"] == 1
    change(project)
    assert json.loads(project.run(*command).out)["totals"]["built"] == 1
    assert json.loads(project.run(*command).out)["totals"]["unchanged"] == 1
    assert json.loads(project.run(*command, "--force").out)["totals"]["built"] == 1
    assert "Something else" not in project.text(OUTPUT)
    assert invoke(project.root, *command, "--dry-run").code == 0
