"""Icon arrays: icons of what is counted, in one row with the words."""

import re

import pytest

from handouts.pdf.layout.lay_out import lay_out
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.problems.problem import Severity
from support.composed import composed_as
from support.projects import HANDOUT, SmallProject

ARRAY = "::: icon-array {count=1 of=4 icon=woman}\nNearly 1 in 4 women.\n:::\n"


def test_icons_are_those_that_are_named_and_persons_else(small: SmallProject) -> None:
    plain = "::: icon-array {count=2 of=3}\nAbout 2 of 3.\n:::\n"
    small.replace(HANDOUT, "- after a fall", f"{ARRAY}\n{plain}\n- after a fall")
    icons = re.findall(r'class="icon ([^"]*)"', composed_as(small, "handout").html)
    assert icons == ["woman affected", "woman", "woman", "woman", "person affected", "person affected", "person"]


def test_an_unknown_icon_is_an_error_that_names_the_nearest(small: SmallProject) -> None:
    small.replace(HANDOUT, "- after a fall", f"{ARRAY.replace('woman', 'womans')}\n- after a fall")
    (problem,) = small.problems()
    assert (problem.code, problem.message) == ("unknown-icon", 'unknown icon "womans"')
    assert "woman" in problem.hint


@pytest.mark.parametrize("form", ["handout", "large-print"])
def test_icons_stand_beside_their_words_and_after_their_sentence(small: SmallProject, form: str) -> None:
    filler = "\n\n".join(f"Filler number {count}." for count in range(26))
    text = f"{filler}\n\nNow comes a sentence.\n\n{ARRAY}\n{ARRAY}"
    small.replace(HANDOUT, "- after a fall", f"{text}\n- after a fall")
    pages = lay_out(composed_as(small, form))
    assert [problem for problem in pages.problems if problem.severity is Severity.ERROR] == []
    pieces = read_painted_text(pages.document).flow
    sentence = next(piece for piece in pieces if piece.text == "Now comes a sentence.")
    captions = [piece for piece in pieces if piece.text.startswith("Nearly")]
    assert [piece.page for piece in captions] == [sentence.page] * 2
    # Four icons are to the left of the words.
    height = sentence.area.bottom - sentence.area.top
    assert all(piece.area.left > sentence.area.left + 3 * height for piece in captions)
