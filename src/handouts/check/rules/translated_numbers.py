"""Numbers of a translation: those of each section, block and the front matter are the same as in the original."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from handouts.check.plain_language.printed_texts import PrintedText, find_printed_texts, split_into_units
from handouts.check.rules.translations import find_originals
from handouts.model.library import Block, Handout, Library, Section
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule

OTHER_NUMBERS: Final = Rule(
    code="other-numbers",
    severity=Severity.WARNING,
    title="a section of a translation has other numbers than its original",
    why="A dose or a phone number may be wrong or missing, or that of an earlier version of the original.",
    source="45 CFR 92.201, accurate translation (https://www.ecfr.gov/current/title-45/section-92.201)",
    message="the numbers are not those of {original}: {differences}",
    hint="compare it with the original; accept it if a number is written in words there, or in another unit",
)
RULES: Final = (OTHER_NUMBERS,)

_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_HALF_DAY: Final = 12
_MOST_SHOWN: Final = 5

_Number = tuple[str, int, PrintedText]


def check_translated_numbers(translation: Handout, library: Library, problems: Problems) -> None:
    """Report each part of a translation whose numbers are not those of the handout in the language of the project.

    Marks of decimals and thousands, digits of other scripts and hours of 12 or 24 make no difference.
    """
    for original in find_originals(translation, library):
        parts = collect_parts(original)
        for name, (place, texts) in collect_parts(translation).items():
            if name in parts:
                _compare(place, texts, parts[name][1], original.place.file, problems)


def collect_parts(handout: Handout) -> Mapping[str, tuple[Place, Sequence[PrintedText]]]:
    """Return the texts of the front matter and, by id, of each section and block, with their places."""
    parts: dict[str, tuple[Place, Sequence[PrintedText]]] = {
        "": (handout.place, split_into_units(handout)[0].texts),
    }
    printed_parts: tuple[Section | Block, ...] = (*handout.sections, *handout.blocks)
    for printed in printed_parts:
        title = (PrintedText(printed.title, "heading", printed.place),) if printed.title else ()
        parts[printed.id] = printed.place, (*title, *find_printed_texts(printed.body))
    return parts


def _compare(
    place: Place, texts: Sequence[PrintedText], originals: Sequence[PrintedText], file: str, problems: Problems
) -> None:
    own, others = [*_find_numbers(texts)], [*_find_numbers(originals)]
    added = Counter(number for number, _, _ in own) - Counter(number for number, _, _ in others)
    lost = Counter(number for number, _, _ in others) - Counter(number for number, _, _ in own)
    shown = [f"{_list(numbers)} {word}" for numbers, word in ((added, "added"), (lost, "missing")) if numbers]
    if shown:
        first = next((text.place(offset) for number, offset, text in own if number in added), place)
        problems.add(OTHER_NUMBERS.at(first, differences=", ".join(shown), original=file))


def _find_numbers(texts: Sequence[PrintedText]) -> Iterator[_Number]:
    """Yield each number in one form, with its text and its offset there."""
    for text in texts:
        for found in _NUMBER.finditer(text.text):
            yield _normalize(found.group()), found.start(), text


def _normalize(number: str) -> str:
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in number)
    hour, colon, minutes = digits.partition(":")
    if colon:
        return f"{int(hour[-4:]) % _HALF_DAY}:{minutes}" if hour.isdigit() else digits
    return re.sub("[.,]", "", digits) if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")


def _list(numbers: Counter[str]) -> str:
    shown = [f'"{number}"' for number in numbers.elements()]
    return ", ".join(shown[:_MOST_SHOWN]) + (" ..." if len(shown) > _MOST_SHOWN else "")
