"""Numbers of sections with many digits, and footers of many lines, have room on their pages."""

from dataclasses import replace

import pytest

from handouts.build.pipeline import Pipeline
from handouts.model.edition import Edition, formats
from handouts.model.library import Handout
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.pdf.layout.lay_out import lay_out
from handouts.problems.problem import Severity
from support.shipped import ROOT, handout, library

REVIEWER = "Committee for Patient Information and Health Literacy of the Regional Center for Bone and Spine Surgery"


def list_errors(shown: Handout, sections: tuple[str, ...], name: str) -> list[str]:
    """Return the codes of what is wrong with a print of chosen sections."""
    practice = library().practices["lakeside-spine-center"]
    edition = Edition(formats(library().settings)[name], PrintOptions("letter"))
    numbered = number_for(select(shown, sections), practice)
    composition = Pipeline(Project(ROOT), library().references).compose(numbered, practice, edition)
    assert composition.document is not None, composition.problems
    found = lay_out(composition.document).problems
    return [problem.code for problem in found if problem.severity is Severity.ERROR or problem.code == "near-edge"]


@pytest.mark.parametrize("first", [20, 200])
def test_numbers_of_sections_stand_beside_their_titles(first: int) -> None:
    shown = handout("falls-at-home")
    numbered = tuple(
        replace(part, sections=tuple(replace(one, number=one.number + first) for one in part.sections))
        for part in shown.parts
    )
    assert list_errors(replace(shown, parts=numbered), (), "handout") == []


@pytest.mark.parametrize("name", ["handout", "large-print", "booklet"])
def test_a_footer_of_many_lines_makes_room_for_itself(name: str) -> None:
    shown = handout()
    front = shown.front.model_copy(update={"status": "approved", "reviewed_by": REVIEWER})
    assert list_errors(replace(shown, front=front), ("symptoms",), name) == []
