"""The sheets of PEMAT-P and of the CDC Clear Communication Index for a handout, filled in as far as a machine can."""

from collections.abc import Iterable
from typing import Literal

from handouts.check.pemat.facts import facts_of
from handouts.check.pemat.items import INDEX, PEMAT
from handouts.check.pemat.scores import index_scores, pemat_scores
from handouts.check.pemat.writing import Sheet, as_html, as_markdown
from handouts.model.library import Handout
from handouts.problems.problem import Problem
from handouts.schema.plain_language import PlainLanguage

__all__ = ["pemat_sheet"]


def pemat_sheet(
    handout: Handout,
    findings: Iterable[Problem],
    settings: PlainLanguage,
    form: Literal["markdown", "html"] = "markdown",
) -> str:
    """Write the sheets of a handout; of its `findings`, those about plain language are used.

    As HTML, it is one page with all that it needs.
    """
    facts = facts_of(handout, findings, settings)
    sheets = (Sheet(PEMAT, pemat_scores(facts, settings)), Sheet(INDEX, index_scores(facts)))
    name = f"{handout.front.code}, version {handout.front.version}, {handout.place.file}"
    write = as_html if form == "html" else as_markdown
    return write(handout.front.title, name, sheets)
