"""Pages are checked: required texts are there, nothing runs over an edge, and a dead worker is reported."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.pdf.layout.lay_out import lay_out
from handouts.problems.problem import Problem, Severity
from handouts.read.project import read_project
from support.command import copy_of_shipped, run
from support.pdf import read_columns, read_tags, text
from support.projects import HANDOUT as SMALL_HANDOUT
from support.projects import PRACTICE, small_project

LAKESIDE = "lakeside-spine-center"
BUILD = ("build", "-p", LAKESIDE, "-s", "benefits-risks", "-o", "x.pdf")
HANDOUT = "content/handouts/spinal-fracture/en.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return copy_of_shipped(folder)


def find_errors(project: Path) -> list[Problem]:
    """Return the errors of the print of `BUILD`; it is laid out in this process, which has fonts and lines at hand."""
    library = read_project(Project(project)).library
    assert library is not None
    request = Request(practices=(LAKESIDE,), sections=("benefits-risks",), options=PrintOptions())
    (planned,) = plan(library, request)
    pipeline = Pipeline(Project(project), library.references)
    composition = pipeline.compose(pipeline.number(planned), planned.practice, planned.edition)
    on_pages = lay_out(composition.document).problems if composition.document else ()
    return [problem for problem in (*composition.problems, *on_pages) if problem.severity is Severity.ERROR]


def override(project: Path, name: str, old: str, new: str) -> None:
    path = project / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


# What hides a required text, by what has to be found missing.
HIDDEN = {
    'the block "safety"': ("styles/base.css", ":root {", ".important { display: none } :root {"),
    "the disclaimer": ("styles/base.css", ":root {", ".disclaimer { visibility: hidden } :root {"),
    "the status of the handout": ("styles/base.css", ":root {", ".status { display: none !important } :root {"),
    "a phone number": ("templates/parts/contact.html.j2", "{{ unbroken(phone.number) }}", ""),
    "the emergency number": (
        "templates/parts/contact.html.j2",
        "{{ unbroken(emergency.text | split(emergency.number, 1) | last) }}",
        "",
    ),
}
LEFT_OUT = {
    'the block "safety"': ("templates/parts/safety.html.j2", "{{ block.html }}", "<!-- {{ block.html }} -->"),
    "the disclaimer": ("templates/parts/disclaimer.html.j2", "<section", "<section hidden"),
    "where the facts come from": ("templates/parts/disclaimer.html.j2", "{{ expand(handout.sponsor) }}", ""),
    "the status of the handout": ("templates/handout.html.j2", '{% include "parts/footer.html.j2" %}', ""),
}


@pytest.mark.parametrize("changes", [HIDDEN, LEFT_OUT], ids=["by style sheets", "by templates"])
def test_nothing_can_hide_what_has_to_be_printed(project: Path, changes: dict[str, tuple[str, str, str]]) -> None:
    for change in changes.values():
        override(project, *change)
    left_out = [error.message for error in find_errors(project) if error.code == "left-out"]
    assert [what for what in changes if not any(what in message for message in left_out)] == [], left_out


TOO_WIDE = (
    ("- " + "longword" * 30, "overflow", '"longword'),
    (
        "|a|b|\n|-|-|\n|" + "wideword" * 10 + "|" + "wideword" * 10 + "|",
        "column-overflow",
        r'"wideword.*" is wider than its column',
    ),
    ("#### " + "broadword" * 30, "overflow", '"broadword'),
)


def test_words_that_do_not_fit_are_errors(project: Path) -> None:
    override(project, HANDOUT, "### Benefits", "\n\n".join(["### Benefits", *(new for new, _, _ in TOO_WIDE), ""]))
    errors = find_errors(project)
    for new, code, message in TOO_WIDE:
        line = (project / HANDOUT).read_text().partition(new.splitlines()[-1])[0].count("\n") + 1
        assert any(
            error.code == code
            and error.place
            and (error.place.file, error.place.line) == (HANDOUT, line)
            # The page and the section come first.
            and re.match(rf"page \d, in .*: {message}", error.message)
            for error in errors
        ), errors


def test_lines_of_code_are_broken_at_spaces_and_large_icon_arrays_keep_every_icon_on_the_page(tmp_path: Path) -> None:
    small = small_project(tmp_path)
    code = "```\n" + "a line of code " * 20 + "\n```\n"
    icons = "::: icon-array {count=17 of=100}\n17 of 100 people\n:::\n"
    small.replace(SMALL_HANDOUT, "- after a fall\n", f"{code}\n{icons}\n- after a fall\n")
    ran = small.run("build", "-f", "booklet", "--no-impose", "-o", "x.pdf")
    assert ran.code == 0, ran.err
    assert "".join(read_tags(small.root / "x.pdf").split()).count("alineofcode") == 20
    assert "17 of 100 people" in text(small.root / "x.pdf")


def test_what_runs_over_the_edge_is_an_error(project: Path) -> None:
    override(project, "styles/handout.css", ".question {", ".question { width: 300mm; ")
    ran = run(project, *BUILD)
    assert ran.code == 1
    line = (project / HANDOUT).read_text().partition("### Benefits")[0].count("\n") + 1
    said = r'error\[overflow\]: page \d, in "How can balloon kyphoplasty help, and what are the risks\?"'
    assert re.search(rf"^{HANDOUT}:{line + 2}: {said}", ran.err, re.MULTILINE)
    assert "runs over the edge" in ran.err
    assert not (project / "x.pdf").exists()


def test_numbers_follow_the_page_also_through_the_notes_of_an_insert(project: Path) -> None:
    folder = project / "content/practices" / LAKESIDE
    (folder / "inserts/what-to-expect.md").write_text(
        "Our own words.[@gold1996] More.[^ours]\n\n[^ours]: Ours.[@garfin2006]\n"
    )
    override(project, HANDOUT, "- You have a medical exam.", "- You have an exam.[@nof2019] [^theirs]")
    override(project, HANDOUT, "::: important", "[^theirs]: Theirs.[@silverman1992]\n\n::: important")
    ran = run(project, "build", "-p", LAKESIDE, "-s", "what-to-expect", "-o", "x.pdf")
    assert ran.code == 0, ran.err
    whole = " ".join(read_columns(project / "x.pdf").split())
    met = ["an exam. 1", "better after balloon kyphoplasty. 2", "Theirs. 3", "From Lakeside", "own words. 4", "Ours. 5"]
    positions = [whole.find(words) for words in met]
    assert -1 not in positions, whole
    assert positions == sorted(positions)


def test_a_style_folder_that_leads_out_of_the_project_is_refused(project: Path) -> None:
    outside = project.parent / "outside"
    (project / "styles").rename(outside)
    (project / "styles").symlink_to(outside)
    ran = run(project, *BUILD)
    assert ran.code == 1
    assert "error[outside-project]" in ran.err


def test_a_project_may_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "a%41b c#d?é'"
    folder.mkdir()
    ran = run(copy_of_shipped(folder), *BUILD)
    assert ran.code == 0, ran.err


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with two practices, built once, to be copied."""
    small = small_project(tmp_path_factory.mktemp("built"))
    small.write(PRACTICE.replace("clinic", "other"), "extends: clinic\n")
    assert small.run("build").code == 0
    return small.root


@pytest.mark.parametrize(("arguments", "most"), [([], 1), (["-p", "clinic"], 1000)])
def test_a_killed_worker_is_replaced_and_the_loss_of_all_is_reported(
    built: Path, tmp_path: Path, arguments: list[str], most: int
) -> None:
    project = shutil.copytree(built, tmp_path / "copy")
    before = {path: path.read_bytes() for path in project.glob("output/*/*.pdf")}
    command = [sys.executable, "-m", "handouts", "build", "--force", *arguments]
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as building:
        killed = 0
        while building.poll() is None and killed < most:
            # The first are forked; those that replace them are spawned.
            for child in children(building.pid, "multiprocessing-fork" if killed else "handouts"):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                    killed += 1
                if killed == most:
                    break
            time.sleep(0.05)
        try:
            _, err = building.communicate(timeout=60)
        finally:
            building.kill()
    assert killed
    assert "Traceback" not in err
    assert (building.returncode, "error[worker-died]" in err) == ((0, False) if most == 1 else (1, True)), err
    assert {path: path.read_bytes() for path in project.glob("output/*/*.pdf")} == before


def children(process: int, wanted: str) -> list[int]:
    """Return the processes that a process started, of those whose command line has a word in it."""
    found: list[int] = []
    # Each thread has children of its own. Threads and processes may end while they are looked for.
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in thread.read_text().split()]
    fitting: list[int] = []
    for child in found:
        with contextlib.suppress(OSError):
            fitting += [child] if wanted in Path(f"/proc/{child}/cmdline").read_text() else []
    return fitting
