"""Pages as a typographer sees them: each fault is found where it stands, and good pages have none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.pdf.page_checks.box_reader import read_painted_text
from support.laid_out import findings, pages, text_of

HEADING = '<h2 data-at="x.md:5">Risks</h2>'
LIST = '<ul><li data-at="x.md:8">One</li><li data-at="x.md:9">Two</li><li data-at="x.md:10">Three</li></ul>'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            text_of(9) + HEADING + text_of(3, line=7),
            'x.md:5: heading-at-page-end: page 1: the heading "Risks" has no text below it',
        ),
        (
            text_of(8) + HEADING + '<h3 data-at="x.md:6">Bleeding</h3>' + text_of(3, line=7),
            'x.md:5: heading-at-page-end: page 1: the heading "Risks" has no text below it',
        ),
        (
            text_of(4) + HEADING,
            'x.md:5: heading-at-page-end: page 1: the heading "Risks" has no text below it',
        ),
        (
            text_of(9) + text_of(3, line=4),
            'x.md:4: lone-line: page 1: one line of a paragraph stands alone at the bottom: "Line 1"',
        ),
        (
            text_of(8) + text_of(3, line=4) + text_of(4),
            'x.md:4: lone-line: page 2: one line of a paragraph stands alone at the top: "Line 3"',
        ),
        (
            text_of(9) + text_of(2, line=4) + text_of(4),
            'x.md:4: lone-line: page 1: one line of a paragraph stands alone at the bottom: "Line 1"',
        ),
        (
            text_of(9) + '<p data-at="x.md:6">Call us if:</p>' + LIST,
            'x.md:8: list-apart: page 2: the list is separated from the line that leads up to it, "Call us if:"',
        ),
        (
            text_of(9) + f'<ul><li data-at="x.md:6">Call us if:{LIST}</li></ul>',
            'x.md:8: list-apart: page 2: the list is separated from the line that leads up to it, "Call us if:"',
        ),
        (
            text_of(10) + text_of(1, line=12),
            "x.md:12: short-last-page: page 2: only 10% of the last page is filled",
        ),
    ],
)
def test_each_fault_is_found_once_and_where_it_stands(body: str, found: str) -> None:
    assert [finding.replace("\N{NO-BREAK SPACE}", " ") for finding in findings(body)] == [found]


def sentence_over_pages(end: str, start: str, before: str = "Rest.") -> str:
    """Return a paragraph of which one line ends a page and two are on the next one."""
    lines = [before] * 2 + [f"{before} {end}", f"{start} again", "until we call you."]
    return text_of(7) + f'<p data-at="x.md:4">{"<br>".join(lines)}</p>' + text_of(3)


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("Do not", "take ibuprofen"),
        ("Do not take ibuprofen", "or aspirin"),
        ("Never drive", "in these days"),
        ("You can do it without", "your brace"),
        ("No tome", "ibuprofeno"),
        ("Kh\u00f4ng", "bia"),
    ],
)
def test_a_page_that_ends_within_a_prohibition_is_found(end: str, start: str) -> None:
    found = findings(sentence_over_pages(end, start))
    assert found == [
        f'x.md:4: split-negation: page 1: the page ends within a sentence that forbids something: "Rest. {end}"'
    ]


@pytest.mark.parametrize(
    ("end", "start"), [("Do not drive.", "Take ibuprofen"), ("You may not feel it", "at first"), ("Ask us", "if not")]
)
def test_a_page_that_ends_with_another_sentence_is_fine(end: str, start: str) -> None:
    assert findings(sentence_over_pages(end, start)) == []


@pytest.mark.parametrize(
    ("lead", "item", "is_found"),
    [
        ("Do not:", "Lift", True),
        ("In the first week, you should not do this:", "Lift", True),
        ("Do not:", "Do not lift", False),
        ("Do this:", "Lift", False),
        ("Do not wait. Call us if:", "It bleeds", False),
    ],
)
def test_a_list_of_what_not_to_do_that_goes_on_on_the_next_page_is_found(
    lead: str, item: str, *, is_found: bool
) -> None:
    items = "".join(f'<li data-at="x.md:{number}">{item}</li>' for number in range(7, 12))
    found = findings(text_of(7) + f'<p data-at="x.md:6">{lead}</p><ul>{items}</ul>' + text_of(3))
    what = f'the list after "{lead}" goes on here, without a word that this is forbidden'
    assert found == ([f"x.md:9: split-prohibitions: page 2: {what}"] if is_found else [])


def test_text_near_an_edge_is_found_on_the_page_and_in_its_margins() -> None:
    # A named page is a panel: on others, footers that stand too low get a larger margin.
    footer = "body { page: panel } @page { margin: 17pt 30pt 28pt; @bottom-left { content: 'Page'; font-size: 8pt; "
    footer += "vertical-align: top } }"
    assert findings(text_of(2), footer) == [
        'x.md:1: near-edge: page 1: "Line 1" stands 0.24 in from the edge',
        'None: near-edge: page 1: "Page" stands 0.22 in from the edge',
    ]
    assert findings(text_of(2), "@page { margin: 18pt }") == []


@pytest.mark.parametrize(
    ("body", "css"),
    [
        (text_of(7) + HEADING + text_of(4, line=7), ""),
        (text_of(8) + text_of(4, line=4), ""),
        (text_of(8) + "<p>Call us if:</p><ul><li>One</li><li>Two</li></ul>" + text_of(4), ""),
        (text_of(10) + text_of(2), ""),
        # Headings beside one another, as in the contact panel.
        (
            f"<main><section>{HEADING}<h3>When</h3>{LIST}</section><section><h3>Where</h3>{text_of(2)}</section></main>",
            "main { display: table } section { display: table-cell }",
        ),
        # A heading in the margin, beside its text.
        (text_of(9) + HEADING + text_of(1), "h2 { float: left; width: 60pt }"),
        (
            text_of(7) + HEADING + text_of(4),
            "h2 { position: relative } h2::before { content: '1'; position: absolute; left: 200pt; top: 20pt }",
        ),
        # A list after a list has nothing that leads up to it.
        (text_of(9) + "<ul><li>Last</li></ul><ol><li>First</li><li>Second</li></ol>", ""),
        # A table's head is printed on each page again.
        (
            "<table><thead><tr><th>Day</th></tr></thead>"
            + "".join(f"<tr><td>Day {day}</td></tr>" for day in range(14))
            + "</table>",
            "table { border-collapse: collapse } th, td { padding: 0 }",
        ),
    ],
)
def test_well_made_pages_have_no_findings(body: str, css: str) -> None:
    assert findings(body, css) == []


def test_text_may_be_underlined() -> None:
    assert findings("<p>See <a href='#x'>here</a></p>", "a { text-decoration: underline overline }") == []


def test_columns_are_looked_at_like_pages() -> None:
    columns = "body { columns: 2; column-fill: auto; column-gap: 10pt }"
    assert findings(text_of(9) + HEADING + text_of(4), columns) == [
        'x.md:5: heading-at-page-end: page 1: the heading "Risks" has no text below it'
    ]
    assert findings(text_of(8) + text_of(3, line=4) + text_of(3), columns) == [
        'x.md:4: lone-line: page 1: one line of a paragraph stands alone at the top: "Line 3"'
    ]
    assert findings(text_of(7) + HEADING + text_of(4), columns) == []


def test_text_in_columns_stands_below_a_heading_whose_font_has_much_room_below_its_letters() -> None:
    css = "main { columns: 2 } h2 { font-size: 30pt; line-height: 14pt }"
    found = findings(f"{text_of(1)}{HEADING}<main>{text_of(6, line=7)}</main>", css)
    assert [line for line in found if "heading-at-page-end" in line] == []


LENGTHS = st.lists(st.integers(1, 7), min_size=2, max_size=12)


@settings(deadline=None, max_examples=25)
@given(LENGTHS)
def test_lone_lines_are_those_that_are_alone_on_their_page(lengths: list[int]) -> None:
    paragraphs = [text_of(length, line=number) for number, length in enumerate(lengths, start=1)]
    rows = [number for number, length in enumerate(lengths, start=1) for _ in range(length)]
    leaves = [rows[start : start + 10] for start in range(0, len(rows), 10)]
    torn = [
        (number, [leaf.count(number) for leaf in leaves if number in leaf]) for number in range(1, len(lengths) + 1)
    ]
    alone = [f"x.md:{number}" for number, counts in torn if len(counts) > 1 and 1 in counts]
    found = [finding.split(": ") for finding in findings("".join(paragraphs))]
    assert [place for place, code, *_ in found if code == "lone-line"] == alone


@settings(deadline=None, max_examples=15)
@given(LENGTHS)
def test_two_lines_kept_together_are_never_found_alone(lengths: list[int]) -> None:
    found = findings("".join(text_of(length) for length in lengths), ":root { orphans: 2; widows: 2 }")
    assert [finding for finding in found if "lone-line" in finding] == []


def test_what_is_painted_can_be_measured() -> None:
    laid_out, _ = pages(
        f'<section data-at="x.md:3" data-section="Risks">{HEADING}<p>Most are <strong>small</strong>.</p></section>',
        "strong { font-size: 14pt }",
    )
    painted = read_painted_text(laid_out.document)
    heading, *run = painted.pieces
    assert (heading.tag, heading.size, heading.text, heading.section) == ("h2", 10, "Risks", "Risks")
    assert [(piece.text, piece.size, piece.line - heading.line, piece.tag) for piece in run] == [
        ("Most are ", 10, 1, "p"),
        ("small", 14, 1, "p"),
        (".", 10, 1, "p"),
    ]
    leaf = painted.page_of(heading)
    assert (leaf.whole.width, leaf.whole.height) == pytest.approx((300, 200))
    assert (heading.area.left, leaf.content.left) == pytest.approx((30, 30))
    assert run[0].area.right == pytest.approx(run[1].area.left)
