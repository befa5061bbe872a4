"""Imposition: sheets are folded, stacked and turned over as hands do it, and have to read in order."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.model.document import Makeup
from handouts.model.imposition import Side, count_missing_pages, impose, write_page_rules
from handouts.model.print_options import PrintOptions
from handouts.schema.print_terms import Imposition, Paper

MM = 96 / 25.4
SHEETS = {"letter": (11 * 96, 8.5 * 96), "a4": (297 * MM, 210 * MM)}
LEAFLET = ["cover", "flap", "inside", "inside", "inside", "back"]

papers: st.SearchStrategy[Paper] = st.sampled_from(["letter", "a4"])
folds: st.SearchStrategy[Imposition] = st.sampled_from(["c-fold", "z-fold"])


def sizes(makeup: Makeup, names: Sequence[str]) -> list[tuple[float, float]]:
    """Return the sizes that the style sheet lays pages of these names out in."""
    rules = {
        which.strip(): (float(width) * 96, float(height) * 96)
        for which, width, height in re.findall(
            r"@page(.*?) \{ size: ([\d.]+)in ([\d.]+)in \}", write_page_rules(makeup)
        )
    }
    found = []
    for page, name in enumerate(names):
        nth = f":nth({names[: page + 1].count(name)} of {name})"
        found.append(rules.get(nth, rules.get(name, rules[""])))
    return found


def imposed(makeup: Makeup, names: Sequence[str]) -> tuple[Side, ...]:
    return impose(makeup, names, sizes(makeup, names))


def spans(side: Side, made: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return where each page of a side begins and ends, from left to right."""
    return sorted((spot.x, spot.x + made[spot.page][0]) for spot in side.placed)


def turned_over(side: Side, spots: Sequence[float]) -> list[float]:
    """Return places along a side as they are seen when the sheet is turned over on its short edge."""
    return sorted(side.width - x for x in spots)


# Booklets


def turned_pages(sides: Sequence[Side]) -> list[int | None]:
    """Stack the sheets, fold them in the middle, and turn the leaves: the page that each face shows."""
    leaves: list[tuple[int | None, int | None]] = []
    for outer, inner in reversed(list(zip(sides[::2], sides[1::2], strict=True))):
        leaves = [(right(outer), left(inner)), *leaves, (right(inner), left(outer))]
    return [page for leaf in leaves for page in leaf]


def left(side: Side) -> int | None:
    return next((spot.page for spot in side.placed if spot.x < side.folds[0] - 1), None)


def right(side: Side) -> int | None:
    return next((spot.page for spot in side.placed if spot.x > side.folds[0] - 1), None)


@given(papers, st.integers(1, 90))
def test_a_booklet_of_any_length_reads_in_order(paper: Paper, count: int) -> None:
    makeup = Makeup("saddle-stitch", PrintOptions(paper))
    sides = imposed(makeup, [""] * count)
    read = turned_pages(sides)
    assert read == [*range(count), *[None] * (-count % 4)]
    assert len(sides) == len(read) / 2
    assert count_missing_pages(makeup, [""] * count) == -count % 4


@given(papers, st.integers(1, 90))
def test_pages_of_a_booklet_meet_at_the_fold_and_stay_on_the_sheet(paper: Paper, count: int) -> None:
    makeup = Makeup("saddle-stitch", PrintOptions(paper))
    made = sizes(makeup, [""] * count)
    for side in imposed(makeup, [""] * count):
        assert (side.width, side.height) == pytest.approx(SHEETS[paper])
        assert side.folds == (side.width / 2,)
        for spot in side.placed:
            width, height = made[spot.page]
            assert spot.y == 0
            assert height == pytest.approx(side.height)
            assert side.folds[0] in (pytest.approx(spot.x), pytest.approx(spot.x + width))
            # A5 is half a millimeter narrower than half an A4.
            outer = spot.x if spot.x < side.folds[0] - 1 else side.width - spot.x - width
            assert 0 <= outer + 0.001 <= 0.5 * MM + 0.002


@given(papers, st.sampled_from(["c-fold", "z-fold", "saddle-stitch"]), st.integers(1, 6))
def test_single_pages_stay_in_order_and_keep_their_sizes(paper: Paper, fold: Imposition, count: int) -> None:
    makeup = Makeup(fold, PrintOptions(paper, imposed=False))
    made = sizes(makeup, LEAFLET[:count])
    sides = impose(makeup, LEAFLET[:count], made)
    assert [[(spot.page, spot.x, spot.y) for spot in side.placed] for side in sides] == [
        [(page, 0, 0)] for page in range(count)
    ]
    assert [(side.width, side.height) for side in sides] == made
    assert all(side.folds == () for side in sides)


# Leaflets


@pytest.mark.parametrize(
    ("paper", "fold", "wide", "narrow"),
    [
        ("letter", "c-fold", 3.6875 * 25.4, 3.625 * 25.4),
        ("letter", "z-fold", 11 / 3 * 25.4, 11 / 3 * 25.4),
        ("a4", "c-fold", 100, 97),
        ("a4", "z-fold", 99, 99),
    ],
)
def test_panels_have_the_widths_of_the_trade(paper: Paper, fold: Imposition, wide: float, narrow: float) -> None:
    makeup = Makeup(fold, PrintOptions(paper))
    made = sizes(makeup, LEAFLET)
    outside, inside = imposed(makeup, LEAFLET)
    for side, widths in ((outside, (narrow, wide, wide)), (inside, (wide, wide, narrow))):
        assert (side.width, side.height) == pytest.approx(SHEETS[paper])
        found = spans(side, made)
        assert [(end - start) / MM for start, end in found] == pytest.approx(widths, abs=0.3)
        assert [start for start, _ in found] == pytest.approx([0, *side.folds], abs=0.001)
        assert [end for _, end in found] == pytest.approx([*side.folds, side.width], abs=0.001)
    assert [height for _, height in made] == pytest.approx([SHEETS[paper][1]] * len(made))


@given(papers, folds)
def test_both_sides_of_a_leaflet_fold_at_the_same_place(paper: Paper, fold: Imposition) -> None:
    outside, inside = imposed(Makeup(fold, PrintOptions(paper)), LEAFLET)
    assert turned_over(inside, inside.folds) == pytest.approx(outside.folds)
    if fold == "c-fold":
        flap, *others = spans(outside, sizes(Makeup(fold, PrintOptions(paper)), LEAFLET))
        assert flap[1] - flap[0] < min(end - start for start, end in others) - 0.7


def faces(fold: Imposition, paper: Paper = "letter") -> tuple[list[int], list[int]]:
    """Return the pages on the outside and on the inside, from left to right."""
    outside, inside = imposed(Makeup(fold, PrintOptions(paper)), LEAFLET)
    return (
        [spot.page for spot in sorted(outside.placed, key=lambda spot: spot.x)],
        [spot.page for spot in sorted(inside.placed, key=lambda spot: spot.x)],
    )


def test_a_leaflet_folded_in_opens_panel_by_panel() -> None:
    outside, inside = faces("c-fold")
    cover, flap, first, second, third, back = range(6)
    # Closed: the right third lies on top, the left one is folded in, the middle one is behind.
    assert (outside[2], outside[1]) == (cover, back)
    # Opened once, the cover's reverse is on the left and the flap still lies on the right. Then the flap is opened.
    assert (inside[0], outside[0]) == (first, flap)
    assert inside == [first, second, third]


def test_a_zigzag_opens_page_by_page_and_ends_with_its_back() -> None:
    outside, inside = faces("z-fold")
    cover, flap, first, second, third, back = range(6)
    # Closed: outside are both faces of the right third of their side, and of nothing else.
    assert (outside[2], inside[2]) == (cover, back)
    # The cover opens like that of a book; behind it the sheet opens once more.
    assert inside[:2] == [flap, first]
    assert outside[:2] == [second, third]


@given(papers, folds, st.permutations(LEAFLET), st.integers(0, 6))
def test_each_panel_is_placed_once_whatever_the_order_of_the_pages(
    paper: Paper, fold: Imposition, names: list[str], count: int
) -> None:
    sides = imposed(Makeup(fold, PrintOptions(paper)), names[:count])
    assert sorted(spot.page for side in sides for spot in side.placed) == list(range(count))
    assert len({(number, spot.x) for number, side in enumerate(sides) for spot in side.placed}) == count
    read = [page for page in range(count) if names[page] == "inside"]
    assert count_missing_pages(Makeup(fold, PrintOptions(paper)), names[:count]) == 3 - len(read)


@given(folds, st.sampled_from([*LEAFLET[:2], "inside", "back", "", "insert"]))
def test_one_panel_too_many_has_no_place(fold: Imposition, name: str) -> None:
    with pytest.raises(ValueError, match="more panels"):
        imposed(Makeup(fold, PrintOptions("a4")), [*LEAFLET, name])
