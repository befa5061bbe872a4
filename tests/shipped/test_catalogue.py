"""The shipped handouts beside the one on spinal fractures, and the network whose clinics print them."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pikepdf
import pytest

import handouts
from handouts.model.library import Handout
from support.builds import CATALOGUE
from support.command import run
from support.pdf import fonts, text
from support.shipped import ROOT, library

TODAY: Final = dt.date(2026, 11, 27)


@pytest.fixture(scope="module")
def project() -> handouts.OpenProject:
    return handouts.open_project(ROOT)


@pytest.fixture(scope="module")
def prints(shipped_catalogue: Path) -> Mapping[str, Path]:
    """A PDF of each handout."""
    return {name: shipped_catalogue / practice / f"{name}.en.handout.pdf" for name, practice in CATALOGUE.items()}


def others() -> list[Handout]:
    return [handout for handout in library().handouts if handout.id != "spinal-fracture" and handout.language == "en"]


def test_all_of_them_are_here() -> None:
    assert [handout.id for handout in others()] == list(CATALOGUE)


def test_check_finds_nothing_but_that_they_are_drafts_and_not_reviewed(project: handouts.OpenProject) -> None:
    """Also: each is easy to read, each figure has a source, each picture says what it shows."""
    found = {(problem.code, problem.place and problem.place.file) for problem in project.check(TODAY).open}
    drafts = {("draft", handout.place.file) for handout in library().handouts}
    translated = [one for one in library().handouts if one.language != "en"]
    files = {one.place.file for one in translated} | {f"templates/labels.{one.language}.yaml" for one in translated}
    files.add("content/practices/lakeside-spine-center/practice.yaml")
    unreviewed = {("unreviewed-translation", file) for file in files}
    assert found == {*drafts, *unreviewed, ("missing-reference", "content/references.yaml")}


@pytest.mark.parametrize("handout", others(), ids=lambda handout: handout.id)
def test_each_says_what_to_do_and_that_it_is_no_substitute_for_a_doctor(handout: Handout) -> None:
    front = handout.front
    assert 3 <= len(front.actions) <= 6
    assert "does not take the place of a talk with your" in front.disclaimer
    assert front.reviewed_by is None
    assert front.keywords


def test_the_form_for_going_home_is_one_sheet_of_paper(prints: Mapping[str, Path]) -> None:
    with pikepdf.open(prints["going-home"]) as pdf:
        assert len(pdf.pages) <= 2


def test_the_medicine_names_no_dose_and_sends_readers_to_the_medication_guide(
    project: handouts.OpenProject, prints: Mapping[str, Path]
) -> None:
    assert " mg" not in text(prints["alendronate"])
    (section,) = project.plan(handouts=("alendronate",), practices=("lakeside-spine-center",), sections=("missed",))
    assert [block.id for block in section.selection.blocks] == ["medication-guide"]


def test_clinics_of_a_network_share_its_brand_and_may_have_their_own(prints: Mapping[str, Path]) -> None:
    """One clinic has the logo and colors of the network, the other a PNG logo, a color and a font of its own."""
    network = library().practices["bayview-harbor"], library().practices["bayview-ridge"]
    harbor, ridge = (practice.profile for practice in network)
    assert "bayview-health" not in library().practices
    assert harbor.emergency == ridge.emergency
    assert harbor.colors.accent == ridge.colors.accent
    assert harbor.colors.brand != ridge.colors.brand
    assert [practice.logo.path.name for practice in network] == ["logo.svg", "logo.png"]
    assert {"Practice-font", "Practice-font-Bold"} < {*fonts(prints["falls-at-home"])}


def test_texts_of_a_clinic_are_added_to_those_of_its_network_with_its_own_phone(tmp_path: Path) -> None:
    file = tmp_path / "ridge.txt"
    choice = ("-p", "bayview-ridge", "-s", "what-to-expect", "-f", "text", "-o", str(file))
    assert run(ROOT, "build", "spinal-fracture", *choice).code == 0
    printed = file.read_text(encoding="utf-8")
    assert "Call our nurses at (616) 555-0164" in " ".join(printed.split())
    assert "bus stops at our door. Ask the driver for Bayview Ridge Clinic" in " ".join(printed.split())
