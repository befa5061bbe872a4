"""The passive voice, estimated: a form of "to be" and a participle, perhaps with an adverb or "not" between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handouts.check.plain_language.analysis import AnalyzedText, AnalyzedUnit
from handouts.check.plain_language.words import Word
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule
from handouts.schema.plain_language import PlainLanguage

_PASSIVE_VOICE: Final = Rule(
    code="passive-voice",
    severity=Severity.WARNING,
    title="too many sentences are in the passive voice",
    why="Active sentences say who does what, and are understood faster. The share is an estimate: every form of "
    '"to be" with a participle counts as passive.',
    source="AHRQ PEMAT-P, https://www.ahrq.gov/health-literacy/patient-education/pemat-p.html (item 5), read as at "
    "least 80 percent active: https://pmc.ncbi.nlm.nih.gov/articles/PMC5839932/",
    message="about {passive} of {count} sentences are in the passive voice, more than {limit:g} %",
    hint="say who does what; the first of them are on lines {lines}",
)
RULES: Final = (_PASSIVE_VOICE,)

_FORMS_OF_BE: Final = frozenset(
    re.findall(
        r"\S+",
        """
    am is are was were be been being isn't aren't wasn't weren't
    """,
    )
)
_IRREGULAR_PARTICIPLES: Final = frozenset(
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
# Participles that are mostly adjectives: they say how someone feels or what something is like.
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
_ALLOWED_BETWEEN: Final = frozenset(
    re.findall(
        r"\S+",
        """
    not never always often also usually sometimes still then only being been
    """,
    )
)
_SHORTEST_SENTENCE: Final = 4  # words
_SHORTEST_PARTICIPLE: Final = 5  # letters, of those that end in "ed"
_FEWEST_SENTENCES: Final = 10
_SHOWN_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class PassiveSentences:
    """The sentences in the passive voice, each with its text and first word; `count` is that of all sentences."""

    count: int
    starts: tuple[tuple[AnalyzedText, int], ...]

    @property
    def passive(self) -> int:
        """The number of sentences in the passive voice."""
        return len(self.starts)


def find_passive_sentences(units: Sequence[AnalyzedUnit]) -> PassiveSentences:
    """Find the sentences in the passive voice; very short sentences are not counted at all."""
    count = 0
    starts: list[tuple[AnalyzedText, int]] = []
    for text in (text for unit in units for text in unit.texts if text.is_prose):
        for start, end in text.sentences:
            if end - start >= _SHORTEST_SENTENCE:
                count += 1
                if is_passive(text.words[start:end]):
                    starts.append((text, start))
    return PassiveSentences(count, tuple(starts))


def is_passive(words: Sequence[Word]) -> bool:
    """Return whether a sentence is probably in the passive voice."""
    for position, word in enumerate(words):
        if word.key not in _FORMS_OF_BE:
            continue
        for following in words[position + 1 : position + 3]:
            if _is_participle(following.key):
                return True
            if following.key not in _ALLOWED_BETWEEN and not following.key.endswith("ly"):
                break
    return False


def _is_participle(word: str) -> bool:
    if word in _ADJECTIVES:
        return False
    return word in _IRREGULAR_PARTICIPLES or (word.endswith("ed") and len(word) >= _SHORTEST_PARTICIPLE)


def check_passive_voice(units: Sequence[AnalyzedUnit], settings: PlainLanguage, problems: Problems) -> None:
    """Report once, at the first passive sentence, that too many sentences are in the passive voice."""
    sentences = find_passive_sentences(units)
    limit = settings.passive_percent
    if sentences.count < _FEWEST_SENTENCES or 100 * sentences.passive <= limit * sentences.count:
        return
    lines = dict.fromkeys(str(text.place(start).line) for text, start in sentences.starts[:_SHOWN_LINES])
    text, start = sentences.starts[0]
    problems.add(
        _PASSIVE_VOICE.at(
            text.place(start), passive=sentences.passive, count=sentences.count, limit=limit, lines=", ".join(lines)
        )
    )
