"""Captions of figures and icon arrays that only repeat the sentence before them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from handouts.check.markdown_texts import MarkdownText, find_texts
from handouts.model.library import Body
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_REPEATED: Final = Rule(
    code="repeated-caption",
    severity=Severity.WARNING,
    title="a caption repeats the sentence before its figure or icons",
    why="Readers go over the same words twice, and look for a difference where there is none.",
    source="docs/syntax.md, blocks",
    message='the caption repeats the sentence before it: "{sentence}"',
    hint="write the fact once, in the caption",
)
RULES: Final = (_REPEATED,)

_CAPTIONED: Final = frozenset({"figure", "icon-array"})
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
_WORD: Final = re.compile(r"\w+")
_FEWEST_WORDS: Final = 4  # a label such as "In adults" is no repetition
_SHARE_REPEATED: Final = 0.8


def check_captions(bodies: Iterable[Body], problems: Problems) -> None:
    """Check each caption against the paragraph before its block, or before the row of blocks that it is in."""
    for body in bodies:
        for caption, before in _find_captions(body):
            sentence = next(filter(None, (_find_repeated(words, before) for words in _split(caption.words))), None)
            if sentence:
                problems.add(_REPEATED.at(caption.place(), sentence=sentence))


def _find_captions(body: Body) -> Iterator[tuple[MarkdownText, str]]:
    """Yield each caption with the words of the paragraph before it."""
    if body.origin is None:
        return
    texts = {id(text.token): text for text in find_texts(body, body.origin)}
    blocks: list[str] = []
    before = ""
    for token in body.tokens:
        if token.type == "container_block_open":
            blocks.append(token.meta["name"])
        elif token.type == "container_block_close":
            blocks.pop()
        elif token.type == "inline":
            text = texts[id(token)]
            if blocks and blocks[-1] in _CAPTIONED:
                yield text, before
            else:
                before = text.words


def _find_repeated(words: str, before: str) -> str:
    """Return the sentence before that has nearly all words of a sentence, "" if none has."""
    caption = _count_words(words)
    if caption.total() < _FEWEST_WORDS:
        return ""
    return next(
        (
            " ".join(sentence.split())
            for sentence in _split(before)
            if (caption & _count_words(sentence)).total() >= _SHARE_REPEATED * caption.total()
        ),
        "",
    )


def _split(text: str) -> list[str]:
    return _SENTENCE_END.split(text.strip())


def _count_words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))
