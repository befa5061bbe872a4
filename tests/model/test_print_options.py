"""Print options written as words and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.model.print_options import PrintOptions

OPTIONS = st.builds(
    PrintOptions,
    st.sampled_from([None, "letter", "a4"]),
    st.sampled_from(["color", "black"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(OPTIONS)
def test_words_lead_back_to_the_same_options(options: PrintOptions) -> None:
    assert PrintOptions.from_words(options.words) == options


@given(OPTIONS, OPTIONS)
def test_different_options_have_different_words(first: PrintOptions, second: PrintOptions) -> None:
    assert (first.words == second.words) == (first == second)


def test_words_as_they_stand_in_names_of_files() -> None:
    options = PrintOptions("a4", "black", imposed=False, fold_marks=False, press=True, fit=True)
    assert options.words == ("a4", "black", "press", "single", "unmarked", "fit")


def test_unknown_words_are_errors() -> None:
    with pytest.raises(ValueError, match="unknown print options: folded"):
        PrintOptions.from_words(["letter", "folded"])


def test_a_print_without_chosen_paper_has_none() -> None:
    with pytest.raises(ValueError, match="no paper"):
        PrintOptions().require_paper()
