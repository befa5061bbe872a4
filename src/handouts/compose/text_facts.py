"""Reads from the printed text what templates choose by: whether it is short, and which terms it explains."""

import re
from dataclasses import dataclass
from typing import Final

from handouts.model.library import Body
from handouts.numbering.number import Numbered
from handouts.system.cache import Cache, IdentityMemo

_MAX_WORDS_OF_SHORT_TEXT: Final = 350  # with its panel and references, they fill one page or both sides of a sheet
_CAPACITY: Final = 5_000  # bodies
_UNSPACED_LETTER: Final = re.compile(r"[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What templates need to know of the printed text.

    `is_short` if sections and blocks have at most 350 words. `explained_terms` are those of the glossary that the text
    explains: in parentheses after the term, or by the term in parentheses, as in "thin tubes (cannulas)".
    """

    is_short: bool
    explained_terms: tuple[str, ...]


class TextFactsFinder:
    """Finds the facts of numbered selections; each body is read once."""

    def __init__(self) -> None:
        """Create empty caches."""
        self._read: IdentityMemo[Body, tuple[str, float]] = IdentityMemo(_read_body, _CAPACITY)
        self._explained: Cache[tuple[str, str], bool] = Cache(_CAPACITY)

    def __call__(self, numbered: Numbered) -> TextFacts:
        """Return the facts of a numbered selection."""
        read = [self._read(body) for passage in numbered.passages.values() for body in passage.bodies]
        terms = [entry.term for handout in numbered.selection.handouts for entry in handout.front.glossary]
        return TextFacts(
            sum(words for _, words in read) <= _MAX_WORDS_OF_SHORT_TEXT,
            tuple(term for term in terms if any(self._explains(text, term) for text, _ in read)),
        )

    def _explains(self, text: str, term: str) -> bool:
        known = self._explained.get((text, term))
        if known is None:
            known = _explains(text, term)
            self._explained.put((text, term), known)
        return known


def _explains(text: str, term: str) -> bool:
    word = re.escape(term)  # a plural may end in two letters more
    return bool(re.search(rf"(?i)\b{word}\w{{0,2}}\s?\(|\((?:\w{{1,4}}\s)?{word}\w{{0,2}}\)", text))


def _read_body(body: Body) -> tuple[str, float]:
    """Return the printed lines of a body as plain text, and the number of words in it."""
    lines = [
        "".join(" " if child.type == "softbreak" else child.content for child in token.children)
        for token in body.tokens
        if token.children
    ]
    return "\n".join(lines), sum(map(_count_words, lines))


def _count_words(text: str) -> float:
    """Return the number of words in a text; two Chinese or Japanese letters, which have no spaces, count as one."""
    others, count = _UNSPACED_LETTER.subn(" ", text)
    return len(others.split()) + count / 2
