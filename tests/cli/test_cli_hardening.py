"""What people get wrong and what systems refuse: one line and an exit code, never a traceback."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handouts.assets.bundled_fonts import use_only_bundled_fonts
from handouts.build.manifest.manifest import read_manifest
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.build.report import Report
from handouts.build.rules import NOT_WRITTEN
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.read.project import read_project
from support.command import copy_of_shipped, run
from support.projects import HANDOUT, PRACTICE, SmallProject, small_project
from support.shipped import ROOT

LAKESIDE = "lakeside-spine-center"
SYMPTOMS = f"output/{LAKESIDE}/spinal-fracture.sections-1.en.handout.pdf"


@pytest.fixture
def small(tmp_path: Path) -> SmallProject:
    return small_project(tmp_path)


# Page words


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "  important: Important safety information\n",
            "",
            'error[missing-word]: the word "important" is missing',
        ),
        ("Published {date}", "Published", 'error[bad-placeholder]: the word "published" lacks {date}'),
        ("Published {date}", "Published {date} {day}", 'error[unexpected-braces]: the word "published" has braces'),
        ("Published {date}", "Published {date:>99999999}", 'error[bad-placeholder]: the word "published" lacks {date}'),
    ],
)
def test_own_english_words_have_all_that_the_shipped_have(
    small: SmallProject, old: str, new: str, message: str
) -> None:
    words = (ROOT / "templates/labels.en.yaml").read_text()
    assert old in words
    small.write("templates/labels.en.yaml", words.replace(old, new))
    ran = small.run("build")
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert f"templates/labels.en.yaml: {message}" in ran.err


def test_an_empty_file_of_words_is_an_error(small: SmallProject) -> None:
    small.write("templates/labels.en.yaml", "")
    ran = small.run("build")
    assert (ran.code, "templates/labels.en.yaml:1: error[wrong-type]" in ran.err) == (1, True), ran.err


# What is asked for, where something is broken


def test_a_mistyped_section_is_wrong_usage_even_if_another_handout_is_broken(small: SmallProject) -> None:
    small.write("content/handouts/neck/en.md", "broken")
    ran = small.run("build", "-s", "typo")
    assert (ran.code, ran.out) == (2, "")
    assert 'no section "typo"' in ran.err
    assert "Or is it in what has errors: neck?" in ran.err
    assert small.run("build", "back", "-s", "typo").code == 2
    assert small.run("build", "neck", "-s", "typo").code == 1


def test_a_broken_translation_counts_only_if_its_language_is_chosen(small: SmallProject) -> None:
    small.write(HANDOUT.replace("en.md", "es.md"), "broken")
    assert small.run("build", "back", "-l", "en").code == 0
    ran = small.run("build", "back", "-l", "es")
    assert (ran.code, ran.out) == (1, "")
    assert "not built because it has errors: back (es)\n" in ran.err
    assert small.run("build", "-l", "fr").code == 2


# Outputs


def test_outcomes_come_in_the_order_of_the_plan(small: SmallProject) -> None:
    for name in ("annex", "branch"):
        small.write(f"content/practices/{name}/practice.yaml", small.text(PRACTICE))
        small.write(f"content/practices/{name}/logo.svg", small.text("content/practices/clinic/logo.svg"))
    names = ["annex", "branch", "clinic"]
    assert small.run("build", "-f", "text", "-p", "branch", "-p", "clinic", "-j", "2").code == 0
    ran = small.run(
        "build", "-f", "text", "--json", "-j", "2"
    )  # the first is built, the others are unchanged: known earlier
    outputs = json.loads(ran.out)["outputs"]
    assert [output["practice"] for output in outputs] == names
    assert [output["status"] for output in outputs] == ["built", "unchanged", "unchanged"]


def test_a_manifest_that_cannot_be_written_fails_the_build(small: SmallProject) -> None:
    (small.root / "output/manifest.json").mkdir(parents=True)
    ran = small.run("build", "--json")
    assert (ran.code, json.loads(ran.out)["ok"]) == (1, False)
    assert "error[not-written]: " in ran.err
    assert not Report((NOT_WRITTEN.at(None, path="x", reason="full"),)).ok


@pytest.mark.parametrize("path", ["../x.pdf", "/etc/passwd", "a/../../x", "x" * 300, "", "a\\b", "c:/x", "a\u0000b"])
def test_a_manifest_with_paths_elsewhere_counts_as_broken(tmp_path: Path, path: str) -> None:
    texts = ["sha256", "handout", "version", "practice", "language", "format", "digest"]
    row: dict[str, object] = {**dict.fromkeys(texts, "x"), "path": "a/x.pdf", "size": 1, "pages": 1}
    row |= {"sections": [], "references": [], "problems": []}
    problems = Problems()
    for name in ("a/x.pdf", path):
        (tmp_path / "manifest.json").write_text(json.dumps({"engine": {}, "outputs": [{**row, "path": name}]}))
        rows = read_manifest(tmp_path, problems).rows()
        assert (list(rows), [problem.code for problem in problems]) == (
            (["a/x.pdf"], []) if name == "a/x.pdf" else ([], ["bad-manifest"])
        )


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that nobody can read")
def test_a_style_file_that_cannot_be_read_is_a_problem(small: SmallProject) -> None:
    small.write("styles/x.css", "")
    (small.root / "styles/mem.png").symlink_to("/proc/self/mem")
    ran = small.run("build")
    assert (ran.code, "Traceback" in ran.err) == (0, False), ran.err
    assert "styles/mem.png: warning[unreadable-style]: the file cannot be read" in ran.err


@pytest.mark.parametrize(
    ("target", "made"),
    [("new.txt/", "new.txt/clinic/back.en.txt"), ("new.txt", "new.txt"), ("link.txt", "link.txt")],
)
def test_a_slash_at_the_end_means_a_folder_and_a_link_is_replaced(small: SmallProject, target: str, made: str) -> None:
    small.write("other.txt", "mine")
    (small.root / "link.txt").symlink_to("other.txt")
    ran = small.run("build", "-f", "text", "-o", target)
    assert (ran.code, ran.out) == (0, f"{made}\n"), ran.err
    assert "Back pain" in small.text(made)
    assert small.text("other.txt") == "mine"


def test_sections_in_a_row_are_named_by_the_first_and_the_last(small: SmallProject) -> None:
    body = "".join(f"\n## Question {n}? {{#q-{n}}}\n\nText.\n" for n in range(1, 91))
    front = small.text(HANDOUT).split("\n---\n")[0]
    small.write(HANDOUT, f"{front}\n---\n{body}")
    library = read_project(Project(small.root)).library
    assert library
    for chosen, left_out, name in [
        ((), ("q-41",), "1..40-42..90"),
        (("q-3", "q-8"), (), "3-8"),
        (("q-1", "q-2", "q-4", "q-5", "q-6", "q-90"), (), "1-2-4..6-90"),
    ]:
        (planned,) = plan(library, Request(sections=chosen, left_out=left_out))
        assert str(planned.path) == f"clinic/back.sections-{name}.en.handout.pdf"


# Usage and systems


def test_an_empty_output_is_wrong_usage(tmp_path: Path) -> None:
    ran = run(tmp_path, "build", "-o", "")
    assert (ran.code, "the path is empty" in ran.err) == (2, True)


@pytest.mark.parametrize("folder", ["/proc/x", "file/x", "x" * 300])
def test_a_project_that_cannot_be_written_is_an_error(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_text("")
    ran = run(tmp_path, "init", folder)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("error[not-created]: ")
    assert len(ran.err.splitlines()) == 2


def test_a_handout_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "handouts.yaml").write_text("")
    (tmp_path / "content").write_text("")
    ran = run(tmp_path, "new", "handout", "x")
    assert (ran.code, ran.err.startswith("error[not-created]: ")) == (1, True), ran.err


def shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    handouts = f"{sys.executable} -m handouts"
    command = ["bash", "-c", line.replace("handouts", handouts)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_a_folder_that_was_deleted_is_an_error(tmp_path: Path) -> None:
    code = "from handouts.cli.main import main; import os; os.rmdir(os.getcwd()); main()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "list"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert (ran.returncode, ran.stderr) == (1, "error[refused]: No such file or directory\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
@pytest.mark.parametrize("command", ["list sections", "schema report", "--help"])
def test_a_full_disk_is_an_error(small: SmallProject, command: str) -> None:
    ran = shell(small.root, f"handouts {command} > /dev/full")
    assert (ran.returncode, ran.stderr) == (1, "error[refused]: No space left on device\n")


def test_a_closed_pipe_is_quiet(small: SmallProject) -> None:
    assert shell(small.root, "handouts schema report | true").stderr == ""


# Web addresses


@pytest.mark.parametrize(
    "address",
    [
        "https://user:password@clinic.example.org",
        "https://clinic.example.org@evil.example",
        "https://clinic.example.org/a b",
        "https://clinic.example.org\\@evil.example",
        f"https://clinic.example.org/{'x' * 300}",
    ],
)
def test_a_web_address_that_misleads_is_refused(small: SmallProject, address: str) -> None:
    small.replace(PRACTICE, "https://harbor.example.org", f"'{address}'")
    assert [problem.code for problem in small.problems()] == ["bad-address"]


def test_a_web_address_with_a_hidden_character_is_refused(small: SmallProject) -> None:
    small.replace(PRACTICE, "https://harbor.example.org", "'https://clinic.example.org/\u202egro'")
    assert [problem.code for problem in small.problems()] == ["hidden-character"]


@pytest.mark.parametrize(
    "address", ["https://klinik-zürich.example/über?x=http://a.b", "http://a.example.org:80/@us#x"]
)
def test_other_web_addresses_are_taken(small: SmallProject, address: str) -> None:
    small.replace(PRACTICE, "https://harbor.example.org", f"'{address}'")
    assert small.problems() == ()


# Workers


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("closed", ["2>&-", "<&- >&- 2>&-"])
def test_a_build_without_standard_streams_is_made(small: SmallProject, closed: str) -> None:
    command = f"{shlex.quote(sys.executable)} -m handouts build -f text {closed}"
    assert subprocess.run(["sh", "-c", command], cwd=small.root, check=False).returncode == 0
    assert (small.root / "output" / "manifest.json").exists()


def test_wrong_usage_does_not_wait_for_a_worker() -> None:
    ran = run(ROOT, "build", "spinal-fracture", "-p", LAKESIDE, "-s", "typo")
    assert (ran.code, 'no section "typo"' in ran.err, "Traceback" in ran.err) == (2, True, False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs process groups")
@pytest.mark.parametrize(
    ("arguments", "after"), [([], 0.35), (["spinal-fracture", "-p", LAKESIDE], 0.6), ([], 0.8), ([], 1.2)]
)
def test_ctrl_c_ends_all_processes_quietly(tmp_path: Path, arguments: list[str], after: float) -> None:
    folder = copy_of_shipped(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "handouts", "build", "--force", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as build:
        time.sleep(after)
        os.killpg(build.pid, signal.SIGINT)
        try:
            _, err = build.communicate(timeout=30)
        finally:
            build.kill()
    # Where Python cannot be interrupted, as in the middle of an import, it says so itself and goes on.
    err = re.sub(r"Exception ignored in:.*?KeyboardInterrupt:?\s*", "", err, flags=re.DOTALL)
    # Python may not have come as far as our code by then, or be at the point of ending; or all was done.
    if build.returncode != -signal.SIGINT:
        assert "Traceback" not in err
        assert (build.returncode, err.strip()) == (1, "Aborted!") or build.returncode == 0
    for _ in range(100):  # the tracker of resources may need a moment
        if not _in_group(build.pid):
            return
        time.sleep(0.05)
    pytest.fail("processes are left")


@pytest.mark.skipif(sys.platform == "win32", reason="needs interval timers")
def test_a_signal_that_python_ignores_ends_the_command_a_moment_later() -> None:
    """Python ignores what a finalizer raises, also if a signal came in it."""
    script = """
import signal, sys, time
from handouts.cli.main import main

class Ending:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)

class Finder:
    def find_spec(self, name, *_):
        if name == "handouts.cli.group":
            Ending()
            time.sleep(20)

sys.meta_path.insert(0, Finder())
sys.argv = ["handouts", "list"]
main()
"""
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=15, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", "Aborted!\n")


def _in_group(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


# Fonts


def test_the_root_of_another_system_does_not_hide_the_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FONTCONFIG_SYSROOT", "/elsewhere")
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    use_only_bundled_fonts(tmp_path)
    assert "FONTCONFIG_SYSROOT" not in os.environ


def test_a_file_name_that_is_not_text_is_reported_to_scripts_too(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    Path(os.fsdecode(bytes(project.root) + b"/content/handouts/back/\xff.md")).write_text("x")
    for command in (["build", "--json"], ["check", "--format", "json"], ["check", "--format", "sarif"]):
        ran = run(project.root, *command)
        assert "Traceback" not in ran.err
        assert "invalid language tag" in json.dumps(json.loads(ran.out))


@pytest.mark.parametrize("name", ["a" * 81, "aux", "Foo", "a--b"])
def test_a_refused_id_is_explained(small: SmallProject, name: str) -> None:
    ran = small.run("new", "handout", name)
    assert ran.code == 2
    for rule in ("lowercase letters", "single hyphens", "at most 80", "Windows device"):
        assert rule in ran.err
