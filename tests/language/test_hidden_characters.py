"""Characters that nobody sees are refused where they change a number, and kept where writing needs them."""

import pytest

from handouts.language.hidden_characters import find_hidden_character

REFUSED = [
    "Take \u202e12 mg\u202c daily",
    "\u202dTake 12 mg",
    "555-\u200b1234",
    "+\u200e1 555 0100",
    "(555)\u2060 555-0100",
    "(555\u2066)0100",
    "1\u00ad0 mg",
    "1\u200d0",
    "10 m\u00adg",
    "10m\u200bL",
    "9\ufeff11",
    "a\u3164b",
    "x\U000e0041",
]
KEPT = [
    "medi\u00adcines 10 mg",
    "\u2068Lakeside\u2069 clinic 12",
    "\u200fמרפאה\u200f 12",
    "می\u200cخواهم",  # noqa: RUF001 - Persian
    "क्\u200dष 5 mg",
    "10 mg\u200b",
    "אבג \u20660800 123\u2069.",
    "ภาษา\u200bไทย",
    "2 table\u00adspoons",
    "emoji \U0001f469\u200d\U0001f33e",
]


@pytest.mark.parametrize("text", REFUSED)
def test_hidden_characters_that_change_what_is_read_are_found(text: str) -> None:
    found = find_hidden_character(text)
    assert found
    position, character = found
    assert text[position] == character
    assert not character.isprintable() or character == "\u3164"


@pytest.mark.parametrize("text", KEPT)
def test_hidden_characters_of_writing_are_kept(text: str) -> None:
    assert find_hidden_character(text) is None
