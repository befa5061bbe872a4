"""Packs: several handouts as one print, with one list of references, one safety and one contact part."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handouts.build.options import BuildOptions
from handouts.build.pipeline import Pipeline
from handouts.build.plan.packs import plan_pack_of_patient
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.build.report import Report
from handouts.build.run_request import build
from handouts.check.release import ReleaseGate
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.numbering.select import EmptySelectionError, UnknownNameError
from handouts.problems.collector import Problems
from handouts.schema.settings import PackItem
from handouts.verify.verifier import Verifier, open_verifier
from support.command import invoke
from support.pdf import text
from support.projects import HANDOUT, PRACTICE, SETTINGS, SmallProject, small_project

FALLS = "content/handouts/falls/en.md"
pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed file:ResourceWarning",  # WeasyPrint leaves its color profile open
    "ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning",
)
TODAY = dt.date(2026, 6, 1)
PACK = """\
packs:
  visit:
    title: First visit
    handouts:
      - {handout: back, sections: [about, helps]}
      - {handout: falls}
"""
FALLS_TEXT = """\
---
title: Falls at home
code: HO-2
version: "2.1"
published: 2026-02-10
review_due: 2027-02-10
status: approved
reviewed_by: Example geriatrician
audience: For older adults
main_message: Call {{ practice.phone }} after a fall.
disclaimer: Falls have many reasons, so ask us about yours.
actions:
  - Clear the stairs.
  - {text: Ask about a walk., section: what}
---

## What is it? {#what}

Falls are common [@jones2021; @smith2020].[^ages] See [what helps](#helps).

My next visit: [____]{#visit label="Next visit"}

## What helps? {#helps}

Light on the stairs.

::: important {#safety}
Do not climb on chairs.
:::

[^ages]: Above all after 65.
"""


def write_pack(folder: Path) -> SmallProject:
    """Write the small project with a second handout and a pack of both, of which the second repeats ids and labels."""
    project = small_project(folder)
    project.write(FALLS, FALLS_TEXT)
    project.write(SETTINGS, project.text(SETTINGS) + PACK)
    return project


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """The project with a pack."""
    return write_pack(tmp_path)


def read(project: SmallProject) -> Library:
    """Read the project, in which nothing is wrong."""
    reading = project.read()
    assert reading.library is not None
    assert reading.problems == ()
    return reading.library


def make_text(project: SmallProject, planned: Planned) -> str:
    """Make a print that has no problems."""
    file = Pipeline(Project(project.root), read(project).references).make_print(planned)
    assert file.problems == ()
    return file.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def plan_text(library: Library) -> Planned:
    """Plan the pack as plain text."""
    (planned,) = plan(library, Request(packs=("visit",), formats=("text",)))
    return planned


def build_pack(project: SmallProject, *formats: str) -> Report:
    """Build the pack in this process."""
    with ThreadPoolExecutor(1) as executor:
        request = Request(packs=("visit",), formats=formats)
        return build(Project(project.root), request, BuildOptions(output=project.root / "output"), executor)


def test_a_pack_has_each_source_safety_text_and_contact_once(project: SmallProject) -> None:
    made = make_text(project, plan_text(read(project)))
    assert [made.count(words) for words in ("Smith JA", "Jones B", "01632 960000", "Call 999")] == [1, 1, 2, 1]
    assert made.count("Important safety information") == 1
    in_order = ["First visit", "How to reach us", "Back pain\n---", "common [1]", "What helps?", "most people [2]"]
    in_order += ["Falls at home\n---", "common [1,2]", "Talk to your doctor before", "Do not climb", "1. Smith JA"]
    positions = [made.index(words) for words in in_order]
    assert positions == sorted(positions)
    assert "2 What helps?" in made.partition("Falls at home\n---")[2]  # as in the handout alone


def test_notes_with_the_same_label_stay_with_their_handout(project: SmallProject) -> None:
    made = make_text(project, plan_text(read(project)))
    assert [made.index(words) > 0 for words in ("harmless.*", "* Above all in adults.")] == [True, True]
    assert made.index("\N{DAGGER} Above all after 65.") > made.index("Falls are common")


def test_what_belongs_to_other_sections_or_practices_is_filled_in_or_left_out(project: SmallProject) -> None:
    project.replace(SETTINGS, "- {handout: falls}", "- {handout: falls, sections: [helps]}")
    made = make_text(project, plan_text(read(project)))
    assert "Call 01632 960000 after a fall." in made
    assert "Clear the stairs." not in made
    assert "What helps?" in made
    assert "What is it?" not in made.partition("Falls at home\n---")[2]
    assert "Do not climb on chairs." in made  # the safety text is printed with any of its sections


def test_a_pack_for_an_audience_is_another_file_than_the_pack_for_everyone(project: SmallProject) -> None:
    project.replace(FALLS, "Light on the stairs.", "- Light on the stairs.\n- Lift your child. {audience=parents}")
    library = read(project)
    names = [plan(library, Request(packs=("visit",), audience=name))[0].name for name in ("", "parents")]
    assert names == ["visit.pack.en.handout.pdf", "visit.pack.for-parents.en.handout.pdf"]


def test_a_pack_of_the_settings_is_for_the_audience_that_it_names(project: SmallProject) -> None:
    items = "- Light on the stairs.\n- Lift your child. {audience=parents}\n- Stay in bed. {audience=children}"
    project.replace(FALLS, "Light on the stairs.", items)
    project.replace(SETTINGS, "title: First visit", "title: First visit\n    audience: parents")
    library = read(project)
    planned = plan_text(library)
    assert planned.name == "visit.pack.for-parents.en.txt"
    made = make_text(project, planned)
    assert ("Lift your child." in made, "Stay in bed." in made) == (True, False)
    assert plan(library, Request(packs=("*",), audience="children")) == ()
    with pytest.raises(EmptySelectionError, match="is for another audience: parents"):
        plan(library, Request(packs=("visit",), audience="children"))


def test_an_unknown_audience_of_a_pack_is_reported(project: SmallProject) -> None:
    project.replace(FALLS, "Light on the stairs.", "- Lift your child. {audience=parents}")
    project.replace(SETTINGS, "title: First visit", "title: First visit\n    audience: parent")
    (found,) = project.problems()
    assert (found.code, found.hint) == ("unknown-in-pack", 'did you mean "parents"?')


def test_the_texts_of_a_practice_stand_in_its_section(project: SmallProject) -> None:
    insert = "inserts:\n  - {handout: falls, section: helps, file: lamps.md}\n"
    project.write(PRACTICE, project.text(PRACTICE) + insert)
    project.write("content/practices/clinic/lamps.md", "We lend lamps [@smith2020].[^ages]\n\n[^ages]: For a month.\n")
    made = make_text(project, plan_text(read(project)))
    assert made.index("We lend lamps [1].") > made.index("Light on the stairs.")
    assert "\N{DOUBLE DAGGER} For a month." in made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    """The project with its pack on pages."""
    project = write_pack(tmp_path_factory.mktemp("built"))
    report = build_pack(project, "handout")
    assert report.ok, report.all_problems
    assert [problem.code for problem in report.all_problems] == []
    return project


BUILT = "output/clinic/visit.pack.en.handout.pdf"


def open_verifier_of(project: SmallProject) -> Verifier:
    """Open the verifier of the project as it is now."""
    library = project.read().library
    assert library is not None
    return open_verifier(Project(project.root), library, TODAY, Problems())


def test_pages_have_a_cover_with_contents_and_one_numbering(built: SmallProject) -> None:
    cover, *others = text(built.root / BUILT).split("\f")
    for words in ("First visit", "Back pain", "HO-1 · Version 1.0", "Falls at home", "HO-2 · Version 2.1", "Page 1 of"):
        assert words in cover
    starts = [number for number, page in enumerate(others, start=2) if "The main point" in page]
    assert len(starts) == 2
    assert [f"Back pain\n{starts[0]}" in cover or f"Back pain {starts[0]}" in " ".join(cover.split())] == [True]


def test_the_file_and_its_code_are_verified_until_a_handout_changes(built: SmallProject, tmp_path: Path) -> None:
    verifier = open_verifier_of(built)
    verdict = verifier.verify_file(built.root / BUILT)
    assert (verdict.status, verdict.obstacle) == ("current", "Current, but a DRAFT")
    made_from = verdict.made_from
    assert made_from is not None
    assert [(one.handout, one.version, one.sections) for one in made_from.members] == [
        ("back", "1.0", ()),
        ("falls", "2.1", ()),
    ]
    assert verifier.verify_code(made_from.print_code).status == "current"
    changed = write_pack(tmp_path)
    changed.replace(FALLS, "Light on", "More light on")
    file = changed.write("other.pdf", (built.root / BUILT).read_bytes())
    outdated = open_verifier_of(changed).verify_file(file)
    assert (outdated.status, outdated.changed) == ("outdated", ("text",))


def test_a_code_of_the_settings_is_known_without_a_manifest(project: SmallProject) -> None:
    made = make_text(project, plan_text(read(project)))
    code = made.partition("Print code ")[2][:11]
    assert open_verifier_of(project).verify_code(code).status == "current"


def test_a_withdrawn_handout_withdraws_the_pack(built: SmallProject, tmp_path: Path) -> None:
    withdrawn = write_pack(tmp_path)
    file = withdrawn.write("other.pdf", (built.root / BUILT).read_bytes())
    entry = "withdrawn:\n  - {handout: falls, date: 2026-05-01, reason: Wrong advice on stairs.}\n"
    withdrawn.write(SETTINGS, withdrawn.text(SETTINGS) + entry)
    verdict = open_verifier_of(withdrawn).verify_file(file)
    assert (verdict.status, verdict.reason) == ("gone", "Wrong advice on stairs.")


def test_an_unread_handout_fails_the_pack(project: SmallProject) -> None:
    project.replace(FALLS, "@jones2021", "@jonse2021")
    report = build_pack(project, "text")
    (outcome,) = report.outcomes
    assert (outcome.status, report.unread) == ("failed", ("falls (en)",))
    assert "unknown-reference" in {problem.code for problem in outcome.problems}


@pytest.mark.parametrize(("allow_drafts", "refused"), [(False, ["back"]), (True, [])])
def test_a_release_refuses_a_pack_with_one_draft(
    project: SmallProject, refused: list[str], *, allow_drafts: bool
) -> None:
    library = read(project)
    planned = plan_text(library)
    assert planned.selection.handout.front.status == "draft"
    gate = ReleaseGate(Project(project.root), library, (), TODAY, allow_drafts=allow_drafts)
    numbered = Pipeline(Project(project.root), library.references).number(planned)
    refusals = gate.find_refusals(numbered, planned.practice)
    drafts = [problem for problem in refusals if problem.code == "draft"]
    assert [problem.place and problem.place.file.split("/")[2] for problem in drafts] == refused
    # The approved handout has to be right even where drafts are allowed.
    assert any(problem.place and problem.place.file == FALLS for problem in refusals)


def test_a_pack_for_one_patient_is_verified_by_its_handouts(project: SmallProject) -> None:
    library = read(project)
    items = [PackItem(handout="falls", sections=("helps",)), PackItem(handout="back"), PackItem(handout="falls")]
    request = Request(practices=("clinic",), languages=("en",), formats=("html",))
    planned = Planned(*plan_pack_of_patient(library, items, request))
    assert [source.handout.id for source in planned.selection.sources] == ["falls", "back"]
    made = make_text(project, planned)
    assert "<h1>Your handouts</h1>" in made
    verdict = open_verifier_of(project).verify_file(project.write("pack.html", made))
    assert (verdict.status, verdict.version) == ("current", "2.1 + 1.0")


def test_what_a_pack_does_not_have_is_refused(project: SmallProject) -> None:
    library = read(project)
    with pytest.raises(UnknownNameError, match='no pack "vist"'):
        plan(library, Request(packs=("vist",)))
    with pytest.raises(UnknownNameError, match='is not offered in the format "trifold"'):
        plan(library, Request(packs=("visit",), formats=("trifold",)))
    project.replace(SETTINGS, "title: First visit", "title: First visit\n    practices: [spine-*]")
    with pytest.raises(EmptySelectionError, match="is for other practices"):
        plan(read(project), Request(packs=("visit",)))
    assert plan(read(project), Request(packs=("v*",))) == ()


def test_a_pack_is_made_in_languages_with_a_title(project: SmallProject) -> None:
    for name in (HANDOUT, FALLS):
        project.write(name.replace("/en.", "/es."), project.text(name))
    assert [item.selection.handout.language for item in plan(read(project), Request(packs=("visit",)))] == ["en"]
    with pytest.raises(UnknownNameError, match='has no title in "es"'):
        plan(read(project), Request(packs=("visit",), languages=("es",)))
    project.replace(SETTINGS, "title: First visit", "title: First visit\n    titles: {es: Primera visita}")
    planned = plan(read(project), Request(packs=("visit",), languages=("es",), practices=("clinic",)))
    assert [item.selection.handout.front.title for item in planned] == ["Primera visita"]


def test_the_command_builds_a_pack_and_refuses_sections_with_it(project: SmallProject) -> None:
    ran = invoke(project.root, "build", "--pack", "visit", "-f", "text", "--dry-run")
    assert (ran.code, "visit.pack.en.txt" in ran.out) == (0, True)
    assert invoke(project.root, "build", "back", "--pack", "visit").code == 2
