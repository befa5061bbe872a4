"""Reading grades are those of textstat, and words and sentences lose nothing of a text."""

from importlib.resources import files

import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st

from handouts.check.plain_language.analysis import AnalysedUnit
from handouts.check.plain_language.measures import measure
from handouts.check.plain_language.plain_language import analysed
from handouts.check.plain_language.sentences import sentences
from handouts.check.plain_language.syllables import syllables
from handouts.check.plain_language.word import spans_of, words_of
from handouts.schema.plain_language import PlainLanguage
from support.shipped import handout


def text_of(unit: AnalysedUnit) -> str:
    """Write a unit as sentences for textstat, without names; those of lists end in a full stop."""
    lines = []
    for passage in unit.passages:
        if passage.is_prose:
            kept = [
                "".join(c for c in word.written if c in ".?!") if n in passage.named else word.written
                for n, word in enumerate(passage.words)
            ]
            line = " ".join(kept).strip()
            lines.append(line if line.endswith((".", "?", "!")) else f"{line}.")
    return "\n".join(lines)


UNITS = analysed(handout(), PlainLanguage())


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.unit.title)
def test_each_section_has_the_grades_that_textstat_gives_it(unit: AnalysedUnit) -> None:
    measured, text = measure(unit.passages), text_of(unit)
    if not text:
        assert measured.words == 0
        return
    assert measured.flesch_kincaid == pytest.approx(textstat.textstat.flesch_kincaid_grade(text), abs=0.5)
    assert measured.smog == pytest.approx(textstat.textstat.smog_index(text), abs=0.5)
    assert measured.words == textstat.textstat.lexicon_count(text)
    assert measured.syllables == pytest.approx(textstat.textstat.syllable_count(text), rel=0.02)


def test_syllables_of_easy_words_are_those_of_the_pronouncing_dictionary() -> None:
    words = (files("textstat") / "resources/en/easy_words.txt").read_text(encoding="utf-8").split()
    plain = [word for word in words if word.isalpha() and word.isascii()]
    right = sum(syllables(word.lower()) == textstat.textstat.syllable_count(word) for word in plain)
    assert right / len(plain) >= 0.975


def test_the_whole_has_the_grades_that_textstat_gives_it() -> None:
    measured = measure(passage for unit in UNITS for passage in unit.passages)
    text = "\n".join(map(text_of, UNITS))
    assert measured.flesch_kincaid == pytest.approx(textstat.textstat.flesch_kincaid_grade(text), abs=0.1)
    assert measured.smog == pytest.approx(textstat.textstat.smog_index(text), abs=0.1)
    assert measured.words_per_sentence == pytest.approx(textstat.textstat.words_per_sentence(text), abs=0.1)


@given(st.text())
def test_no_letter_is_lost_and_none_invented(text: str) -> None:
    words = words_of(text)
    assert "".join(word.written for word in words) == "".join(text.replace("—", " ").split())
    assert [text[start:end] for start, end in spans_of(text)] == [word.written for word in words]
    ends = sentences(words)
    assert [n for start, end in ends for n in range(start, end)] == list(range(len(words)))
