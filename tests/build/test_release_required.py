"""`release: required` in handouts.yaml binds every command, and files that expire are listed and removed."""

import datetime as dt
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from handouts.build.options import BuildOptions
from handouts.build.outcome import Outcome
from handouts.build.plan.request import Request
from handouts.build.report import Report
from handouts.build.run_request import build
from handouts.cli.context import make_gate_opener
from handouts.model.project import Project
from handouts.problems.problem import select_errors
from handouts.web.app import create_app
from handouts.web.desk import open_desk
from handouts.web.security import Access
from support.command import invoke
from support.pdf import pages
from support.projects import HANDOUT, SETTINGS, SmallProject
from support.releases import DUE, TODAY, releasable

BANNER = "DRAFT: do not give to patients"
PRINTED = ("handout", "large-print", "booklet", "trifold", "trifold-z", "one-page")


def build_here(project: SmallProject, day: dt.date = TODAY, *, release: bool = False, prune: bool = False) -> Report:
    """Build the text of the small project in this process."""
    options = BuildOptions(gate=make_gate_opener(day), release=release, today=day, prune=prune)
    with ThreadPoolExecutor(1) as executor:
        return build(Project(project.root), Request(formats=("text",)), options, executor)


def codes_of(outcome: Outcome) -> list[str]:
    return [problem.code for problem in select_errors(outcome.problems)]


@pytest.fixture
def binding(tmp_path: Path) -> SmallProject:
    project = releasable(tmp_path)
    project.write(SETTINGS, project.text(SETTINGS) + "release: required\n")
    return project


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """A draft in a project that requires a release, whose labels say something else, in all formats."""
    project = releasable(tmp_path_factory.mktemp("draft"))
    project.write(SETTINGS, project.text(SETTINGS) + "release: required\n")
    project.replace(HANDOUT, "status: approved\nreviewed_by: Spine surgeon", "status: draft")
    assert invoke(project.root, "eject", "templates/labels.en.yaml").code == 0
    project.replace("templates/labels.en.yaml", "Draft: not clinically reviewed", "Reviewed")
    ran = project.run("build", *(word for name in (*PRINTED, "html", "text") for word in ("-f", name)))
    assert ran.code == 0, ran.err
    return project


@pytest.mark.parametrize("format_name", PRINTED)
def test_every_page_of_a_draft_has_the_banner(draft: SmallProject, format_name: str) -> None:
    (path,) = draft.root.glob(f"output/clinic/back.en.{format_name}.pdf")
    sides = pages(path)
    panels = 3 if format_name.startswith("trifold") else 2 if format_name == "booklet" else 1
    assert [side.count(BANNER) for side in sides] == [panels] * len(sides)


def test_web_pages_and_texts_of_a_draft_have_the_banner(draft: SmallProject) -> None:
    page = draft.text("output/clinic/back.en.html")
    assert f'<body><p class="draft-banner" lang="en" dir="ltr"><strong>{BANNER}</strong></p>' in page
    lines = draft.text("output/clinic/back.en.txt").strip().splitlines()
    assert (lines[0], lines[-1]) == (BANNER, BANNER)


def test_an_approved_handout_has_no_banner_and_passes_the_gate(binding: SmallProject) -> None:
    (outcome,) = build_here(binding).outcomes
    assert outcome.status == "built"
    assert BANNER not in binding.text("output/clinic/back.en.txt")
    binding.replace(HANDOUT, "with a fever", "with a fever TODO")
    (outcome,) = build_here(binding).outcomes
    assert (outcome.status, codes_of(outcome)) == ("failed", ["placeholder"])
    # A draft may have one: it is for those who write it.
    binding.replace(HANDOUT, "status: approved\nreviewed_by: Spine surgeon", "status: draft")
    (outcome,) = build_here(binding).outcomes
    assert outcome.status == "built"
    assert BANNER in binding.text("output/clinic/back.en.txt")
    (outcome,) = build_here(binding, release=True).outcomes
    assert set(codes_of(outcome)) == {"draft", "placeholder"}


def test_print_refuses_what_a_release_refuses(binding: SmallProject) -> None:
    binding.replace(HANDOUT, "with a fever", "with a fever TODO")
    ran = binding.run("print", "back", "--printer", "ipp://127.0.0.1:9/none")
    assert ran.code == 1
    assert "placeholder" in ran.err or "printer" in ran.err


def test_the_front_desk_refuses_what_a_release_refuses_and_what_expires_while_it_runs(binding: SmallProject) -> None:
    day = [TODAY]
    with ThreadPoolExecutor(1) as workers:
        desk = open_desk(Project(binding.root), workers, lambda: day[0], print)
        client = create_app(desk, Access(frozenset({"localhost"}))).test_client()
        client.set_cookie("practice", "clinic")
        form = {"language": "en", "number": "1", "section": ["what", "worry", "helps"], "format": "text"}

        def download() -> TestResponse:
            return client.post("/handouts/back/download", data=form, headers={"Origin": "http://localhost"})

        # What is looked at is not recorded; what is handed out is, once.
        assert client.post("/handouts/back", data=form, headers={"Origin": "http://localhost"}).status_code == 200
        assert not (binding.root / "print-codes").exists()
        assert download().status_code == 200
        code = re.search(r"Print code (\S+)", download().text)
        assert code
        (line,) = binding.text("print-codes/clinic.jsonl").splitlines()
        assert f'"print_code":"{code[1]}"' in line
        day[0] = dt.date.fromisoformat(DUE) + dt.timedelta(days=1)
        refused = download()
        assert refused.status_code == 403
        assert "is overdue" in refused.text
        desk.page_images.close()


def test_a_file_that_expires_is_listed_by_every_build_and_removed_by_prune(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    path = "clinic/back.en.txt"
    assert build_here(project, release=True).ok
    late = dt.date.fromisoformat(DUE) + dt.timedelta(days=1)
    assert build_here(project, late - dt.timedelta(days=1)).expired == ()
    # A build of something else lists it as well.
    project.write("content/handouts/neck/en.md", project.text(HANDOUT).replace(DUE, str(late)))
    options = BuildOptions(today=late)
    with ThreadPoolExecutor(1) as executor:
        report = build(Project(project.root), Request(("neck",), formats=("text",)), options, executor)
    assert report.ok
    assert report.expired == (path,)
    (problem,) = (problem for problem in report.problems if problem.code == "expired-file")
    assert problem.message == f"{project.root}/output/{path} has expired: its review was due on {DUE}"
    # A release fails and leaves the file; with --prune it is gone.
    refused = build_here(project, late, release=True)
    assert [outcome.status for outcome in refused.outcomes] == ["failed", "unchanged"]
    assert [file.name for file in refused.outcomes[0].stale] == ["back.en.txt"]
    for release in (True, False):
        pruned = build_here(project, late, release=release, prune=True)
        assert [outcome.status for outcome in pruned.outcomes] == ["failed", "unchanged"]
        assert pruned.expired == ()
        assert not (project.root / "output" / path).exists()
        assert pruned.removed == ((path,) if release else ())
        if not release:
            assert codes_of(pruned.outcomes[0]) == ["expired-file"]


def test_no_date_before_today_can_be_given(tmp_path: Path) -> None:
    project = releasable(tmp_path)
    ran = invoke(project.root, "build", "--release", "--today", str(TODAY - dt.timedelta(days=1)))
    assert ran.code == 2
    assert "--today is in the past" in ran.err
    late = dt.date.fromisoformat(DUE) + dt.timedelta(days=1)
    ran = invoke(project.root, "build", "--release", "--dry-run", "--json", "--today", str(late))
    assert [p["code"] for output in json.loads(ran.out)["outputs"] for p in output["problems"]] == ["review-overdue"]
