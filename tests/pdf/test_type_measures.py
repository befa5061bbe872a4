"""The smallest type and the length of lines, as measured on pages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.model.document import LayoutRules
from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.type_measures import measure_line_length, measure_smallest_type
from support.laid_out import findings, pages

RULES = LayoutRules(smallest_type=9)
WORDS = "aaaa bbbb cccc dddd eeee "


def test_type_below_the_promise_of_the_format_is_found_once_a_section() -> None:
    promise = "this format promises at least 9 point"
    body = (
        '<section data-section="Risks"><p>Large</p><p data-at="x.md:4" style="font-size: 8.5pt">Small</p>'
        '<p style="font-size: 8.5pt">Small again</p></section>'
    )
    css = "@page { @bottom-left { content: 'Page'; font-size: 7pt; vertical-align: top } }"
    assert findings(body, css, layout=RULES) == [
        f'x.md:4: small-type: page 1, in "Risks": "Small" is printed in 8.5 point; {promise}',
        f'None: small-type: page 1: "Page" is printed in 7 point; {promise}',
    ]


def test_raised_numbers_and_type_of_the_promised_size_are_left_alone() -> None:
    body = '<p style="font-size: 9pt">H<sub>2</sub>O<sup style="font-size: 6pt"><a href="#x">1,2</a></sup></p>'
    assert findings(body, layout=RULES) == []
    laid_out, _ = pages(body)
    assert measure_smallest_type(read_painted_text(laid_out.document)) == 9


@pytest.mark.parametrize(("width", "fits"), [(120, False), (240, True), (560, False)])
def test_lines_that_are_long_or_short_are_found(width: int, *, fits: bool) -> None:
    css = f"@page {{ size: {width + 60}pt 300pt }}"
    found = findings(f'<p data-at="x.md:3">{WORDS * 40}</p>', css)
    if fits:
        assert found == []
    else:
        (said,) = found
        number = re.fullmatch(
            r"x\.md:3: line-length: page 1: lines of the text have (\d+) characters on average; .*", said
        )
        assert number
        assert (int(number[1]) < 40) == (width == 120)


def test_a_list_without_any_width_is_measured_as_other_text() -> None:
    css = "@page { size: 300pt } div { column-count: 2; column-gap: 20pt; width: 60pt } li { margin-left: 20pt }"
    found = findings(f'<div><ul><li data-at="x.md:3">{WORDS * 4}</li></ul></div>', css)
    assert any(line.startswith("x.md:3: line-length: ") for line in found)


def test_lines_beside_a_picture_or_form_are_as_short_as_it_leaves_them() -> None:
    css = "@page { size: 300pt } .signs-side, .other { width: 120pt }"
    text = "word " * 40
    short = f'<div class="other"><p data-at="x.md:3">{text}</p></div>'
    assert any(": line-length: " in line for line in findings(short, css))
    assert findings(short.replace("other", "signs-side"), css) == []


@given(st.lists(st.integers(2, 9), min_size=6, max_size=12))
def test_the_length_of_lines_is_the_average_of_those_that_go_on(lengths: list[int]) -> None:
    """Each line is a word that the next one does not fit beside; the last one is left out."""
    words = ["m" * length for length in lengths]
    laid_out, _ = pages(f"<p>{' '.join(words)}</p>", "p { width: 10pt; white-space: normal }")
    expected = round(sum(lengths[:-1]) / len(lengths[:-1]))
    assert measure_line_length(read_painted_text(laid_out.document)) == expected


@pytest.mark.parametrize(("indent", "counts_as_wide"), [(18, True), (90, False)])
def test_lines_of_lists_count_in_the_width_of_their_column(indent: int, *, counts_as_wide: bool) -> None:
    lengths = []
    for css in ("ul { padding: 0 }", f"ul {{ padding: 0 0 0 {indent}pt }}"):
        laid_out, _ = pages(f"<ul><li>{WORDS * 40}</li></ul>", css)
        lengths.append(measure_line_length(read_painted_text(laid_out.document)) or 0)
    # A large indent is that of another kind of block, whose lines are as short as they look.
    assert (lengths[1] == pytest.approx(lengths[0], abs=2)) == counts_as_wide


def test_headings_tables_addresses_and_short_texts_have_no_line_length() -> None:
    body = (
        f"<p>{WORDS * 12}</p><h2>{WORDS * 9}</h2><table><tr><td><p>{WORDS * 2}</p></td></tr></table>"
        f'<p class="web-address" style="width: 20pt; overflow-wrap: anywhere">{"abcdefgh" * 20}</p>'
    )
    measured = []
    for text in (body, f"<p>{WORDS * 12}</p>", "<p>Short</p>"):
        laid_out, _ = pages(text)
        measured.append(measure_line_length(read_painted_text(laid_out.document)))
    assert measured[0] == measured[1] is not None
    assert measured[2] is None
