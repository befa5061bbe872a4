"""Abbreviations that nobody wrote out, and words in capitals that are none."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from handouts.check.plain_language.analysis import Analysed
from handouts.check.plain_language.explained import is_explained
from handouts.check.plain_language.rules import ALL_CAPITALS, UNDEFINED_ABBREVIATION, found
from handouts.check.plain_language.word import Word
from handouts.problem import Problem
from handouts.schema.plain_language import PlainLanguage

_EVERYDAY: Final = frozenset(
    re.findall(
        r"\S+",
        """
    AIDS AM ATM BBC COVID CD DIY DNA DVD EU FAQ GP GPS HIV ID NHS OK PC PDF PIN PM PO QR SMS SOS TV UK UN US USA UV
    VIP WC ZIP
    """,
    )
)
# Words that are put in capitals to press a point; longer words in capitals are no abbreviations either.
_STRESSED: Final = frozenset(
    re.findall(
        r"\S+",
        """
    ADVICE AFTER ALL ALWAYS AND ANY ARE ASK ATTENTION AVOID BEFORE CALL CANNOT CAUTION CHECK DANGER DO DONT DURING
    EACH EVER EVERY FIRST FOR GET GO HELP HOW IF IN IS IT KEEP LOOK MAY MORE MOST MUST MY NEED NEVER NEW NO NOT NOTE
    NOW OF OFF ON ONCE ONLY OR OUR OUT OVER PAIN PLEASE READ RISK RISKS SAFE SEE STOP TAKE TELL THAT THE THEN THIS
    TO UNTIL UP USE VERY WAIT WARN WARNING WHAT WHEN WHERE WHO WHY WILL WITH YES YOU YOUR
    """,
    )
)
_LONGEST_ABBREVIATION: Final = 5
_ROMAN: Final = re.compile(r"(?!IV$)(?:X{0,3})(?:IX|IV|V?I{0,3})")
_PARTS: Final = re.compile(r"[A-Z0-9]+")
_PLURAL: Final = re.compile(r"([A-Z]{2,})s")
_BEFORE: Final = 8  # words in which the initials are looked for


def abbreviations(passage: Analysed, settings: PlainLanguage, explained: set[str]) -> Iterator[Problem]:
    """Report abbreviations at their first use if they are not written out; `explained` has those that need no more."""
    for position, word in enumerate(passage.words):
        short = abbreviation(word)
        if not short or short in _EVERYDAY or short in explained or short in settings.abbreviations:
            continue
        explained.add(short)
        if position in passage.named or is_explained(passage, position, position + 1):
            continue
        if not spells(short, [before.key for before in passage.words[max(0, position - _BEFORE) : position]]):
            message = f'the abbreviation "{short}" is not written out'
            hint = f"write the words out, then ({short}); or put it into the glossary"
            yield found(UNDEFINED_ABBREVIATION, message, passage.place(position), hint)


def abbreviation(word: Word) -> str:
    """Give the abbreviation that a word is, without the s of its plural; "" for other words."""
    plural = _PLURAL.fullmatch(word.plain)
    short = plural[1] if plural else word.plain if word.in_capitals else ""
    if len(short) < 2 or is_stressed(word) or not short.isalnum() or sum(map(str.isalpha, short)) < 2:  # noqa: PLR2004
        return ""
    return "" if _ROMAN.fullmatch(short) else short


def is_stressed(word: Word) -> bool:
    """Tell whether a word in capitals is no abbreviation."""
    if not word.in_capitals:
        return False
    letters = word.plain.replace("'", "").replace("\u2019", "")
    longest = max(map(len, _PARTS.findall(letters)))
    return letters in _STRESSED or (longest > _LONGEST_ABBREVIATION and letters.replace("-", "").isalpha())


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
    run: list[int] = []
    for position, word in enumerate([*passage.words, None]):
        if word and (word.in_capitals or (run and word.plain in {"A", "I"})):
            run.append(position)
            continue
        if any(is_stressed(passage.words[n]) for n in run):
            written = " ".join(passage.words[n].plain for n in run)
            hint = "use small letters; **bold** stands out"
            yield found(ALL_CAPITALS, f'"{written}" is in capitals', passage.place(run[0]), hint)
        run = []
