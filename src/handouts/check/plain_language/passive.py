"""The passive voice, estimated: a form of "to be" and a participle, perhaps with an adverb or "not" between them."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from handouts.check.plain_language.analysis import Analysed, AnalysedUnit
from handouts.check.plain_language.rules import PASSIVE_VOICE
from handouts.check.plain_language.word import Word
from handouts.problems.problem import Problem
from handouts.schema.plain_language import PlainLanguage

_BE: Final = frozenset(
    re.findall(
        r"\S+",
        """
    am is are was were be been being isn't aren't wasn't weren't
    """,
    )
)
_IRREGULAR: Final = frozenset(
    re.findall(
        r"\S+",
        """
    beaten begun bent bitten blown bought bound broken brought built burnt cast caught chosen cut dealt done drawn
    driven drunk eaten fed felt forgotten found frozen given grown heard held hidden hit hurt kept known laid led
    left lent lost made meant met paid put read run said seen sent set sewn shaken shown shut sold spent split
    spread stuck sung swollen taken taught thought thrown told torn understood used woken worn written
    """,
    )
)
# Participles that are mostly adjectives: they tell how someone feels or what something is like.
_ADJECTIVES: Final = frozenset(
    re.findall(
        r"\S+",
        """
    advanced afraid ashamed bored complicated concerned confused crowded dehydrated depressed divorced embarrassed
    excited exhausted experienced frightened hundred infected interested involved limited married need needed
    pleased red related relaxed retired satisfied scared skilled stressed supposed surprised swollen tired upset
    used worried wounded
    """,
    )
)
_BETWEEN: Final = frozenset(
    re.findall(
        r"\S+",
        """
    not never always often also usually sometimes still then only being been
    """,
    )
)
_SHORTEST: Final = 4
_FEWEST_SENTENCES: Final = 10
_SHOWN: Final = 3


def passive_share(units: Sequence[AnalysedUnit]) -> tuple[int, int, tuple[tuple[Analysed, int], ...]]:
    """Count sentences in the passive voice and all sentences, and give where the former start."""
    passive: list[tuple[Analysed, int]] = []
    count = 0
    for unit in units:
        for passage in unit.passages:
            if not passage.is_prose:
                continue
            for start, end in passage.sentences:
                if end - start >= _SHORTEST:
                    count += 1
                    if is_passive(passage.words[start:end]):
                        passive.append((passage, start))
    return len(passive), count, tuple(passive)


def is_passive(words: Sequence[Word]) -> bool:
    """Guess whether a sentence is in the passive voice."""
    for position, word in enumerate(words):
        if word.key not in _BE:
            continue
        for after in words[position + 1 : position + 3]:
            if _is_participle(after.key):
                return True
            if after.key not in _BETWEEN and not after.key.endswith("ly"):
                break
    return False


def _is_participle(word: str) -> bool:
    if word in _ADJECTIVES:
        return False
    return word in _IRREGULAR or (word.endswith("ed") and len(word) > _SHORTEST)


def too_passive(units: Sequence[AnalysedUnit], settings: PlainLanguage) -> Iterator[Problem]:
    """Report that too many sentences are in the passive voice, where the first of them starts."""
    passive, count, where = passive_share(units)
    if count < _FEWEST_SENTENCES or 100 * passive <= settings.passive_percent * count:
        return
    message = f"about {passive} of {count} sentences are in the passive voice, more than {settings.passive_percent:g} %"
    lines = ", ".join(dict.fromkeys(str(passage.place(start).line) for passage, start in where[:_SHOWN]))
    first, start = where[0]
    yield PASSIVE_VOICE.found(message, first.place(start), f"say who does what; the first are on lines {lines}")
