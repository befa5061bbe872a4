"""Note templates of practices: for the front desk alone, and added along `extends`."""

from pathlib import Path

import pytest

from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.provenance.record import make_print_code
from handouts.provenance.source_digests import SourceDigests
from support.projects import PRACTICE, SmallProject, small_project

CLINIC = "content/practices/east/practice.yaml"


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    """Return a project with a practice that has a note."""
    project = small_project(tmp_path)
    project.write(PRACTICE, project.text(PRACTICE) + "notes: [Come early.]\n")
    return project


def notes_of(project: SmallProject, practice: str) -> tuple[str, ...]:
    library = project.read().library
    assert library
    return library.practices[practice].profile.notes


def test_notes_of_a_clinic_are_added_to_those_of_its_network(project: SmallProject) -> None:
    project.write(CLINIC, "extends: clinic\nnotes: [Use the back door.]\n")
    assert notes_of(project, "east") == ("Come early.", "Use the back door.")


def test_notes_in_another_language_are_not_added(project: SmallProject) -> None:
    texts = "phones: [{label: Cita, number: 01632 960000}]\nemergency: {text: Llame al 999.}\n"
    texts += "hours: [{days: Lunes, hours: 9 a 17}]\nwhen_to_call: [Si empeora.]\n"
    project.write(CLINIC, f"extends: clinic\nlanguage: es\nnotes: [Venga temprano.]\n{texts}")
    assert notes_of(project, "east") == ("Venga temprano.",)


@pytest.mark.parametrize("note", ["x" * 601, '"**Bold**"', '""', "{en: Come early.}"])
def test_a_note_that_cannot_be_printed_is_an_error(project: SmallProject, note: str) -> None:
    project.replace(PRACTICE, "[Come early.]", f"[{note}]")
    (problem,) = project.problems()
    assert problem.place == project.place(PRACTICE, note)


def test_a_note_changes_no_print_code(project: SmallProject) -> None:
    def code() -> str:
        library = project.read().library
        assert library
        practice = library.practices["clinic"]
        numbered = number_for(select(library.handouts[0]), practice)
        return make_print_code(
            numbered, practice, SourceDigests(library.references).digest_contents(numbered, practice)
        )

    before = code()
    project.replace(PRACTICE, "Come early.", "Come late.")
    assert code() == before
