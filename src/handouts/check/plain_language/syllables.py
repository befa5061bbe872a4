"""How many syllables an English word has.

Rules with few exceptions, since a pronouncing dictionary takes 3.7 MB and the better part of a second to load. Measured
on the words of CMUdict that Dale and Chall count as easy: 98 of 100 have the same number.
"""

import re
from functools import lru_cache
from typing import Final

_EXCEPTIONS: Final = {
    word: count
    for count, words in {
        1: "friend friends guide guides drawer",
        2: "being business sometimes something someone science people evening maybe safety million billion onion "
        "fashion cushion hundred wicked sacred quiet poem giant fuel cruel marriage carriage junior diet dying "
        "trying lying doctor liquid lifestyle baseline Wednesday chocolate",
        3: "area areas idea ideas medicine everyone everything different interested interesting vegetable policeman "
        "diabetes theater cereal",
        4: "everybody anesthesia anaesthesia",
    }.items()
    for word in words.lower().split()
}
# What follows an e that is not spoken: state-ment, safe-ly, some-thing.
_ENDING: Final = re.compile(
    r"(?:(?<=ic)ally|(?<=[a-z]{3})(?:ly|ness|ments?|less|ful|hood|ship|wards?|thing|where|time|body|sel(?:f|ves)|work|side|some|land"
    r"|how|one))$"
)
_TWO_SYLLABLES: Final = frozenset(["body"])
_SILENT: Final = re.compile(
    r"(?:(?<![^aeiouy]l)(?<=[^aeiouy])e|(?<=[gu])ue|(?<=[^ytdl])ed|(?<=[aeiouyl]l)ed"
    r"|(?<![cs]h)(?<=[^aeiouysxzcgl])es|(?<=[aeiouy]l)es)$"
)
_VOWELS: Final = re.compile(r"[aeiouy]+")
# Two vowels side by side that are spoken one after the other: di-et, me-di-um, ne-on.
_APART: Final = re.compile(
    r"(?<![tscg])i(?:o(?!us)|a(?!ge))(?!u)|(?<=[tscg])ia(?!l|n)|(?<=[tscg])io(?!n|us)|(?<=[^tscgx])ious|iu"
    r"|eo(?!u|pl|ns?$)|[^q]ui(?=t[iy]|d$|n[eg])|(?<![qg])ua(?!r[ad]|y)|(?<=[aeiouy])ing|cre(?=at)|(?<=[^aeiouy])ie(?=t)"
    r"|(?<=r)ie(?=n)|uou|yi|ya(?=l)"
)
_LONGEST: Final = 60


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Count the syllables of one word in small letters a to z; at least 1. No word has more than 60 letters counted."""
    known = _EXCEPTIONS.get(word)
    if known:
        return known
    stem, count = word[:_LONGEST], 0
    while ending := _ENDING.search(stem):
        count += 2 if ending.group() in _TWO_SYLLABLES else 1
        stem = stem[: ending.start()]
    count += stem.endswith("sm")
    spoken = _SILENT.sub("", stem)
    if not _VOWELS.search(spoken):
        spoken = stem
    return max(1, count + len(_VOWELS.findall(spoken)) + len(_APART.findall(spoken)))
