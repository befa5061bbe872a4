"""Safety blocks and disclaimers: each says something in a whole sentence."""

import re
from collections.abc import Iterator
from typing import Final

from handouts.model.library import Block, Handout
from handouts.problems.collector import Problems
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule

NO_SENTENCE: Final = Rule(
    code="safety-without-sentence",
    severity=Severity.ERROR,
    title="a safety block or a disclaimer without a sentence",
    why='It cannot be left out, so that patients are warned: a stub such as "See below" warns of nothing. A release '
    "refuses it.",
    source="21 CFR 202.1(e)(5)(ii), fair balance (https://www.ecfr.gov/current/title-21/section-202.1); DISCERN, "
    "question 11 (https://jech.bmj.com/content/53/2/105)",
    message='{what} has no sentence: "{words}"',
    hint="say in a whole sentence what can go wrong and what to do",
)
RULES: Final = (NO_SENTENCE,)

_WORD: Final = re.compile(r"\w+(?:['\u2019-]\w+)*")
_LETTER: Final = re.compile(r"[^\W\d_]")
# Scripts that do not part words: Thai, Lao, Myanmar, Khmer, kana and Han.
_UNPARTED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_END: Final = re.compile(r"[.!?\u203d\u3002\uff01\uff1f\u061f\u06d4\u0964]")
_FEWEST_WORDS: Final = 3  # with a full stop: "Call 911 now."
_FEWEST_WITHOUT_STOP: Final = 6
_FEWEST_UNPARTED: Final = 6
_LONGEST_QUOTE: Final = 60


def check_safety_texts(handout: Handout, problems: Problems) -> None:
    """Report blocks and a disclaimer that have no sentence."""
    for what, text, place in _list_safety_texts(handout):
        if not _has_sentence(text):
            problems.add(NO_SENTENCE.at(place, what=what, words=text[:_LONGEST_QUOTE]))


def _list_safety_texts(handout: Handout) -> Iterator[tuple[str, str, Place]]:
    yield "the disclaimer", handout.front.disclaimer, handout.front_at.get(("disclaimer",), handout.place)
    for block in handout.blocks:
        yield f'the block "{block.id}"', _join_words(block), block.place


def _join_words(block: Block) -> str:
    children = (child for token in block.body.tokens for child in token.children or ())
    return " ".join(child.content for child in children if child.content.strip())


def _has_sentence(text: str) -> bool:
    words = {word.casefold() for word in _WORD.findall(text)}
    if len(_UNPARTED.findall(text)) >= _FEWEST_UNPARTED:
        return True
    if sum(bool(_LETTER.search(word)) for word in words) < 2:  # noqa: PLR2004 - one word is no sentence
        return False
    return len(words) >= (_FEWEST_WORDS if _END.search(text) else _FEWEST_WITHOUT_STOP)
