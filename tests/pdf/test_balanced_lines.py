"""Titles are broken into lines of about the same length, and need as many of them as before."""

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.pdf.page_checks.box_reader import read_painted_text
from support.laid_out import pages

BALANCE = "h1 { --text-wrap: balance }"
TITLE = "Could my back pain be a spinal fracture?"


def lines_of(title: str, css: str = BALANCE, direction: str = "ltr") -> list[tuple[str, float, float]]:
    """Return the text of each line of a title, and where it begins and ends."""
    laid_out, problems = pages(
        f'<h1 dir="{direction}">{title}</h1><p>After</p>',
        f"@page {{ size: 300pt 400pt }} h1 {{ font-size: 20pt; line-height: 24pt }} {css}",
    )
    assert problems == []
    *title_pieces, _ = read_painted_text(laid_out.document).pieces
    lines = [tuple(line) for _, line in groupby(title_pieces, key=lambda piece: piece.line)]
    return [
        (
            "".join(piece.text for piece in pieces).strip(),
            min(piece.area.left for piece in pieces),
            max(piece.area.right for piece in pieces),
        )
        for pieces in lines
    ]


def test_the_last_line_of_a_title_is_not_one_word() -> None:
    assert [text for text, *_ in lines_of(TITLE, "")] == ["Could my back pain be a", "spinal fracture?"]
    assert [text for text, *_ in lines_of(TITLE)] == ["Could my back pain", "be a spinal fracture?"]


def test_balanced_lines_begin_where_all_others_do() -> None:
    assert [round(left) for _, left, _ in lines_of(TITLE)] == [30, 30]
    assert [round(right) for *_, right in lines_of(TITLE, direction="rtl")] == [270, 270]


@pytest.mark.parametrize(("title", "css"), [(TITLE * 5, ""), (TITLE, "h1 { text-align: center }")])
def test_long_texts_and_texts_that_are_centered_stay_as_they_are(title: str, css: str) -> None:
    assert lines_of(title, BALANCE + css) == lines_of(title, css)


@settings(max_examples=6)
@given(st.lists(st.sampled_from(["a", "bone", "spinal", "fracture", "kyphoplasty"]), min_size=4, max_size=12))
def test_a_title_is_as_narrow_as_the_number_of_its_lines_allows(words: list[str]) -> None:
    title = " ".join(words)
    before, after = lines_of(title, ""), lines_of(title)
    widest = max(right - left for _, left, right in after)
    assert len(after) == len(before)
    assert widest <= max(right - left for _, left, right in before) + 0.1
    if 1 < len(after) <= 5:
        assert len(lines_of(title, f"h1 {{ width: {widest - 2}pt }}")) > len(after)
