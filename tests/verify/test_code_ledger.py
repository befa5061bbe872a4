"""The ledger of print codes, and the answer of `handouts verify` for papers that were released and replaced since."""

import datetime as dt
import json
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handouts.build.options import BuildOptions
from handouts.build.plan.request import Request
from handouts.build.report import Report
from handouts.build.run_request import build
from handouts.cli.context import make_gate_opener
from handouts.model.project import Project
from support.command import invoke
from support.projects import HANDOUT, SETTINGS, SmallProject
from support.releases import PUBLISHED, TODAY, releasable

LEDGER = "print-codes/clinic.jsonl"
TEXT = "output/clinic/back.en.txt"


def release(project: SmallProject, day: dt.date = TODAY, *, is_release: bool = True) -> Report:
    """Release the text and the web page of the small project in this process, which share one code."""
    options = BuildOptions(gate=make_gate_opener(day), release=is_release, today=day)
    with ThreadPoolExecutor(1) as executor:
        return build(Project(project.root), Request(formats=("text", "html")), options, executor)


def code_on(project: SmallProject) -> str:
    return project.text(TEXT).split("Print code ")[1][:11]


def codes_of(report: Report) -> set[str]:
    return {problem.code for problem in report.all_problems}


def first_line(project: SmallProject, *subjects: str) -> str:
    return invoke(project.root, "verify", *subjects).out.splitlines()[0]


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return releasable(tmp_path)


@pytest.fixture
def released(project: SmallProject) -> SmallProject:
    assert release(project).ok
    return project


def test_a_release_records_each_code_once_and_other_builds_none(project: SmallProject) -> None:
    assert release(project, is_release=False).ok
    assert not (project.root / LEDGER).exists()
    assert release(project).ok  # the files are up to date, and are released now
    (line,) = project.text(LEDGER).splitlines()
    recorded = json.loads(line)
    assert recorded["printed"] == str(TODAY)
    printed = recorded["made_from"]
    expected = ("back", "en", "clinic", "1.0", code_on(project))
    assert tuple(printed[name] for name in ("handout", "language", "practice", "version", "print_code")) == expected
    project.replace(HANDOUT, "mostly harmless", "often harmless")
    assert release(project, TODAY + dt.timedelta(days=1)).ok
    first, second = project.text(LEDGER).splitlines()
    assert first == line
    assert json.loads(second)["printed"] == str(TODAY + dt.timedelta(days=1))
    project.replace(HANDOUT, "status: approved\nreviewed_by: Spine surgeon", "status: draft")
    release(project)
    assert len(project.text(LEDGER).splitlines()) == 2


def test_the_code_of_an_old_paper_is_known_when_its_file_is_gone(released: SmallProject) -> None:
    code = code_on(released)
    detail = f"back (en) for clinic: HO-1, version 1.0, print code {code}, released on {TODAY}"
    assert invoke(released.root, "verify", code).out == f"Current: {code}\n    {detail}\n"
    released.replace(HANDOUT, 'version: "1.0"', 'version: "2.0"')
    assert release(released).ok
    published = dt.date.fromisoformat(PUBLISHED)
    says = f"Superseded by version 2.0 on {published.day} {published:%B} {published.year}: {code}: "
    assert first_line(released, code).startswith(says)
    report = json.loads(invoke(released.root, "verify", "--json", code).out)["verdicts"][0]
    assert (report["published"], report["released"], report["headline"]) == (PUBLISHED, str(TODAY), says[:-15])


@pytest.mark.parametrize(("version", "is_removed"), [("", False), ("", True), ("1.0", False)])
def test_a_withdrawn_paper_says_why_and_nothing_is_made_of_it(
    released: SmallProject, version: str, *, is_removed: bool
) -> None:
    code = code_on(released)
    of_version = f', version: "{version}"' if version else ""
    withdrawn = f"withdrawn:\n  - {{handout: back{of_version}, date: 2026-11-20, reason: The dose was wrong.}}\n"
    released.write(SETTINGS, released.text(SETTINGS) + withdrawn)
    report = release(released, is_release=False)
    assert not report.ok
    assert "withdrawn" in codes_of(report)
    assert [str(path) for outcome in report.outcomes for path in outcome.stale]
    if is_removed:
        (released.root / HANDOUT).unlink()
    says = "Withdrawn on 20 November 2026: {}: The dose was wrong."
    assert first_line(released, code) == says.format(code)
    page = TEXT.replace("txt", "html")
    assert first_line(released, page) == says.format(page)
    assert invoke(released.root, "verify", code).code == 1
    if version:  # a new version is printed
        released.replace(HANDOUT, 'version: "1.0"', 'version: "1.1"')
        assert release(released).ok
        assert first_line(released, code_on(released)).startswith("Current")


def test_two_prints_with_one_code_are_not_released(released: SmallProject) -> None:
    code = code_on(released)
    other = released.text(LEDGER).replace('"handout":"back"', '"handout":"neck"').replace(str(TODAY), "2020-01-01")
    released.write(LEDGER.replace("clinic", "other"), other)
    released.write(LEDGER, "")
    (released.root / TEXT).unlink()
    report = release(released)
    assert codes_of(report) == {"code-collision"}
    assert f"{code} was released on 2020-01-01 for another print: neck (en) for clinic" in str(report.all_problems)
    assert not (released.root / TEXT).exists()
    released.write(LEDGER, other.replace("neck", "back"))
    assert first_line(released, code).startswith(f"Unknown: {code}: two different prints have this code: ")


def block_by_a_file(root: Path) -> None:
    (root / "print-codes").write_text("")


def block_by_a_link(root: Path) -> None:
    (root / "print-codes").symlink_to(root.parent, target_is_directory=True)


def block_by_a_linked_file(root: Path) -> None:
    (root / "print-codes").mkdir()
    (root / LEDGER).symlink_to(root.parent / "elsewhere.jsonl")


@pytest.mark.parametrize("block", [block_by_a_file, block_by_a_link, block_by_a_linked_file])
def test_what_cannot_be_recorded_is_not_released(project: SmallProject, block: Callable[[Path], None]) -> None:
    block(project.root)
    report = release(project)
    assert codes_of(report) >= {"code-not-recorded"}
    assert not (project.root / TEXT).exists()
    assert not (project.root.parent / "elsewhere.jsonl").exists()
    assert not (project.root.parent / "clinic.jsonl").exists()


def test_damaged_lines_are_named_and_hide_nothing(released: SmallProject) -> None:
    code = code_on(released)
    line = released.text(LEDGER)
    slow = "{" + '"print_code": "7KQ-2M4-XEN"' * 20_000  # searches of it took its length squared
    broken = f"<<<<<<< HEAD\n{line}=======\n\n{slow}\n{line.replace('approved', 'lost')}{line[:300]}"
    released.write(LEDGER, broken)
    ran = invoke(released.root, "verify", code)
    assert ran.out.startswith(f"Current: {code}\n")
    places = [each.partition(": ")[0] for each in ran.err.splitlines() if "damaged-code-ledger" in each]
    assert sorted(places) == [f"{LEDGER}:{number}" for number in (1, 3, 5, 6, 7)]
    # A line that was cut off does not damage the next one.
    released.replace(HANDOUT, "mostly harmless", "often harmless")
    assert release(released).ok
    assert first_line(released, code_on(released)).startswith("Current")
    assert released.text(LEDGER).startswith(broken + "\n")


def test_git_merges_what_two_branches_released(released: SmallProject) -> None:
    def git(*arguments: str) -> None:
        name = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *name, *arguments], cwd=released.root, check=True, capture_output=True)

    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "first")
    for branch, text in (("one", "often harmless"), ("two", "seldom harmful")):
        git("checkout", "-b", branch, "main")
        before = released.text(HANDOUT)
        released.replace(HANDOUT, "mostly harmless", text)
        assert release(released).ok
        released.write(HANDOUT, before)
        git("add", "print-codes")
        git("commit", "-m", branch)
    git("merge", "-m", "both", "one")
    lines = released.text(LEDGER).splitlines()
    assert len({json.loads(line)["made_from"]["print_code"] for line in lines}) == 3
