"""Reading grades agree with those of textstat; splitting a text into words and sentences loses nothing."""

from importlib.resources import files

import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st

from handouts.check.plain_language.analysis import AnalyzedUnit, analyze_handout
from handouts.check.plain_language.reading_grades import measure_texts
from handouts.check.plain_language.syllables import count_syllables
from handouts.check.plain_language.words import find_word_spans, split_into_sentences, split_into_words
from handouts.schema.plain_language import PlainLanguage
from support.projects import HANDOUT, SmallProject
from support.shipped import handout
from support.spoken_text import text_of

# The oracle does not know that these are read letter by letter.
UNITS = analyze_handout(handout(), PlainLanguage(names=("NSM", "VCF", "MRI")))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.unit.title)
def test_each_section_has_the_grades_of_textstat(unit: AnalyzedUnit) -> None:
    measured, text = measure_texts(unit.texts), text_of(unit)
    if not text:
        assert measured.words == 0
        return
    assert measured.flesch_kincaid == pytest.approx(textstat.textstat.flesch_kincaid_grade(text), abs=0.5)
    assert measured.smog == pytest.approx(textstat.textstat.smog_index(text), abs=0.5)
    assert measured.words == textstat.textstat.lexicon_count(text)
    assert measured.syllables == pytest.approx(textstat.textstat.syllable_count(text), rel=0.02)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It can be hepatitis A. It can be worse.", 2),
        ("You need vitamin D. Eat fish.", 2),
        ("The answer is no. Call us.", 2),
        ("Come at 8 p.m. Bring a coat.", 2),
        ("Come at 8 p.m. Monday or at 9 a.m. Tuesday.", 1),
        ("Eat fruit, nuts, etc. Drink water.", 2),
        ("See Dr. J. Smith or Mrs. A. Jones.", 1),
        ("See no. 5 and fig. 2 on the wall.", 1),
        ("We are in 4 Main St. Ring the bell.", 2),
        ("We are at St. Mary by the sea.", 1),
        ("It is common in the U.S. It is harmless.", 2),
        ("The U.S. Food and Drug Administration says so.", 1),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: int) -> None:
    assert len(split_into_sentences(split_into_words(text))) == sentences


def test_items_of_one_or_two_words_make_no_grade(project: SmallProject) -> None:
    project.replace(HANDOUT, "- with a fever", "\n".join(["- Rest now."] * 25))
    library = project.read().library
    assert library
    units = analyze_handout(library.handouts[0], PlainLanguage())
    (worry,) = (unit for unit in units if unit.unit.title == "When should I worry?")
    assert measure_texts(worry.texts).words == 3  # after a fall


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("diabetes", 4), ("pneumonia", 3), ("HIV", 3), ("AIDS", 1), ("easier", 3), ("isn't", 2), ("don't", 1)],
)
def test_syllables_of_words_that_rules_get_wrong(word: str, syllables: int) -> None:
    assert split_into_words(word)[0].syllables == syllables


def test_syllables_of_easy_words_are_those_of_the_pronouncing_dictionary() -> None:
    words = (files("textstat") / "resources/en/easy_words.txt").read_text(encoding="utf-8").split()
    plain = [word for word in words if word.isalpha() and word.isascii()]
    right = sum(count_syllables(word.lower()) == textstat.textstat.syllable_count(word) for word in plain)
    assert right / len(plain) >= 0.975


def test_the_whole_handout_has_the_grades_of_textstat() -> None:
    measured = measure_texts(text for unit in UNITS for text in unit.texts)
    text = "\n".join(map(text_of, UNITS))
    assert measured.flesch_kincaid == pytest.approx(textstat.textstat.flesch_kincaid_grade(text), abs=0.1)
    assert measured.smog == pytest.approx(textstat.textstat.smog_index(text), abs=0.1)
    assert measured.words_per_sentence == pytest.approx(textstat.textstat.words_per_sentence(text), abs=0.1)


@given(st.text())
def test_words_and_sentences_hold_every_letter_once(text: str) -> None:
    words = split_into_words(text)
    assert "".join(word.written for word in words) == "".join(text.replace("—", " ").split())
    assert [text[start:end] for start, end in find_word_spans(text)] == [word.written for word in words]
    sentences = split_into_sentences(words)
    assert [n for start, end in sentences for n in range(start, end)] == list(range(len(words)))
