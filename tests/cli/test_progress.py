"""How a build reports its progress: on a terminal, in a log, to a script, and on the page of a job."""

import json
import re
import subprocess
import sys

import pytest

from handouts.schema.events import BuildEvent, EndEvent, FinishedEvent, PlanEvent
from handouts.schema.report import BuildReport
from support.command import Ran, run
from support.projects import HANDOUT, PRACTICE, SmallProject, small_project
from support.terminal import drawn

MANY = 24
TEXT = ("build", "-f", "text")
CURSOR_HIDDEN, CURSOR_BACK, LINE_CLEARED = "\x1b[?25l", "\x1b[?25h", "\x1b[2K"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A project of many practices; the output of one of them cannot be written."""
    project = small_project(tmp_path_factory.mktemp("many"))
    profile, logo = project.text(PRACTICE), project.text("content/practices/clinic/logo.svg")
    for number in range(1, MANY):
        project.write(f"content/practices/clinic-{number}/practice.yaml", profile)
        project.write(f"content/practices/clinic-{number}/logo.svg", logo)
    project.write("output/clinic-15", "a file, where a folder has to be")
    return project


def events(ran: Ran) -> list[BuildEvent]:
    return [BuildEvent.model_validate_json(line) for line in ran.err.splitlines()]


# Few and many


def test_a_single_output_is_summed_up_in_one_line_and_rich_is_not_loaded(project: SmallProject) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "handouts", *TEXT],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stderr.splitlines()
    assert [line for line in lines if not line.startswith("import time:")] == [
        "1 built, 0 unchanged, 0 failed; 0 pages in all"
    ]
    assert [line for line in lines if re.search(r"\| +rich", line)] == []


def test_many_outputs_are_followed_in_a_log_with_each_failure_at_once_and_once(many: SmallProject) -> None:
    ran = many.run(*TEXT, "--force", "-j", "1")
    assert (ran.code, len(ran.out.splitlines())) == (1, MANY - 1)
    lines = ran.err.splitlines()
    assert lines[0] == f"{MANY} outputs planned"
    steps = [index for index, line in enumerate(lines) if re.match(rf"\d+ of {MANY} \(\d+ %\): .* left$", line)]
    assert 5 <= len(steps) <= 10
    (failure,) = [index for index, line in enumerate(lines) if "error[not-written]" in line]
    assert steps[0] < failure < steps[-1]
    table = [line.split() for line in lines[-6:-1]]
    size = sum(path.stat().st_size for path in many.root.glob("output/*/*.txt"))
    assert table[0] == ["files", "pages", "size"]
    assert [row[:2] for row in table[1:4]] == [["built", str(MANY - 1)], ["unchanged", "0"], ["failed", "1"]]
    assert table[4] == ["in", "all", str(MANY), "0", f"{size / 1000:.1f}", "kB"]
    assert re.fullmatch(r"\d+ s, [\d.]+ files a second", lines[-1])


@pytest.mark.parametrize(("form", "words"), [("none", 0), ("lines", 1)])
def test_lines_are_written_if_chosen(project: SmallProject, form: str, words: int) -> None:
    ran = project.run(*TEXT, "--progress", form)
    assert ran.err.count("outputs planned") == words
    assert "1 built, 0 unchanged" in ran.err


# A terminal


def test_a_terminal_has_a_bar_that_is_gone_at_the_end_and_failures_above_it(many: SmallProject) -> None:
    code, sent = drawn(many.root, *TEXT, "--force")
    assert code == 1
    bar, end = sent.split(CURSOR_BACK)
    assert CURSOR_HIDDEN in bar
    assert f"{MANY}/{MANY}" in bar
    assert f"{MANY - 1} built, 0 unchanged, 1 failed" in bar
    assert re.search(r"[\d.]+/s", bar)
    assert "not-written" in bar
    assert "not-written" not in end
    assert LINE_CLEARED in end.partition("files")[0]
    assert re.search(r"failed +1 ", end)


def test_a_terminal_has_no_colors_if_none_are_wanted_and_no_bar_if_it_is_dumb(many: SmallProject) -> None:
    _, plain = drawn(many.root, *TEXT, NO_COLOR="1")
    assert CURSOR_HIDDEN in plain
    assert re.findall(r"\x1b\[[\d;]*[1-9]\d*m", plain) == []
    _, dumb = drawn(many.root, *TEXT, TERM="dumb")
    assert CURSOR_HIDDEN not in dumb
    assert f"{MANY} outputs planned" in dumb


def test_a_narrow_terminal_has_a_bar_on_one_line(many: SmallProject) -> None:
    _, sent = drawn(many.root, *TEXT, "--force", COLUMNS="40")
    bar = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", sent.partition(CURSOR_BACK)[0])
    drawings = [line.strip() for line in re.split(r"[\r\n]+", bar) if f"/{MANY}" in line]
    assert drawings
    assert [line for line in drawings if not re.fullmatch(rf"\S+ +\d+/{MANY}", line) or len(line) > 40] == []


def test_nothing_to_do_takes_two_lines(many: SmallProject) -> None:
    most = (*TEXT, "-p", "clinic", *(word for n in range(1, 12) for word in ("-p", f"clinic-{n}")))
    many.run(*most)
    ran = many.run(*most)
    assert ran.err.splitlines() == ["12 outputs planned", "0 built, 12 unchanged, 0 failed; 0 pages in all"]


def test_a_single_output_has_no_bar(project: SmallProject) -> None:
    code, sent = drawn(project.root, *TEXT)
    assert code == 0
    assert sent.splitlines() == ["1 built, 0 unchanged, 0 failed; 0 pages in all", "output/clinic/back.en.txt"]


# Scripts


def test_events_are_records_that_their_schema_describes_and_nothing_else_is_on_stderr(many: SmallProject) -> None:
    ran = many.run(*TEXT, "--force", "--progress", "json", "--json")
    first, *finished, last = [event.root for event in events(ran)]
    assert first == PlanEvent(outputs=MANY)
    outputs = [event.output for event in finished if isinstance(event, FinishedEvent) and event.total == MANY]
    assert [event.done for event in finished if isinstance(event, FinishedEvent)] == [*range(1, MANY + 1)]
    (failed,) = [output for output in outputs if output.status == "failed"]
    assert (failed.practice, [problem.code for problem in failed.problems]) == ("clinic-15", ["not-written"])
    report = BuildReport.model_validate_json(ran.out)
    assert sorted(output.path for output in report.outputs) == sorted(output.path for output in outputs)
    assert isinstance(last, EndEvent)
    assert (last.ok, last.totals.built, last.totals.failed) == (False, MANY - 1, 1)
    schema = json.loads(many.run("schema", "events").out)
    assert schema["discriminator"]["propertyName"] == "event"


def test_the_report_has_totals(many: SmallProject) -> None:
    many.run(*TEXT)
    report = BuildReport.model_validate_json(many.run(*TEXT, "--json").out)
    totals = report.totals
    assert (totals.built, totals.unchanged, totals.failed, totals.pages) == (0, MANY - 1, 1, 0)
    assert totals.size == sum(output.size for output in report.outputs) > 0
    assert totals.seconds > 0


def test_problems_of_the_project_are_in_the_last_record(project: SmallProject) -> None:
    project.write("content/handouts/neck/en.md", "broken")
    (*_, last) = events(project.run(*TEXT, "--progress", "json"))
    assert isinstance(last.root, EndEvent)
    assert not last.root.ok
    assert {problem.file for problem in last.root.problems} == {"content/handouts/neck/en.md"}


# GitHub


def test_problems_are_annotations_at_their_lines_in_the_repository(project: SmallProject) -> None:
    project.replace(HANDOUT, "[@smith2020]", "[@smiht2020]")
    annotate = (*TEXT, "--annotations", "github")
    ran = run(project.root, *annotate, GITHUB_WORKSPACE=str(project.root.parent))
    place = project.place(HANDOUT, "[@smiht2020]")
    where = f"file={project.root.name}/{HANDOUT},line={place.line},col={place.column}"
    (line,) = [line for line in ran.err.splitlines() if line.startswith("::error ")]
    assert line.startswith(f'::error {where},title=unknown-reference::no reference "smiht2020"')
    assert "error[" not in ran.err
    assert f"::error file={HANDOUT},line" in project.run(*annotate).err
    checked = run(project.root, "check", "--format", "github", GITHUB_WORKSPACE=str(project.root.parent))
    assert f"::error {where}," in checked.out


def test_the_page_of_a_job_grows_by_each_build_and_shows_texts_as_they_are(project: SmallProject) -> None:
    project.replace(HANDOUT, "[@smith2020]", "[@smiht2020] ")
    project.write("content/handouts/neck/en.md", "---\n<img src=x> | `*_: 1\n---\n")
    page = project.root / "page.md"
    page.write_text("Before.\n")
    for _ in range(2):
        assert project.run(*TEXT, "--summary", "page.md").code == 1
    text = page.read_text()
    assert text.startswith("Before.\n### Handouts\n")
    assert text.count("| built | 0 | 0 | 0 B |") == 2
    assert "`unknown-reference`" in text
    assert "<img" not in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {4, 5}


def test_the_page_of_a_job_says_what_a_build_would_do(project: SmallProject) -> None:
    assert project.run(*TEXT, "--dry-run", "--summary", "page.md").code == 0
    assert not (project.root / "output").exists()
    text = (project.root / "page.md").read_text()
    assert text.startswith("### Handouts: what a build would do\n\n| To build | Up to date | Failed |\n")
    assert "\n| 1 | 0 | 0 |\n" in text


def test_a_summary_that_cannot_be_written_is_an_error_after_the_build(project: SmallProject) -> None:
    ran = run(project.root, *TEXT, "-j", "1", "--summary", "nowhere/page.md")
    assert (ran.code, ran.out) == (1, "output/clinic/back.en.txt\n")
    assert "error[refused]: No such file or directory: nowhere/page.md" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--progress", "loud"), "'loud' is not one of"),
        (("--annotations", "gitlab"), "'gitlab' is not"),
        (("--annotations", "github", "--progress", "json"), "leave out one of them"),
    ],
)
def test_unknown_and_conflicting_forms_are_wrong_usage(
    project: SmallProject, arguments: tuple[str, ...], message: str
) -> None:
    ran = project.run(*TEXT, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
