"""The shipped handout, whole and in part, on each paper: a typographer has nothing to mark."""

import pytest

from handouts.build.pipeline import Pipeline
from handouts.compose.composer import ComposeOptions
from handouts.model.edition import Edition, formats
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.numbering.number import number_for
from handouts.numbering.select import select
from handouts.pdf.layout.lay_out import lay_out
from handouts.problems.problem import Problem
from handouts.schema.print_terms import Ink, Paper
from support.shipped import ROOT, handout, library

PARTS = [("symptoms", "fracture-risk"), ("balloon-kyphoplasty",), ("what-to-expect",)]


def problems(
    practice: str, form: str, paper: Paper, ink: Ink = "color", sections: tuple[str, ...] = (), *, advise: bool = False
) -> list[Problem]:
    """Return the problems of an output, up to its pages."""
    who = library().practices[practice]
    edition = Edition(formats(library().settings)[form], PrintOptions(paper, ink))
    numbered = number_for(select(handout(), sections), who)
    pipeline = Pipeline(Project(ROOT), library().references, ComposeOptions(advise_on_layout=advise))
    composition = pipeline.compose(numbered, who, edition)
    assert composition.document is not None
    on_pages = lay_out(composition.document).problems
    return [problem for problem in (*composition.problems, *on_pages) if problem.code != "missing-reference"]


@pytest.mark.parametrize("form", ["handout", "large-print"])
@pytest.mark.parametrize(
    ("practice", "paper"), [("lakeside-spine-center", "letter"), ("northgate-family-practice", "a4")]
)
def test_whole_handouts_have_nothing_to_mark(practice: str, form: str, paper: Paper) -> None:
    assert problems(practice, form, paper, advise=True) == []


@pytest.mark.parametrize(("form", "sections"), [*(("handout", part) for part in PARTS), ("large-print", PARTS[0])])
def test_chosen_sections_in_black_have_nothing_to_mark(form: str, sections: tuple[str, ...]) -> None:
    assert problems("lakeside-spine-center", form, "letter", "black", sections) == []
