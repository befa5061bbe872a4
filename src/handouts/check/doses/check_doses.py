"""Reports notations of doses that are known to be misread, in any text that a patient reads."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from handouts.check.doses.abbreviations import find_abbreviations
from handouts.check.doses.notations import NOTATIONS
from handouts.check.patterns import Found
from handouts.check.plain_language.printed_texts import PrintedText
from handouts.language.tags import is_same_language
from handouts.problems.collector import Problems

_TEXTS: Final = 5_000  # a handout with fields is checked for each practice, and most texts of it are the same
_MAY_HAVE_NOTATIONS: Final = re.compile(
    r"[\d@]|\b[Il|]O|\b(?:teaspoon|tablespoon|tsp|tbsp|[IVX]+\b)|tablet|pill|capsule|drop|puff"
)


def check_doses(texts: Iterable[PrintedText], language: str, problems: Problems) -> None:
    """Report each notation once a place; abbreviations are only looked for in English."""
    is_english = is_same_language(language, "en")
    for text in texts:
        for one in _find_notations(text.text, is_english=is_english):
            problems.add(one.rule.at(text.place(one.position), found=one.words, safe=one.instead))


@lru_cache(_TEXTS)
def _find_notations(words: str, *, is_english: bool) -> tuple[Found, ...]:
    notations = NOTATIONS if _MAY_HAVE_NOTATIONS.search(words) else ()
    found = [one for notation in notations if is_english or not notation.is_english for one in notation.find(words)]
    return (*found, *(find_abbreviations(words) if is_english else ()))
