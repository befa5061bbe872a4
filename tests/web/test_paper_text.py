"""Whether a paper may be handed out, in words for staff, by its print code."""

import datetime as dt
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import plan
from handouts.build.plan.request import Request
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.read.project import read_project
from handouts.verify.verifier import open_verifier
from handouts.web.paper_text import PaperText, explain_verdict
from support.command import run
from support.projects import HANDOUT, SETTINGS, SmallProject, small_project

OUTPUT = "output/clinic/back.en.txt"
CHOSEN = "output/clinic/back.sections-1-3.en.txt"


def check_paper(project: SmallProject, code: str, today: dt.date = dt.date(2026, 11, 27)) -> PaperText:
    """Look up a code in a project as its files are now."""
    opened = Project(project.root)
    library = read_project(opened).library
    assert library is not None
    problems = Problems()
    text = explain_verdict(library, open_verifier(opened, library, today, problems).verify_code(code))
    assert not problems.has_errors
    return text


def code_of(project: SmallProject, name: str = OUTPUT) -> str:
    found = re.search(r"Print code (\S+)", project.text(name))
    assert found
    return found[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """Build an approved handout whole, and with two sections."""
    project = small_project(tmp_path_factory.mktemp("paper"))
    project.replace(HANDOUT, "status: draft", "status: approved\nreviewed_by: Spine team")
    for sections in ((), ("-s", "what", "-s", "helps")):
        assert run(project.root, "build", "--format", "text", *sections).code == 0
    return project


@pytest.fixture
def printed(built: SmallProject, tmp_path: Path) -> SmallProject:
    """Return a copy of the project to change."""
    shutil.copytree(built.root, tmp_path, dirs_exist_ok=True)
    return SmallProject(tmp_path)


def test_a_paper_of_a_pack_is_named_by_the_title_of_the_pack(printed: SmallProject) -> None:
    pack = "packs:\n  visit:\n    title: First visit\n    handouts: [{handout: back}]\n"
    printed.write(SETTINGS, printed.text(SETTINGS) + pack)
    library = printed.read().library
    assert library is not None
    (planned,) = plan(library, Request(packs=("visit",), formats=("text",)))
    made = Pipeline(Project(printed.root), library.references).make_print(planned)
    printed.write("pack.txt", made.content)
    text = check_paper(printed, code_of(printed, "pack.txt"))
    assert text.status.heading == "“First visit”, a pack of 1 handout: Current."
    assert text.address == ""


def test_a_current_paper_can_be_handed_out_and_leads_to_the_same_sections(printed: SmallProject) -> None:
    text = check_paper(printed, code_of(printed, CHOSEN))
    assert text.status.heading == "“Back pain”, version 1.0: Current."
    assert text.status.sentences == ("You can hand it out.",)
    assert text.status.tone == "good"
    assert parse_qs(urlsplit(text.address).query)["section"] == ["what", "helps"]


def test_a_paper_for_an_audience_leads_to_what_is_for_it(printed: SmallProject) -> None:
    printed.write(
        HANDOUT, printed.text(HANDOUT) + "\n- Lift your child. {audience=parents}\n- Rest. {audience=children}\n"
    )
    assert run(printed.root, "build", "--format", "text", "--audience", "parents").code == 0
    text = check_paper(printed, code_of(printed, "output/clinic/back.for-parents.en.txt"))
    assert text.status.tone == "good"
    assert parse_qs(urlsplit(text.address).query)["audience"] == ["parents"]


def test_an_older_version_is_thrown_away_and_what_replaces_it_can_be_opened(printed: SmallProject) -> None:
    code = code_of(printed)
    printed.replace(HANDOUT, 'version: "1.0"', 'version: "2.0"')
    text = check_paper(printed, code)
    assert text.status.heading.startswith("“Back pain”, version 1.0: Superseded by version 2.0")
    assert text.status.sentences == ("Do not hand it out.", "Throw this paper away, and print it again.")
    assert text.status.tone == "bad"
    assert text.address.startswith("/handouts/back?")


def test_what_is_overdue_is_not_handed_out(printed: SmallProject) -> None:
    text = check_paper(printed, code_of(printed), dt.date(2029, 1, 1))
    assert "Overdue since 10 January 2028: do not hand out" in text.status.heading
    assert text.status.tone == "bad"


def test_a_withdrawn_handout_says_why_and_leads_nowhere(printed: SmallProject) -> None:
    code = code_of(printed)
    withdrawn = "withdrawn:\n  - {handout: back, date: 2026-11-02, reason: A dose was wrong.}\n"
    printed.write(SETTINGS, printed.text(SETTINGS) + withdrawn)
    text = check_paper(printed, code)
    assert "Withdrawn on 2 November 2026" in text.status.heading
    assert text.status.sentences == ("A dose was wrong.", "Do not hand it out.", "Throw this paper away.")
    assert text.address == ""


def test_a_code_that_nothing_has_today_is_not_called_current(printed: SmallProject) -> None:
    text = check_paper(printed, "J3K-GD7-6QR")
    assert text.status.heading == "J3K-GD7-6QR: No handout of today has this code."
    assert text.status.tone == "warn"
