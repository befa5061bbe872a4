"""Prohibitions of an original that are none in its translation: "Do not take it" without a word of negation."""

import re
from collections.abc import Sequence
from typing import Final

from handouts.check.plain_language.printed_texts import PrintedText
from handouts.check.rules.translated_numbers import collect_parts
from handouts.check.rules.translations import find_originals
from handouts.language.tags import is_same_language
from handouts.model.library import Handout, Library
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_LOST_NEGATION: Final = Rule(
    code="lost-negation",
    severity=Severity.WARNING,
    title="a translation has no negation where its original forbids something",
    why="Patients would do what harms them.",
    source="45 CFR 92.201, accurate translation (https://www.ecfr.gov/current/title-45/section-92.201)",
    message='nothing here says "not", and {original} forbids: "{words}"',
    hint="compare it with the original; accept it if it says the same in other words",
)
RULES: Final = (_LOST_NEGATION,)

_FORBIDS: Final = re.compile(r"(?:^|[.!?:;]\s+)((?:Do not|Don['\u2019]t|Never)\b(?:\s+[^\s.!?]+){0,5})")
# Words and syllables of negation, and verbs that forbid.
_NEGATIONS: Final = {
    "es": (
        r"\b(?:no|nunca|jam\u00e1s|ni|sin|tampoco|evite|evitar|deje de|nadie|nada)\b"
        r"|\b(?:proh[i\u00ed]b|ning[u\u00fa]n)"
    ),
    "vi": r"\b(?:kh\u00f4ng|\u0111\u1eebng|ch\u1edb|tr\u00e1nh|ch\u01b0a|c\u1ea5m|ng\u01b0ng)\b",
    "zh": "[\u4e0d\u52ff\u522b\u5225\u83ab\u65e0\u7121\u672a\u6ca1\u6c92\u7981\u5fcc\u514d]",
    "ar": (
        r"(?<!\w)(?:[\u0648\u0641])?(?:\u0644\u0627|\u0644\u0645|\u0644\u0646|\u0644\u064a\u0633|\u0644\u0623\u0644\u0627"
        r"|\u0623\u0644\u0627|\u063a\u064a\u0631|\u062f\u0648\u0646|\u0628\u062f\u0648\u0646|\u062a\u062c\u0646\u0628"
        r"|\u0627\u0645\u062a\u0646\u0639|\u0645\u0645\u0646\u0648\u0639|\u064a\u0645\u0646\u0639)(?!\w)"
    ),
}


def check_lost_negations(translation: Handout, library: Library, problems: Problems) -> None:
    """Report each part of a translation of an English handout that forbids less than its original, in some languages.

    Texts are compared one by one where both have as many of them, else the part as a whole.
    """
    negation = _NEGATIONS.get(translation.language.partition("-")[0].lower())
    for original in find_originals(translation, library):
        if negation is None or not is_same_language(original.language, "en"):
            continue
        parts = collect_parts(original)
        for name, (_, texts) in collect_parts(translation).items():
            if name in parts:
                _compare(texts, parts[name][1], negation, original.place.file, problems)


def _compare(
    texts: Sequence[PrintedText], originals: Sequence[PrintedText], negation: str, file: str, problems: Problems
) -> None:
    pairs = [([own], other) for own, other in zip(texts, originals, strict=False)]
    if len(texts) != len(originals):
        pairs = [([*texts], other) for other in originals]
    for own, other in pairs:
        forbidden = _FORBIDS.search(other.text)
        if forbidden and own and not any(re.search(negation, text.text, re.IGNORECASE) for text in own):
            problems.add(_LOST_NEGATION.at(own[0].place(0), original=file, words=forbidden[1]))
