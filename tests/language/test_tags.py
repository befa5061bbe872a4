"""Language tags: their form, whether two name the same language, and the direction of writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.language.tags import direction_of, is_language_tag, is_same_language, parse_language_tag


@pytest.mark.parametrize(
    "tag", ["en", "es-MX", "zh-Hant", "zh-Hant-TW", "es-419", "de-1996", "ca-valencia", "en-x-easy"]
)
def test_a_language_tag_has_language_script_region_variants_and_private_use(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize(
    "text", ["", "e", "english", "en_US", "en-", "-en", "e n", "en-x", "en-\u017f\u017f", "\u212aa", "en\n"]
)
def test_other_texts_are_not_language_tags(text: str) -> None:
    assert not is_language_tag(text)


def test_a_language_tag_is_parsed_to_subtags() -> None:
    assert parse_language_tag("sl-Latn-IT-rozaj-1994-x-a-b") == ("sl", "Latn", "IT", ("rozaj", "1994"), "-x-a-b")
    assert parse_language_tag("en") == ("en", None, None, (), "")


@pytest.mark.parametrize(
    ("tags", "direction"),
    [
        ("en es vi zh-Hans zh-Hant ko ru ht tl ar-Latn ur-Latn az az-Cyrl pa pa-IN sd-Deva ku uz mn mn-Cyrl", "ltr"),
        ("ar ar-EG AR he iw yi fa fa-AF prs ps ur ug sd ckb ks dv syr arc nqo", "rtl"),
        ("az-Arab az-IR pa-PK pa-Arab ku-IQ ku-Arab ff-Adlm rhg-Rohg en-Hebr uz-AF ms-Arab", "rtl"),
        ("mn-Mong mn-CN mnc", "vertical"),
    ],
)
def test_the_direction_of_a_language_is_known(tags: str, direction: str) -> None:
    assert {tag: direction_of(tag) for tag in tags.split()} == dict.fromkeys(tags.split(), direction)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("es", "es-MX", True),
        ("en-US", "EN-gb", True),
        ("zh-Hans", "zh-Hant", False),
        ("zh", "zh-Hant", True),
        ("es", "en", False),
        ("sr-Latn-RS", "sr-Cyrl", False),
    ],
)
def test_same_languages_agree_in_language_and_script(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a row
    assert is_same_language(one, other) == is_same_language(other, one) == same


@given(st.from_regex(r"[a-z]{2,3}(-[A-Z]{2})?", fullmatch=True), st.sampled_from(["Latn", "Cyrl", "Deva", "Hans"]))
def test_the_script_takes_precedence_over_the_language(tag: str, script: str) -> None:
    language, _, region = tag.partition("-")
    assert direction_of("-".join(filter(None, [language, script, region]))) == "ltr"
    assert direction_of("-".join(filter(None, [language, "Arab", region]))) == "rtl"
