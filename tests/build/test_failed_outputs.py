"""Outputs whose sources cannot be read: each is in the results of every kind as failed, never left out."""

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

import jq
import pytest

from handouts.build.manifest.manifest import read_manifest
from handouts.problems.collector import Problems
from handouts.schema.events import BuildEvent, EndEvent, FinishedEvent, PlanEvent
from handouts.schema.plan import PlanReport
from handouts.schema.report import BuildReport, OutputReport
from support.command import run
from support.projects import HANDOUT, LOGO, PRACTICE, REFERENCES, SETTINGS, SmallProject, small_project
from support.shipped import ROOT

TEXT = ("build", "-f", "text")
CLINICS = ("annex", "clinic", "shore")
NECK = "content/handouts/neck/en.md"


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """Three practices and two handouts, of which one cites nothing."""
    small = small_project(tmp_path / "project")
    for name in CLINICS:
        small.write(PRACTICE.replace("clinic", name), small.text(PRACTICE))
        small.write(LOGO.replace("clinic", name), small.text(LOGO))
    plain = small.text(HANDOUT).replace("HO-1", "HO-2").replace(" [@smith2020]", "").replace(" [@jones2021]", "")
    small.write(NECK, plain)
    return small


def report(project: SmallProject, *arguments: str, code: int = 1) -> BuildReport:
    ran = project.run(*arguments, "--json")
    assert ran.code == code, ran.err
    found = BuildReport.model_validate_json(ran.out)
    assert found.totals.failed == len(failed(found))
    assert found.ok == (code == 0)
    return found


def failed(found: BuildReport) -> list[OutputReport]:
    return [output for output in found.outputs if output.status == "failed"]


def below_output(paths: Iterable[str]) -> list[str]:
    return [PurePosixPath(path).relative_to("output").as_posix() for path in paths]


def mistype(project: SmallProject, name: str = HANDOUT) -> None:
    project.replace(name, "status: draft", "status: drafted")


def test_a_typo_in_a_handout_fails_its_output_for_each_practice(project: SmallProject) -> None:
    mistype(project)
    found = report(project, *TEXT)
    assert (found.totals.built, found.totals.failed) == (3, 3)
    assert below_output([output.path for output in failed(found)]) == [f"{name}/back.en.txt" for name in CLINICS]
    for output in failed(found):
        assert (output.handout, output.language, output.format, output.sections) == ("back", "en", "text", ())
        assert [problem.code for problem in output.problems] == ["unknown-value"]
        assert (output.stale, output.pages) == ((), 0)


def test_files_of_before_are_named_as_stale_and_stay(project: SmallProject) -> None:
    assert project.run(*TEXT).code == 0
    before = (project.root / "output/clinic/back.en.txt").read_bytes()
    mistype(project)
    found = report(project, *TEXT, "--prune")
    assert [output.stale for output in failed(found)] == [(output.path,) for output in failed(found)]
    assert (found.left, found.removed) == ((), ())
    assert (project.root / "output/clinic/back.en.txt").read_bytes() == before
    ran = project.run(*TEXT)
    assert "out of date because its output failed: output/clinic/back.en.txt" in ran.err
    assert "output/clinic/back.en.txt" not in ran.out
    assert "0 built, 3 unchanged, 3 failed" in ran.err


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("country: GB", "country: Britain", "bad-country"),
        ("name: Harbor Clinic", "name: [", "bad-yaml"),
        ("name: Harbor Clinic", "extends: shore", "broken-practice"),
        ("logo: logo.svg", "logo: lost.svg", "missing-file"),
    ],
)
def test_a_broken_practice_fails_its_outputs_of_each_handout(
    project: SmallProject, old: str, new: str, code: str
) -> None:
    if code == "broken-practice":
        project.write("content/practices/shore/practice.yaml", "name: [")
    project.replace(PRACTICE, old, new)
    found = report(project, *TEXT)
    own = [output for output in failed(found) if output.practice == "clinic"]
    assert below_output([output.path for output in own]) == ["clinic/back.en.txt", "clinic/neck.en.txt"]
    assert all(output.sections == ("what", "worry", "helps") for output in own)
    assert {problem.code for output in own for problem in output.problems} == {code}


def test_both_broken_fail_once_with_the_errors_of_both(project: SmallProject) -> None:
    mistype(project)
    project.replace(PRACTICE, "country: GB", "country: Britain")
    found = report(project, *TEXT)
    assert len(failed(found)) == 4
    (both,) = [output for output in failed(found) if (output.practice, output.handout) == ("clinic", "back")]
    assert [problem.code for problem in both.problems] == ["unknown-value", "bad-country"]


def test_a_broken_reference_fails_what_cites_it(project: SmallProject) -> None:
    project.replace(REFERENCES, 'issued: "2020"', 'issued: "soon"')
    found = report(project, *TEXT)
    assert {(output.handout, *(p.code for p in output.problems)) for output in failed(found)} == {
        ("back", "broken-reference")
    }
    assert found.totals.built == 3


def test_a_broken_list_of_references_fails_what_cites_and_nothing_else(project: SmallProject) -> None:
    project.write(REFERENCES, "references: [\n")
    found = report(project, *TEXT)
    assert {(output.handout, *(p.code for p in output.problems)) for output in failed(found)} == {("back", "bad-yaml")}
    assert found.totals.built == 3
    assert [problem.code for problem in found.problems] == ["bad-yaml"]


@pytest.mark.parametrize("chosen", [("-f", "text", "-f", "own"), ("--set", "all")])
def test_broken_settings_fail_the_whole_request(project: SmallProject, chosen: tuple[str, ...]) -> None:
    project.write(SETTINGS, "papper: a4\nsets: {all: [{formats: [text]}]}\n")
    found = report(project, "build", *chosen)
    formats = ["text", "own"] if "-f" in chosen else [""]
    assert [(output.practice, output.handout, output.format) for output in failed(found)] == [
        (practice, handout, name) for practice in CLINICS for handout in ("back", "neck") for name in formats
    ]
    paths = {output.path for output in failed(found) if output.format == "text"}
    assert paths == {f"output/{p}/{h}.en.txt" for p in CLINICS for h in ("back", "neck") if "-f" in chosen}
    assert {problem.code for output in failed(found) for problem in output.problems} == {"unknown-field"}
    assert project.run("build", *chosen, "-p", "clinik").code == 2


def test_a_name_that_depends_on_what_cannot_be_read_is_not_made_up(project: SmallProject) -> None:
    chosen = (*TEXT, "-s", "what", "-s", "helps")
    assert project.run(*chosen).code == 0
    mistype(project)
    found = report(project, *chosen)
    assert [(output.path, output.handout, output.sections) for output in failed(found)] == [("", "back", ())] * 3
    old = [below_output(output.stale) for output in failed(found)]
    assert old == [[f"{name}/back.sections-1-3.en.txt"] for name in CLINICS]
    # Paper is in a name if it is not the usual one of the practice.
    project.replace(PRACTICE, "country: GB", "country: Britain")
    on_paper = report(project, "build", "neck", "-p", "clinic", "--paper", "letter")
    assert [output.path for output in on_paper.outputs] == [""]
    ran = project.run(*chosen, "--dry-run", "-p", "annex")
    assert "fail\tannex/back.en.text\tunknown-value\n" in ran.out


def test_only_requested_outputs_fail(project: SmallProject) -> None:
    mistype(project)
    assert report(project, *TEXT, "neck", code=0).totals.built == 3
    found = report(project, *TEXT, "back", "-p", "s*")
    assert [(output.practice, output.status) for output in found.outputs] == [("shore", "failed")]
    project.write(SETTINGS, "sets: {all: [{formats: [text, html]}, {handouts: [back], formats: [text]}]}\n")
    in_set = report(project, "build", "--set", "all", "-p", "clinic", "-l", "en")
    assert [(output.handout, output.format) for output in failed(in_set)] == [("back", "text"), ("back", "html")]
    assert report(project, "build", "--set", "all", "neck", "-p", "clinic", code=0).totals.unchanged == 2


def test_events_count_failed_outputs(project: SmallProject) -> None:
    mistype(project)
    ran = project.run(*TEXT, "--progress", "json")
    events = [BuildEvent.model_validate_json(line).root for line in ran.err.splitlines()]
    first, last = events[0], events[-1]
    assert isinstance(first, PlanEvent)
    assert isinstance(last, EndEvent)
    assert (first.outputs, last.totals.failed, last.ok) == (6, 3, False)
    finished = [event for event in events if isinstance(event, FinishedEvent)]
    assert [event.done for event in finished] == [1, 2, 3, 4, 5, 6]
    assert sum(event.output.status == "failed" for event in finished) == 3


def test_dry_run_summary_and_annotations_tell_of_them(project: SmallProject) -> None:
    assert project.run(*TEXT, "-p", "clinic").code == 0
    mistype(project)
    foreseen = project.run(*TEXT, "--dry-run", "--json")
    plan = PlanReport.model_validate_json(foreseen.out)
    assert (foreseen.code, plan.ok, plan.fail) == (1, False, 3)
    assert [(o.action, o.reason) for o in plan.outputs if o.handout == "back"] == [("fail", "unknown-value")] * 3
    ran = project.run(*TEXT, "--annotations", "github", "--summary", "page.md")
    assert ran.err.count("::error file=content/handouts/back/en.md,line=7") == 1
    page = project.text("page.md")
    assert "| failed | 3 | 0 | 0 B |" in page
    assert "Out of date: 1 file of earlier builds, because the new outputs failed." in page


def test_the_filters_of_the_docs_find_each_failed_output_and_each_file_that_is_not_up_to_date(
    project: SmallProject,
) -> None:
    assert project.run(*TEXT).code == 0
    mistype(project)
    ran = project.run(*TEXT, "--json", "--progress", "json")
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    of_events, of_failed, of_stale = (jq.compile(text) for text in re.findall(r"\bjq -\w '([^']+)'", page))
    events = of_events.input_text(ran.err).all()
    assert sorted(events) == [[name, "back", "text"] for name in CLINICS]
    rows = of_failed.input_text(ran.out).all()
    assert [row[:4] for row in rows] == [[name, "back", "en", "text"] for name in CLINICS]
    assert all("drafted" in message for row in rows for message in row[4:])
    assert {len(row) for row in rows} == {5}
    stale = of_stale.input_text(ran.out).all()
    assert stale == [f"output/{name}/back.en.txt" for name in CLINICS]
    assert all((project.root / path).is_file() for path in stale)


def test_paths_are_relative_to_the_project_wherever_the_command_runs(project: SmallProject, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    for option, path in (("../site/one.txt", "site/one.txt"), (str(elsewhere / "one.txt"), f"{elsewhere}/one.txt")):
        ran = run(project.root / "content", *TEXT, "back", "-p", "clinic", "-o", option, "--json")
        (output,) = BuildReport.model_validate_json(ran.out).outputs
        assert (output.status, output.path) == ("built", path)


def test_one_file_that_was_named_is_failed(project: SmallProject) -> None:
    mistype(project)
    found = report(project, *TEXT, "back", "-p", "clinic", "-o", "one.txt")
    assert [Path(output.path).name for output in found.outputs] == ["one.txt"]
    assert not (project.root / "one.txt").exists()


# The manifest, and folders merged


def recorded(folder: Path) -> list[str]:
    return [row.key for row in read_manifest(folder, Problems()).failed]


def test_the_manifest_records_failures_until_they_are_built(project: SmallProject) -> None:
    output = project.root / "output"
    assert project.run(*TEXT).code == 0
    assert recorded(output) == []
    mistype(project)
    project.run(*TEXT)
    assert recorded(output) == [f"{name}/back.en.txt" for name in CLINICS]
    assert len(read_manifest(output, Problems()).outputs) == 6
    project.replace(HANDOUT, "status: drafted", "status: draft")
    assert project.run(*TEXT, "-p", "clinic", "--dry-run").code == 0
    assert len(recorded(output)) == 3
    assert project.run(*TEXT, "-p", "clinic").code == 0
    assert recorded(output) == ["annex/back.en.txt", "shore/back.en.txt"]
    shutil.rmtree(project.root / "content/practices/annex")
    assert project.run("build", "-f", "html", "neck").code == 0
    assert recorded(output) == ["shore/back.en.txt"]
    assert project.run(*TEXT).code == 0
    assert recorded(output) == []


def test_failures_without_a_path_are_settled(project: SmallProject) -> None:
    output = project.root / "output"
    settings = project.text(SETTINGS)
    project.write(SETTINGS, "sets: {all: {}}\n")
    project.run("build", "--set", "all", "-p", "clinic")
    assert recorded(output) == ["clinic/back.en.", "clinic/neck.en."]
    project.write(SETTINGS, settings)
    assert project.run(*TEXT, "-p", "clinic").code == 0
    assert recorded(output) == []
    mistype(project)
    project.run(*TEXT, "back", "-p", "clinic", "-s", "what")
    assert recorded(output) == ["clinic/back.en.text"]
    project.replace(HANDOUT, "status: drafted", "status: draft")
    assert project.run(*TEXT, "-p", "clinic").code == 0
    assert recorded(output) == ["clinic/back.en.text"]
    assert project.run(*TEXT, "back", "-p", "clinic", "-s", "what").code == 0
    assert recorded(output) == []


def test_an_output_that_fails_while_it_is_made_is_recorded_too(project: SmallProject) -> None:
    project.write("templates/text.html.j2", "{{ nothing }}")
    found = report(project, *TEXT, "neck", "-p", "clinic")
    assert [problem.code for problem in failed(found)[0].problems] == ["bad-template"]
    assert recorded(project.root / "output") == ["clinic/neck.en.txt"]


def test_a_manifest_without_failures_is_read(project: SmallProject) -> None:
    assert project.run(*TEXT).code == 0
    path = project.root / "output/manifest.json"
    manifest: dict[str, Any] = json.loads(path.read_text())
    assert manifest.pop("failed") == []
    path.write_text(json.dumps(manifest))
    assert report(project, *TEXT, code=0).totals.unchanged == 6


def test_each_failed_output_is_in_one_shard_and_merging_tells_of_it(project: SmallProject) -> None:
    mistype(project)
    found = [report_of_shard(project, number) for number in (1, 2)]
    rows = [output.path for shard in found for output in failed(shard)]
    assert sorted(Path(path).parts[1] for path in rows) == list(CLINICS)
    merged = run(project.root, "manifest", "merge", "part-1", "part-2", "-o", "all")
    assert merged.code == 1
    for name in CLINICS:
        assert f"error[output-failed]: {name}/back.en.txt failed in part-" in merged.err
    assert "merged 3 outputs of 2 folders into all" in merged.err
    assert sorted(path.name for path in (project.root / "all").glob("*/*.txt")) == ["neck.en.txt"] * 3
    assert recorded(project.root / "all") == [f"{name}/back.en.txt" for name in CLINICS]
    project.replace(HANDOUT, "status: drafted", "status: draft")
    for number in (1, 2):
        assert project.run(*TEXT, "--shard", f"{number}/2", "-o", f"part-{number}/").code == 0
    merged = run(project.root, "manifest", "merge", "part-1", "part-2", "-o", "all")
    assert (merged.code, recorded(project.root / "all")) == (0, [])


def report_of_shard(project: SmallProject, number: int) -> BuildReport:
    ran = project.run(*TEXT, "--shard", f"{number}/2", "-o", f"part-{number}/", "--json")
    found = BuildReport.model_validate_json(ran.out)
    assert ran.code == int(bool(failed(found)))
    return found


@pytest.mark.parametrize("css", ["p { width: " + "calc(" * 3000 + "1px" + ")" * 3000 + " }", "p {" * 3000])
def test_styles_that_are_nested_too_deeply_are_a_message(tmp_path: Path, css: str) -> None:
    project = small_project(tmp_path)
    project.write("styles/handout.css", css)
    ran = project.run("build", "-f", "handout")
    assert ran.code == 1
    assert "nested too deeply" in ran.err
