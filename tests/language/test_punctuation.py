"""Typographic quotation marks and apostrophes: where they are certain, and nowhere else."""

# ruff: noqa: RUF001 - the marks are what is tested

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.language.punctuation import curl_quotes, space_quotes, straighten_quotes, write_colon
from support.growth import assert_linear


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Don't stop. It's 10 o'clock.", "Don’t stop. It’s 10 o’clock."),
        ("O'Neill's office", "O’Neill’s office"),
        ("the patients' room", "the patients’ room"),
        ("since the 1990's and the '90s", "since the 1990’s and the ’90s"),
        ('Say "stop" now.', "Say “stop” now."),
        ('"Stop," she said. ("Go.")', "“Stop,” she said. (“Go.”)"),
        ("He said 'stop' twice.", "He said ‘stop’ twice."),
        ("\"He said 'stop' twice.\"", "“He said ‘stop’ twice.”"),
        ("\"'Stop' is a word\"", "“‘Stop’ is a word”"),
        ("Don't say 'don't' here.", "Don’t say ‘don’t’ here."),
        ('Write "take 5" and "go".', "Write “take 5” and “go”."),
        ("12–17 pounds", "12–17 pounds"),
        ("already “curly” isn’t changed", "already “curly” isn’t changed"),
    ],
)
def test_marks_are_curled(typed: str, printed: str) -> None:
    assert curl_quotes(typed, "en") == printed
    assert straighten_quotes(printed) == straighten_quotes(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "5' 6\"",
        "5'6\" tall",
        'He is 5\'6½" tall and 70" around',
        "10' x 12'",
        'a 6" tube',
        '3 1/2" wide',
        "30' 15\"",
        'one " alone',
        'see https://example.org/a\'b?"c"',
        "write to o'neill@example.org",
        "12-17 pounds",
        "rock -- paper",
    ],
)
def test_what_can_mean_something_else_stays_as_typed(typed: str) -> None:
    assert curl_quotes(typed, "en") == typed


def test_an_inch_within_a_quotation_is_no_end_of_it() -> None:
    assert curl_quotes('"a 6" tube"', "en") == '“a 6" tube”'


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-GB", "“a” ‘b’ l’eau"),
        ("es-US", "“a” ‘b’ l’eau"),
        ("es-ES", "«a» “b” l’eau"),
        ("de-AT", "„a“ ‚b‘ l’eau"),
        ("zh-Hant-TW", "「a」 『b』 l’eau"),
        ("he", "”a” 'b' l’eau"),
        ("ht", "\"a\" 'b' l’eau"),
    ],
)
def test_marks_are_those_of_the_language(language: str, printed: str) -> None:
    assert curl_quotes("\"a\" 'b' l'eau", language) == printed
    assert straighten_quotes(printed) == straighten_quotes("\"a\" 'b' l'eau")


def test_marks_are_those_of_cldr_as_weasyprint_has_them() -> None:
    from weasyprint.text.constants import get_lang_quotes  # noqa: PLC0415 - slow

    western = ("en", "fr", "fr-CH", "it", "de", "pl", "pt-PT", "ro", "ru", "uk", "tr", "vi", "so")
    for tag in (*western, "zh", "zh-Hant", "ja", "ko", "ar", "am", "fa", "hi"):
        opening, closing = get_lang_quotes(tag.replace("-", "_"))
        printed = f"{opening[0]}a{closing[0]} {opening[-1]}b{closing[-1]}"
        assert curl_quotes("\"a\" 'b'", tag) == printed, tag


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("zh", '请说"停"并坐下。', "请说“停”并坐下。"),
        ("ja", '「"痛い"と言う」', "「「痛い」と言う」"),
        ("ko", '"멈춤"이라고 말하세요.', "“멈춤”이라고 말하세요."),
        ("zh", "他说'停'了", "他说‘停’了"),
        ("he", 'ד"ר כהן אמר "די"', 'ד"ר כהן אמר ”די”'),
        ("uk", 'п\'ять "слів"', "п’ять «слів»"),
    ],
)
def test_marks_stand_beside_letters_as_each_script_has_them(language: str, typed: str, printed: str) -> None:
    assert curl_quotes(typed, language) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [("fr", "«\u00a0a\u00a0» et «\u00a0b\u00a0»"), ("fr-CH", "«a» et « b »"), ("it", "«a» et « b »")],
)
def test_french_guillemets_keep_a_space_that_does_not_break(language: str, printed: str) -> None:
    assert space_quotes("«a» et « b »", language) == printed
    assert space_quotes(printed, language) == printed


@given(st.text(st.sampled_from("ab5停 '\"“”‘’\n(.)½s@/"), max_size=60), st.sampled_from(["en", "de", "fr", "ht", "zh"]))
def test_only_marks_change_and_only_once(typed: str, language: str) -> None:
    printed = curl_quotes(typed, language)
    assert len(printed) == len(typed)
    assert straighten_quotes(printed) == straighten_quotes(typed)
    assert all(old == new for old, new in zip(typed, printed, strict=True) if old not in "\"'")


@pytest.mark.parametrize("piece", ["'", '"', "5'", 'a"', "'a", "x@'", "5/"])
def test_long_texts_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: curl_quotes(piece * size + "'", "en"), 2_000)


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("Monday", "Monday: x"),
        ("星期一至星期五", "星期一至星期五：x"),
        ("月曜日", "月曜日：x"),
        ("월요일", "월요일: x"),
        ("Thứ Hai", "Thứ Hai: x"),
        ("الاثنين", "الاثنين: x"),
        ("", ": x"),
    ],
)
def test_a_colon_is_that_of_the_script_before_it(label: str, line: str) -> None:
    assert label + write_colon(label) + "x" == line
