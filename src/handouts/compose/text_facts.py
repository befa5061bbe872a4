"""Reads from the printed text what templates choose by: whether it is short, and which terms it explains."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from handouts.numbering.number import Numbered
from handouts.numbering.select import Selection

_MAX_WORDS_OF_SHORT_TEXT: Final = 350  # with its panel and references, they fill one page or both sides of a sheet
_UNSPACED_LETTER: Final = re.compile(r"[\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What templates need to know of the printed text.

    `is_short` if sections and blocks have at most 350 words. `explained_terms` are those of the glossary that the text
    explains: in parentheses after the term, or by the term in parentheses, as in "thin tubes (cannulas)".
    """

    is_short: bool
    explained_terms: tuple[str, ...]


def find_facts(numbered: Numbered) -> TextFacts:
    """Read the printed text."""
    texts = tuple(_read_texts(numbered))
    words = sum(map(_count_words, texts))
    return TextFacts(words <= _MAX_WORDS_OF_SHORT_TEXT, _find_explained_terms(numbered.selection, "\n".join(texts)))


def _find_explained_terms(selection: Selection, texts: str) -> tuple[str, ...]:
    terms = [entry.term for handout in selection.handouts for entry in handout.front.glossary]
    return tuple(
        term
        for word, term in ((re.escape(term), term) for term in terms)  # a plural may end in two letters more
        if re.search(rf"(?i)\b{word}\w{{0,2}}\s?\(|\((?:\w{{1,4}}\s)?{word}\w{{0,2}}\)", texts)
    )


def _count_words(text: str) -> float:
    """Return the number of words in a text; two Chinese or Japanese letters, which have no spaces, count as one."""
    others, count = _UNSPACED_LETTER.subn(" ", text)
    return len(others.split()) + count / 2


def _read_texts(numbered: Numbered) -> Iterable[str]:
    """Return the printed lines of all sections and blocks, as plain text."""
    for passage in numbered.passages.values():
        for body in passage.bodies:
            for token in body.tokens:
                if token.children:
                    yield "".join(" " if child.type == "softbreak" else child.content for child in token.children)
