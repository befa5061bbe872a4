"""Layouts that are tried: figures fill holes without changing what belongs together, line heights save pages."""

from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.model.document import LayoutRules
from handouts.pdf.layout.estimates import may_save_page
from handouts.pdf.page_checks.box_reader import read_painted_text
from support.laid_out import findings, pages, text_of

MOVE = LayoutRules(move_figures=True)
CSS = "figure { margin: 0; break-inside: avoid } figcaption { height: 68pt; border: 1pt solid }"
FIGURE = '<figure data-at="x.md:5"><figcaption>Bone</figcaption></figure>'
AFTER = f"{text_of(4, line=7)}{text_of(4, line=9)}"


def order(body: str, rules: LayoutRules = MOVE, css: str = CSS) -> list[str]:
    """Return the first words of each block, as laid out."""
    laid_out, _ = pages(body, css, layout=rules)
    return ["".join(piece.text for piece in block)[:6] for block in read_painted_text(laid_out.document).blocks()]


def test_a_figure_that_leaves_a_hole_moves_behind_the_next_paragraph() -> None:
    body = f"<section>{text_of(6)}{FIGURE}{AFTER}</section>"
    without = findings(body, CSS)
    assert [line for line in without if ": hole: " in line] == [
        'x.md:5: hole: page 1: 40% of a column is empty before "Bone"'
    ]
    assert findings(body, CSS, layout=MOVE) == []
    assert order(body) == ["Line 1", "Line 1", "Bone", "Line 1"]


def test_a_table_that_leaves_a_hole_moves_behind_the_next_paragraph() -> None:
    table = '<table style="break-inside: avoid"><tr><td style="height: 68pt">Bone</td></tr></table>'
    assert order(f"<section>{text_of(6)}{table}{AFTER}</section>") == ["Line 1", "Line 1", "Bone", "Line 1"]
    form = f'<section>{text_of(6)}<div class="form">{table}{AFTER}</div></section>'
    assert order(form) == order(form, LayoutRules())


@pytest.mark.parametrize(("words", "pages_used"), [("", 1), ("<text>Bone</text>", 2)])
def test_a_drawing_that_leaves_a_hole_is_made_smaller_unless_it_has_words(words: str, pages_used: int) -> None:
    css = "figure { margin: 0; break-inside: avoid } svg { display: block; height: 70pt } .smaller svg { height: 50pt }"
    svg = f'<svg role="img" aria-label="A bone" viewBox="0 0 9 9"><path d="M0 0h9v9z"/>{words}</svg>'
    body = f"<section>{text_of(6)}<figure>{svg}</figure></section>"
    laid_out, _ = pages(body, css, layout=MOVE)
    assert len(laid_out.names) == pages_used


def test_a_drawing_of_steps_that_leaves_a_hole_stands_before_them() -> None:
    steps = "<ol><li>Step 1</li><li>Step 2</li></ol>"
    led_up = f"<section>{text_of(3)}<p>The steps:</p>{steps}{FIGURE}{AFTER}</section>"
    assert order(led_up)[:4] == ["Line 1", "Bone", "The st", "Step 1"]
    assert order(led_up, LayoutRules())[:4] == ["Line 1", "The st", "Step 1", "Step 2"]
    enough_room = f"<section>{text_of(1)}{steps}{FIGURE}</section>"
    assert order(enough_room) == order(enough_room, LayoutRules())


def test_references_that_leave_a_hole_are_split_over_pages() -> None:
    css = ".references { break-inside: avoid } .references.split { break-inside: auto } h2 { break-after: avoid }"
    entries = "<br>".join(f"Source {number}" for number in range(1, 7))
    body = f'{text_of(5)}<section class="references"><p data-at="x.md:9">{entries}</p></section>'
    assert any(": hole: " in line for line in findings(body, css))
    assert not any(": hole: " in line for line in findings(body, css, layout=MOVE))


def test_split_references_of_which_little_is_left_for_the_last_page_are_larger() -> None:
    css = ".references { break-inside: avoid } .references.split { break-inside: auto } .larger { line-height: 20pt }"
    entries = "<br>".join(f"Source {number}" for number in range(1, 7))
    body = f'{text_of(5)}<section class="references"><p data-at="x.md:9">{entries}</p></section>'
    laid_out, problems = pages(body, css, layout=MOVE)
    last_page = [piece.text for piece in read_painted_text(laid_out.document).pieces if piece.page == 2]
    assert (last_page, problems) == (["Source 4", "Source 5", "Source 6"], [])


def test_a_moved_figure_takes_lines_of_the_paragraph_along() -> None:
    css = CSS + "p { orphans: 2; widows: 2 } p:has(+ figure.moved) { break-after: avoid }"
    body = f"<section>{text_of(6)}{FIGURE}{text_of(4, line=7)}</section>"
    laid_out, _ = pages(body, css, layout=MOVE)
    pieces = read_painted_text(laid_out.document).pieces
    assert [piece.text for piece in pieces if piece.page == 2] == ["Line 3", "Line 4", "Bone"]


@pytest.mark.parametrize(
    "body",
    [
        f"<section>{text_of(3)}{FIGURE}{AFTER}</section>",  # there is no hole
        f"<section>{text_of(6)}{FIGURE}</section><section>{AFTER}</section>",  # not into another section
        f"<section>{text_of(6)}{FIGURE}<h2>Next</h2>{AFTER}</section>",
        f"<section>{text_of(6)}{FIGURE}<ul><li>One</li><li>Two</li></ul>{AFTER}</section>",
        f"<section>{text_of(5)}<ul><li>Item</li></ul>{FIGURE}{AFTER}</section>",
        f"<section>{text_of(5)}<p>As drawn here:</p>{FIGURE}{AFTER}</section>",
        f"<section>{text_of(6)}{FIGURE}<p>Call us if:</p><ul><li>One</li></ul></section>",
        f"<section>{text_of(6)}{FIGURE}<p>Call us</p><ul><li>One</li></ul></section>",
        f"<section>{text_of(6)}{FIGURE.replace('<figure', '<figure class=icon-array')}{AFTER}</section>",
        f"<section>{text_of(6)}{FIGURE.replace('Bone', 'Bone<sup class=citation id=cite-1>1</sup>')}{AFTER}</section>",
        f"<ul><li>{text_of(6)}{FIGURE}{AFTER}</li></ul>",
        # The paragraph is too long for the hole.
        f'<section>{text_of(6)}{FIGURE}<p style="break-inside: avoid">{"<br>".join(["Long"] * 5)}</p></section>',
    ],
)
def test_a_figure_stays_where_it_belongs(body: str) -> None:
    assert order(body) == order(body, LayoutRules())


def test_the_hole_of_one_figure_does_not_hide_that_of_the_next() -> None:
    section = f"<section>{text_of(6)}{FIGURE}{AFTER}</section>"
    body = section + f'<div style="break-before: page">{section}</div>'
    assert [line for line in findings(body, CSS) if ": hole: " in line] != []
    assert [line for line in findings(body, CSS, layout=MOVE) if ": hole: " in line] == []


HEIGHTS = (14, 13.5, 13)


@settings(max_examples=25)
@given(st.integers(5, 40), st.integers(140, 160))
def test_the_line_height_is_the_most_generous_that_needs_the_fewest_pages(lines: int, room: int) -> None:
    css = f"p {{ line-height: var(--leading) }} @page {{ size: 300pt {room + 60}pt; margin: 30pt }}"
    laid_out, _ = pages(text_of(lines), css, layout=LayoutRules(line_heights=HEIGHTS))
    painted = read_painted_text(laid_out.document)
    counts = [ceil(lines / floor(room / height)) for height in HEIGHTS]
    tops = [piece.area.top for piece in painted.pieces if piece.page == 1]
    assert len(painted.pages) == min(counts)
    assert tops[1] - tops[0] == pytest.approx(HEIGHTS[counts.index(min(counts))], abs=0.01)


@settings(max_examples=25)
@given(st.integers(1, 25), st.integers(2, 9), st.integers(0, 1))
def test_a_block_that_stays_whole_moves_to_an_earlier_page_if_a_line_height_makes_room(
    lines: int, whole: int, before: int
) -> None:
    css = "p { line-height: var(--leading) } .important { break-inside: avoid } .first { break-after: page }"
    first = f'<div class="first">{text_of(2)}</div>'
    body = f'{first * before}{text_of(lines)}<div class="important">{text_of(whole)}</div>'
    laid_out, _ = pages(body, css, layout=LayoutRules(line_heights=HEIGHTS))

    def count_pages(height: float) -> int:
        room = floor(140 / height)
        full, left = divmod(lines, room)
        return before + full + (1 if left + whole <= room else 2)

    assert len(laid_out.names) == min(map(count_pages, HEIGHTS))


def test_no_line_height_is_tried_for_a_block_that_stays_whole_if_only_pages_before_a_forced_break_gain_room() -> None:
    css = ".whole { break-inside: avoid } .first { break-after: page }"
    body = f'<div class="first">{text_of(9)}</div>{text_of(7)}<div class="whole {{}}">{text_of(4)}</div>'
    saving = 1 / 14
    for name, is_tried in (("important", False), ("other", True)):
        laid_out, _ = pages(body.format(name), css)
        assert may_save_page(read_painted_text(laid_out.document), saving) is is_tried


def test_a_line_height_and_a_moved_figure_save_a_page_together() -> None:
    css = CSS + "p { line-height: var(--leading) } @page { size: 300pt 203pt; margin: 30pt }"
    body = f"<section>{text_of(7)}{FIGURE}{text_of(9, line=7)}</section>"
    counts = []
    for rules in (LayoutRules(line_heights=(14,)), MOVE, LayoutRules(line_heights=(14, 13), move_figures=True)):
        laid_out, _ = pages(body, css + ":root { --leading: 14pt }", layout=rules)
        counts.append(len(laid_out.names))
    assert counts == [3, 3, 2]


def test_a_layout_that_was_chosen_after_trials_equals_one_made_at_once() -> None:
    css = CSS + "p { line-height: var(--leading) } body { background: #eee } @page { size: 300pt 203pt; margin: 30pt }"
    css += "@page { background: #ddd; @bottom-center { content: counter(page); font: 6pt/8pt serif } }"
    css += "@page { @bottom-center { vertical-align: top } }"
    body = f"<section>{text_of(7)}{FIGURE}{text_of(9, line=7)}</section>"
    chosen, _ = pages(body, css, layout=LayoutRules(line_heights=(14, 13.5, 13), move_figures=True))
    text, _, rest = text_of(9, line=7).partition("</p>")
    moved = f"<section>{text_of(7)}{text}</p>{FIGURE}{rest}</section>"
    fresh, _ = pages(moved, f"{css} :root {{ --leading: 13pt }}")
    assert len(chosen.names) == 2
    assert chosen.document.write_pdf() == fresh.document.write_pdf()
