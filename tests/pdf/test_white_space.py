"""Holes in columns and pages: each planted one is found where it is, and pages that are well filled have none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.pdf.page_checks.box_reader import read_painted_text
from handouts.pdf.page_checks.white_space import find_holes, measure_filled
from support.laid_out import findings, pages, text_of

TALL = '<div data-at="x.md:9" style="height: 70pt; border: 1pt solid; break-inside: avoid">Tall</div>'
WHOLE = 'style="break-inside: avoid"'
COLUMNS = "main { columns: 2; column-gap: 10pt }"
FILLED = "main { columns: 2; column-gap: 10pt; column-fill: auto }"
PANEL = f'<section class="contact" data-at="p.yaml:1" {WHOLE}>{text_of(4)}</section>'


KEPT = "h2 { break-after: avoid }"
FORM = f'<div class="form" {WHOLE}>{text_of(3)}</div>'
PART = f'<section {WHOLE}><h2 class="part-title" data-at="x.md:8">Part</h2>{text_of(7)}</section>'


def whole(count: int, line: int) -> str:
    return f"<div {WHOLE}>{text_of(count, line=line)}</div>"


def holes(body: str, css: str = "") -> list[str]:
    return [found for found in findings(body, css) if found.split(": ")[1] in {"hole", "contact-alone"}]


@pytest.mark.parametrize(
    ("body", "css", "found"),
    [
        # What follows does not fit on the page: it goes on to the next one.
        (text_of(7) + whole(5, 9), "", 'x.md:9: hole: page 1: 30% of a column is empty before "Line 1"'),
        # A picture or a box to write in likewise.
        (text_of(6) + TALL, "", 'x.md:9: hole: page 1: 40% of a column is empty before "Tall"'),
        # The first of two columns ends early, and the second one has what follows.
        (
            f"<main>{text_of(6)}{whole(5, 9)}{text_of(3)}</main>",
            FILLED,
            'x.md:9: hole: page 1: 20% of a column is empty before "Line 1"',
        ),
        # Only the second column ends early, and the text goes on over the page.
        (
            f"<main>{text_of(10)}{text_of(6)}{whole(5, 9)}</main>",
            FILLED,
            'x.md:9: hole: page 1: 40% of a column is empty before "Line 1"',
        ),
        # Columns that are balanced, but cannot be: below them stands what spans both.
        (
            f"<main>{whole(6, 3)}{whole(2, 9)}</main><h2 data-at='x.md:1'>On</h2>{text_of(2)}",
            COLUMNS,
            'x.md:1: hole: page 1: 40% of a column is empty before "On"',
        ),
        # All columns of a page end early, as the next block spans them: one hole.
        (
            f"<main>{text_of(10)}</main>{whole(7, 9)}",
            COLUMNS,
            'x.md:9: hole: page 1: 50% of a column is empty before "Line 1"',
        ),
        # Space within a page.
        (
            text_of(2) + '<p data-at="x.md:5" style="margin-top: 60pt">Below</p>',
            "",
            'x.md:5: hole: page 1: 43% of a column is empty before "Below"',
        ),
        # What must not be split would have fitted.
        (
            f"{text_of(3)}<div {WHOLE}>{FORM}{text_of(7, line=9)}</div>",
            "",
            'x.md:1: hole: page 1: 70% of a column is empty before "Line 1"',
        ),
        # A form that follows more than what leads up to it.
        (
            f"{text_of(6)}<div {WHOLE}>{text_of(1, line=4)}{text_of(1)}{FORM}</div>",
            "",
            'x.md:4: hole: page 1: 40% of a column is empty before "Line 1"',
        ),
        # A part that does not begin on a page of which little is filled.
        (text_of(4) + PART, "", 'x.md:8: hole: page 1: 60% of a column is empty before "Part"'),
        # The panel alone, also where it goes on over the next page.
        (
            f'{text_of(9)}<section class="contact">{whole(6, 1)}{whole(5, 2)}</section>',
            "",
            "x.md:1: contact-alone: page 2: there is nothing but the contact panel on the page",
        ),
    ],
)
def test_a_hole_is_found_once_and_before_what_did_not_fit(body: str, css: str, found: str) -> None:
    assert holes(body, css) == [found]


@pytest.mark.parametrize(
    ("body", "css"),
    [
        (text_of(9) + whole(3, 9), ""),  # a line is no hole
        (text_of(4), ""),  # nothing follows
        (text_of(4) + f'<div style="break-before: page">{text_of(4)}</div>', ""),
        (f'<div style="break-after: page">{text_of(4)}</div>' + text_of(4), ""),
        (f'<section style="page: cover">{text_of(4)}</section>' + text_of(4), "@page cover { margin: 30pt }"),
        (f'<section style="page: cover">{text_of(1)}<p style="margin-top: 60pt">x</p></section>', "@page cover {}"),
        (f"<main>{text_of(10)}{text_of(2)}</main>", FILLED),  # the last column of all
        (f"<main>{text_of(6)}{text_of(5)}</main><h2>On</h2>{text_of(2)}", COLUMNS),
        # Columns with a panel below them that is narrower than both.
        (f'<main>{text_of(4)}</main><div style="padding: 0 80pt">{text_of(4)}</div>{text_of(6)}', COLUMNS),
        (f"<main>{text_of(10)}</main>" + f'<div style="break-before: page">{text_of(2)}</div>', COLUMNS),
        # What is drawn, and lines to write on, are no holes.
        ('<p style="margin-bottom: 20pt">a</p><div style="height: 70pt; border-bottom: 1pt solid"></div><p>b</p>', ""),
        ('<p>a</p><p><span style="display: inline-block; height: 70pt; width: 9pt"></span></p><p>b</p>', ""),
        # A page that goes on from the one before it is not empty because its block began with a forced break.
        (f'<div style="break-before: page">{text_of(10)}{text_of(8)}</div>', ""),
        # The panel with some text, or on a page of its own by the style sheet.
        (text_of(8) + "<p>One more line</p>" * 2 + "<p>And one</p>" + PANEL, "p { break-before: auto }"),
        (text_of(4) + f'<div style="break-before: page">{PANEL}</div>', ""),
        (PANEL, ""),
        # In large print it fills most of a page.
        (f'{text_of(9)}<section class="contact" {WHOLE}>{text_of(8)}</section>{text_of(3)}', ""),
        # What must not be split, with what leads up to it.
        (f'{text_of(6)}<section class="important" {WHOLE}>{text_of(5)}</section>', ""),
        (f'{text_of(6)}<h2>Plan</h2><p style="break-after: avoid">Fill in</p>{FORM}{text_of(4)}', KEPT),
        (f'{text_of(6)}<div style="break-inside: avoid"><p>Fill in</p>{FORM}</div>', ""),
        # The end of a part.
        (text_of(6) + PART, ""),
    ],
)
def test_space_that_is_meant_is_no_hole(body: str, css: str) -> None:
    assert holes(body, css) == []


def test_text_that_takes_no_room_is_no_hole() -> None:
    assert holes(f"<main>{text_of(3)}</main>", "main { line-height: 0; font-size: 0 }") == []


def test_a_block_that_continues_does_not_hide_a_hole_behind_its_forced_start() -> None:
    body = f'{text_of(2)}<div style="break-before: page">{text_of(6)}{whole(6, 9)}</div>'
    assert holes(body) == ['x.md:9: hole: page 2: 40% of a column is empty before "Line 1"']


@settings(max_examples=20)
@given(st.lists(st.integers(1, 6), min_size=2, max_size=8))
def test_the_sizes_of_holes_are_those_of_blocks_that_stay_whole(heights: list[int]) -> None:
    """Blocks of whole lines are put on pages of ten lines, each as soon as there is room."""
    used, expected = 0, []
    for height in heights:
        if used + height > 10:
            expected += [(10 - used) * 10] if 10 - used > 1 else []
            used = 0
        used += height
    laid_out, _ = pages("".join(whole(height, number) for number, height in enumerate(heights)))
    assert [round(hole.share * 100) for hole in find_holes(read_painted_text(laid_out.document))] == expected


def test_below_balanced_columns_is_no_more_space_than_their_text_needs() -> None:
    """A block that goes on in the second column does not count as high as the page."""
    main = f"<main><section>{text_of(3)}{whole(6, 9)}</section></main>"
    laid_out, _ = pages(main + text_of(3, line=20), COLUMNS)
    painted = read_painted_text(laid_out.document)
    first = next(piece for piece in painted.flow if piece.place and piece.place.line == 20)
    assert first.page == 1
    assert first.area.top == pytest.approx(30 + 6 * 14, abs=6)


def test_the_filled_share_counts_lines_in_the_width_of_their_block() -> None:
    body = (
        f'{text_of(5)}<div style="break-before: page; width: 120pt">{text_of(10)}</div>'
        f'<main style="break-before: page">{text_of(6)}</main>'
        '<div style="break-before: page; height: 70pt; border-bottom: 0.1pt solid">to write on</div>'
    )
    laid_out, _ = pages(body, "main { columns: 2; column-gap: 24pt }")
    filled = measure_filled(read_painted_text(laid_out.document))
    assert filled == pytest.approx((0.5, 0.5, 0.3 * 0.9, 0.5), abs=0.01)
