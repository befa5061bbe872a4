"""Abbreviations that nobody wrote out, and words in capitals that are none."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from handouts.check.plain_language.analysis import Analysed
from handouts.check.plain_language.explained import is_explained
from handouts.check.plain_language.rules import ALL_CAPITALS, UNDEFINED_ABBREVIATION
from handouts.problems.problem import Problem
from handouts.schema.plain_language import PlainLanguage

_EVERYDAY: Final = frozenset(
    re.findall(
        r"\S+",
        """
    AIDS AM ATM BBC COVID CD DIY DNA DVD EU FAQ GP GPS HIV ID MD NHS OK PC PDF PIN PM PO QR RN SMS SOS TV UK UN US
    USA UV VIP WC ZIP
    """,
    )
)
_ZIP_CODE: Final = re.compile("[0-9]{5}(-[0-9]{4})?")
_ONE_LETTER: Final = frozenset({"A", "I"})
_BEFORE: Final = 8  # words in which the initials are looked for


def abbreviations(passage: Analysed, settings: PlainLanguage, explained: set[str]) -> Iterator[Problem]:
    """Report abbreviations at their first use if they are not written out; `explained` has those that need no more."""
    for position in passage.capitals:
        short = passage.words[position].abbreviation
        if not short or short in _EVERYDAY or short in explained or short in settings.abbreviations:
            continue
        explained.add(short)
        if position in passage.named or _is_state(passage, position) or is_explained(passage, position, position + 1):
            continue
        if not spells(short, [before.key for before in passage.words[max(0, position - _BEFORE) : position]]):
            message = f'the abbreviation "{short}" is not written out'
            hint = f"write the words out, then ({short}); or put it into the glossary"
            yield UNDEFINED_ABBREVIATION.found(message, passage.place(position), hint)


def _is_state(passage: Analysed, position: int) -> bool:
    """Tell whether a ZIP code follows, as in "Austin, TX 78701"."""
    return any(_ZIP_CODE.fullmatch(key) for key in passage.keys[position + 1 : position + 2])


def spells(short: str, words: Iterable[str]) -> bool:
    """Tell whether words have the letters of an abbreviation as initials, in order: "body mass index" and BMI."""
    wanted = iter(short.lower())
    letter = next(wanted, "")
    for initial in (part[:1] for word in words for part in word.split("-")):
        if initial == letter:
            letter = next(wanted, "")
    return not letter


def capitals(passage: Analysed) -> Iterator[Problem]:
    """Report each run of words in capitals that has a word which is no abbreviation."""
    if not any(passage.words[n].stressed for n in passage.capitals):
        return
    for run in _runs(passage):
        if any(passage.words[n].stressed for n in run):
            written = " ".join(passage.words[n].plain for n in range(run[0], run[-1] + 1))
            hint = "use small letters; **bold** stands out"
            yield ALL_CAPITALS.found(f'"{written}" is in capitals', passage.place(run[0]), hint)


def _runs(passage: Analysed) -> Iterator[list[int]]:
    run: list[int] = []
    for position in passage.capitals:
        between = passage.words[run[-1] + 1 : position] if run else []
        if run and any(word.plain not in _ONE_LETTER for word in between):
            yield run
            run = []
        run.append(position)
    yield run
