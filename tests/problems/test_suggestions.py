"""Suggestions for mistyped and shortened names."""

import pytest

from handouts.problems.problem import did_you_mean

HANDOUTS = ("bone-food", "spinal-fracture", "sprained-ankle")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("spinal", "spinal-fracture"), ("ankle", "sprained-ankle"), ("bonefood", "bone-food"), ("sprainned", HANDOUTS[2])],
)
def test_the_name_that_was_shortened_or_mistyped_is_suggested(typed: str, meant: str) -> None:
    assert did_you_mean(typed, HANDOUTS) == f'did you mean "{meant}"?'


def test_all_names_are_listed_if_none_is_near() -> None:
    assert did_you_mean("xyz", HANDOUTS) == "known: bone-food, spinal-fracture, sprained-ankle"


def test_capital_and_small_letters_make_no_other_word() -> None:
    assert did_you_mean("doi", ["DOI", "author", "id", "volume"]) == 'did you mean "DOI"?'
