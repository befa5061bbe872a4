"""Selecting sections: their order, the blocks that are printed with them, and requests that are refused."""

import pytest
from hypothesis import given

from handouts.model.library import Block, Body, Handout, Part, Section
from handouts.numbering.select import EmptySelectionError, UnknownNameError, select
from support.handouts_made import FRONT, HERE, handouts_and_choices


def section(number: int) -> Section:
    return Section(f"s{number}", f"Section {number}", number, Body(()), HERE)


HANDOUT = Handout(
    "h",
    "en",
    FRONT,
    (
        Part("first", "First", (section(1), section(2)), HERE),
        Part("second", "Second", (section(3), section(4)), HERE),
    ),
    (Block("safety", "Safety", "second", Body(()), HERE), Block("law", "Law", None, Body(()), HERE)),
    {},
    HERE,
)


@pytest.mark.parametrize(
    ("chosen", "left_out", "sections", "blocks"),
    [
        ([], [], ["s1", "s2", "s3", "s4"], ["safety", "law"]),
        (["s2"], [], ["s2"], ["law"]),
        (["s4", "s1"], [], ["s1", "s4"], ["safety", "law"]),
        (["second"], [], ["s3", "s4"], ["safety", "law"]),
        (["second", "s1"], ["s3"], ["s1", "s4"], ["safety", "law"]),
        ([], ["second"], ["s1", "s2"], ["law"]),
        ([], ["s3"], ["s1", "s2", "s4"], ["safety", "law"]),
    ],
)
def test_sections_are_printed_in_order_with_what_must_come_along(
    chosen: list[str], left_out: list[str], sections: list[str], blocks: list[str]
) -> None:
    selection = select(HANDOUT, chosen, left_out)
    assert [printed.id for printed in selection.sections] == sections
    assert [block.id for block in selection.blocks] == blocks
    assert selection.is_whole == (len(sections) == 4)


@pytest.mark.parametrize("name", ["safety", "law"])
def test_safety_information_cannot_be_left_out(name: str) -> None:
    with pytest.raises(UnknownNameError):
        select(HANDOUT, [], [name])


def test_an_unknown_section_suggests_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match='no section of h "secnd"') as unknown:
        select(HANDOUT, ["secnd"])
    assert unknown.value.hint == 'did you mean "second"?'


def test_leaving_out_all_sections_is_refused() -> None:
    with pytest.raises(EmptySelectionError, match="no section of h is left"):
        select(HANDOUT, ["first"], ["s1", "s2"])


@given(handouts_and_choices())
def test_any_choice_keeps_order_and_safety(drawn: tuple[Handout, tuple[str, ...], tuple[str, ...]]) -> None:
    handout, chosen, left_out = drawn
    try:
        selection = select(handout, chosen, left_out)
    except EmptySelectionError:
        return
    numbers = [printed.number for printed in selection.sections]
    assert numbers == sorted(set(numbers))
    parts_printed = {part.id for part in selection.parts}
    for part in handout.parts:
        for printed in part.sections:
            wanted = (not chosen or {printed.id, part.id} & set(chosen)) and not {printed.id, part.id} & set(left_out)
            assert (printed in selection.sections) == bool(wanted)
    for block in handout.blocks:
        assert (block in selection.blocks) == (block.always_with is None or block.always_with in parts_printed)
