"""Finds what is read from left to right within a text in a language that is written from right to left."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from handouts.language.amounts import find_amounts
from handouts.language.spans import join_overlapping

_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RTL_LETTERS: Final = re.compile(f"([{_RTL}]+)")
_LTR: Final = "A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1eff"
LTR_LETTER: Final = re.compile(f"[{_LTR}]")
_NO_RTL_LETTERS: Final = re.compile(f"[^{_RTL}]+")
_FRACTIONS: Final = "\u00bc-\u00be\u2150-\u215e"
PLAIN_NUMBER: Final = re.compile(f"[\\d.,:/%{_FRACTIONS}]*")  # in the same order everywhere
# A range of numbers is read from the right, as its words are. With a unit from the left, it is read from the left.
_RANGE: Final = re.compile("\\d\\s?[\u2013\u2014]\\s?\\d")
_ONLY_NUMBERS: Final = re.compile(f"[()\\d\\s.,:/%\u2013\u2014{_FRACTIONS}]*")
# A phone number with such dashes is no range.
_PHONE: Final = re.compile(r"\(\d+\).*|\d{3}[\u2013\u2014-]\d{4}|.*\d[\u2013\u2014-]\d+[\u2013\u2014-]\d.*", re.DOTALL)
_AROUND: Final = " \u00a0.,;:!?\u060c\u061b\u061f"
_QUOTES: Final = "()[]\"'\u2018\u2019\u201c\u201d\u00ab\u00bb"
_WORD: Final = re.compile(f"[^\\s{_RTL}]+")
# Between letters from the left, and after them, signs and digits follow their direction by themselves.
_KEEPS_ITS_ORDER: Final = re.compile(f"[{_LTR}](?:.*[{_LTR}\\d])?|[^{_LTR}\\d{_FRACTIONS}]*")


def is_range(amount: str) -> bool:
    """Return whether an amount is a range of numbers alone, which is read in the direction of its text."""
    return bool(_RANGE.search(amount) and _ONLY_NUMBERS.fullmatch(amount) and not _PHONE.fullmatch(amount))


def find_ltr_runs(
    text: str, amounts: Iterable[tuple[int, int]], abbreviations: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield start and end of each run from left to right that is no amount by itself, and the amounts in it.

    Engines of pages put the elements of a line in the order of its language, so the words around an amount or an
    abbreviation would change places: "Jane O'Neil-Smith". Words of digits and signs would, too: "38.5°C", "+5".
    """
    whole = [span for span in amounts if span[0] >= 0 and span[1] <= len(text)]
    for segment in _NO_RTL_LETTERS.finditer(text):
        inner = [span for span in whole if segment.start() <= span[0] and span[1] <= segment.end()]
        words = list(_find_scrambled_words(text, segment.span(), whole))
        elements = [*inner, *(span for span in abbreviations if segment.start() <= span[0] < segment.end()), *words]
        letters = [match.start() for match in LTR_LETTER.finditer(text, *segment.span())]
        if not elements or all(any(start <= at < end for start, end in elements) for at in letters):
            yield from ((start, end, []) for start, end in words)
            continue
        start = min([letters[0], *(first for first, last in [*inner, *words] if first <= letters[0] < last)])
        end = segment.start() + len(segment.group().rstrip(_AROUND))
        if text[end - 1] == ")" and text.count("(", start, end) < text.count(")", start, end):
            # Both parentheses belong to the run, or none does.
            start, end = (start - 1, end) if text[start - 1 : start] == "(" else (start, end - 1)
        before = ((first, last) for first, last in words if last <= start)
        yield from ((first, last, []) for first, last in before)
        yield start, end, [(first, min(last, end)) for first, last in inner if start <= first < end]


def _find_scrambled_words(
    text: str, segment: tuple[int, int], amounts: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word in a segment that would be shown in another order, and is in no amount."""
    for match in _WORD.finditer(text, *segment):
        word = match.group()
        core = word.strip(_AROUND + _QUOTES)
        start = match.start() + word.index(core)
        end = start + len(core)
        if (
            not _KEEPS_ITS_ORDER.fullmatch(core)
            and not PLAIN_NUMBER.fullmatch(core)
            and not is_range(core)
            and not any(first < end and start < last for first, last in amounts)
        ):
            yield start, end


def find_ltr_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word or amount without letters from right to left, and of several that overlap."""
    words = (match.span() for match in _WORD.finditer(text))
    amounts = (span for span in find_amounts(text) if not RTL_LETTERS.search(text, *span))
    yield from join_overlapping([*words, *amounts])


def find_core(amount: str) -> tuple[int, int]:
    """Return start and end of an amount without the punctuation around it; parentheses in pairs belong to it."""
    core = amount.strip(_AROUND)
    start = amount.index(core) if core else 0
    end = start + len(core)
    if core.count(")") > core.count("(") and core.endswith(")"):
        end -= 1
    elif core.count("(") > core.count(")") and core.startswith("("):
        start += 1
    return start, end
