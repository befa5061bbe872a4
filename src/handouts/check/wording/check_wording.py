"""Reports wording that hurts, frightens or misleads, in English texts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from handouts.check.patterns import Found, Pattern
from handouts.check.plain_language.printed_texts import PrintedText
from handouts.check.wording import people, quantities, risk, style, tone
from handouts.check.wording.risk import MIXED_DENOMINATORS, find_mixed_denominators, find_risks
from handouts.language.tags import is_same_language
from handouts.problems.collector import Problems

RULES: Final = (*people.RULES, *tone.RULES, *risk.RULES, *style.RULES, *quantities.RULES)

_WORD: Final = re.compile(r"[a-z][a-z'\u2019-]*")
_MARKS: Final = re.compile(r"[\d&(]")


def check_wording(texts: Iterable[PrintedText], language: str, problems: Problems) -> None:
    """Check the wording of English texts."""
    if not is_same_language(language, "en"):
        return
    all_texts = tuple(texts)
    for text in all_texts:
        for found in _find_wording(text.text):
            problems.add(found.rule.at(text.place(found.position), found=found.words, instead=found.instead))
    for text, position, words, other in find_mixed_denominators(all_texts):
        problems.add(MIXED_DENOMINATORS.at(text.place(position), found=words, other=other))


def _find_wording(text: str) -> list[Found]:
    words = set(_WORD.findall(text.lower()))
    patterns = {pattern: None for word in _BY_CUE.keys() & words for pattern in _BY_CUE[word]}
    found = [one for pattern in patterns for one in pattern.find(text)]
    if _MARKS.search(text):
        found += (one for pattern in _WITH_MARKS for one in pattern.find(text))
    found += find_risks(text)
    return sorted(found, key=lambda one: one.position)


def _index_cues(patterns: Sequence[Pattern]) -> Mapping[str, list[Pattern]]:
    by_cue: defaultdict[str, list[Pattern]] = defaultdict(list)
    for pattern in patterns:
        for cue in pattern.cues:
            by_cue[cue].append(pattern)
    return by_cue


_BY_CUE: Final = _index_cues((*people.PATTERNS, *tone.PATTERNS, *style.PATTERNS))
_WITH_MARKS: Final = tuple(pattern for pattern in (*style.PATTERNS, *quantities.PATTERNS) if not pattern.cues)
