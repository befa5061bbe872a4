"""Days of the week are read from texts in each language."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.check.rules.weekdays import find_days
from handouts.language.opening_hours import OpeningHours, write_opening_hours

LANGUAGES = ("en", "es", "vi", "zh-Hans", "ar", "de", "ru", "ko")


@given(st.sampled_from(LANGUAGES), st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True))
def test_lists_of_days_are_read_as_they_are_written(language: str, days: list[int]) -> None:
    assert find_days(write_days(days, language, is_range=False), language) == set(days)


@given(st.sampled_from(LANGUAGES), st.integers(0, 6), st.integers(1, 6))
def test_ranges_of_days_are_read_as_they_are_written(language: str, first: int, further: int) -> None:
    days = [(first + step) % 7 for step in range(further + 1)]
    assert find_days(write_days([days[0], days[-1]], language, is_range=True), language) == set(days)


def write_days(days: list[int], language: str, *, is_range: bool) -> str:
    written = write_opening_hours(OpeningHours(tuple(days), is_range, ((dt.time(8), dt.time(9)),)), language, "US")
    assert written is not None
    return written[0]


@pytest.mark.parametrize(
    "text",
    [
        "Every other Friday",
        "1st Monday",
        "Monday, except holidays",
        "Saturday (summer)",
        "Holidays",
        "Monday Tuesday",
        "",
    ],
)
def test_days_in_other_words_are_not_guessed(text: str) -> None:
    assert find_days(text, "en") == frozenset()


def test_days_of_an_unknown_language_are_none() -> None:
    assert find_days("Monday", "tlh") == frozenset()
