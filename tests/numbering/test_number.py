"""Citations are numbered 1 to n in order of first use, with runs collapsed as in AMA; notes have their own symbols."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.model.library import Block, Body, Citation, Handout, Insert, NoteMark, Part, Section
from handouts.numbering.number import Numbered, collapse_numbers, format_citation, make_symbol, number
from handouts.numbering.select import EmptySelectionError, select
from support.handouts_made import FRONT, HERE, handouts_and_choices


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([1], "1"),
        ([3, 2], "2,3"),
        ([5, 6, 7], "5-7"),
        ([19, 1, 3, 4, 5, 6, 7, 8], "1,3-8,19"),
        ([1, 2, 4, 5], "1,2,4,5"),
        ([2, 2, 1], "1,2"),
        ([9, 10, 11, 13, 14], "9-11,13,14"),
    ],
)
def test_citations_are_sorted_and_collapsed(numbers: list[int], text: str) -> None:
    assert format_citation(numbers) == text


@given(st.lists(st.integers(1, 40), min_size=1))
def test_runs_contain_each_number_once_and_no_others(numbers: list[int]) -> None:
    collapsed = collapse_numbers(numbers)
    spelled = [value for first, last in collapsed for value in range(first, last + 1)]
    assert spelled == sorted(set(numbers))
    assert all(first == last or last - first >= 2 for first, last in collapsed)


def test_symbols_are_used_in_order_then_doubled() -> None:
    assert [make_symbol(n) for n in range(15)] == [
        *("*", "†", "‡", "§", "¶", "#", "||"),
        *("**", "††", "‡‡", "§§", "¶¶", "##", "||||"),
        "***",
    ]


def printed_keys(numbered: Numbered) -> list[str]:
    """List the cited keys in reading order."""
    met: list[str] = []
    units: tuple[Section | Block, ...] = (*numbered.selection.sections, *numbered.selection.blocks)
    for unit in units:
        passage = numbered.passages[unit.id]
        texts = [passage, *passage.inserts]
        bodies = [body for text in texts for body in (text.body, *(note.body for note in text.notes))]
        met += [key for body in bodies for mark in body.marks if isinstance(mark, Citation) for key in mark.keys]
    return met


@given(handouts_and_choices())
def test_numbers_are_one_to_n_in_order_of_first_use(drawn: tuple[Handout, tuple[str, ...], tuple[str, ...]]) -> None:
    handout, chosen, left_out = drawn
    try:
        numbered = number(select(handout, chosen, left_out))
    except EmptySelectionError:
        return
    first_uses = list(dict.fromkeys(printed_keys(numbered)))
    assert [numbered.citations[key] for key in first_uses] == list(range(1, len(first_uses) + 1))
    assert list(numbered.listed) == first_uses


@given(handouts_and_choices())
def test_each_note_is_printed_once_where_it_is_first_used(
    drawn: tuple[Handout, tuple[str, ...], tuple[str, ...]],
) -> None:
    handout, chosen, left_out = drawn
    try:
        numbered = number(select(handout, chosen, left_out))
    except EmptySelectionError:
        return
    used: list[str] = []
    units: tuple[Section | Block, ...] = (*numbered.selection.sections, *numbered.selection.blocks)
    for unit in units:
        labels = [mark.label for mark in unit.body.marks if isinstance(mark, NoteMark)]
        new = [label for label in dict.fromkeys(labels) if label not in used]
        assert [note.label for note in numbered.passages[unit.id].notes] == new
        used += new
    printed = [note.symbol for unit in numbered.passages.values() for note in unit.notes]
    assert printed == [make_symbol(n) for n in range(len(used))]


def cites(*keys: str) -> Body:
    return Body((), (Citation(keys, HERE),))


def one_section(*bodies: Body) -> Handout:
    sections = tuple(Section(f"s{n}", "S", n, body, HERE) for n, body in enumerate(bodies, start=1))
    return Handout("h", "en", FRONT, (Part(None, "", sections, HERE),), (), {}, HERE)


def test_selected_sections_are_numbered_from_one() -> None:
    handout = one_section(cites("a", "b"), cites("c"), cites("b", "d"))
    assert number(select(handout)).citations == {"a": 1, "b": 2, "c": 3, "d": 4}
    assert number(select(handout, ["s2", "s3"])).citations == {"c": 1, "b": 2, "d": 3}


def test_an_insert_of_a_practice_is_numbered_where_it_is_printed() -> None:
    handout = one_section(cites("a"), cites("b"))
    mine = Insert("h", "s1", cites("x"), {}, HERE)
    other_handout = Insert("elsewhere", "s1", cites("y"), {}, HERE)
    not_printed = Insert("h", "s2", cites("z"), {}, HERE)
    assert number(select(handout), [mine, other_handout]).citations == {"a": 1, "x": 2, "b": 3}
    assert number(select(handout, ["s1"]), [mine, not_printed]).citations == {"a": 1, "x": 2}
