"""Compares two versions of a passage word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final, Literal

from handouts.language.amounts import find_amounts
from handouts.review.spans import Span, write_plainly

Kind = Literal["same", "added", "removed"]
_WORD: Final = re.compile(r"\w+(?:[.,:/'\u2019-]\w+)*|\s+|\S")
_MOST_WORDS: Final = 2_000  # of a passage that is compared word by word


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that were kept, added or removed; `is_citation` if they are numbers of sources."""

    kind: Kind
    text: str
    is_citation: bool = False


def measure_similarity(old: str, new: str) -> float:
    """Return the share of words that two texts have in common, from 0 to 1."""
    before, after = ([word for word in _WORD.findall(text) if word.strip()][:_MOST_WORDS] for text in (old, new))
    return SequenceMatcher(None, before, after, autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, an amount such as "5 mg", a citation or a space; equal if it stands for the same."""

    stands_for: str
    text: str = field(compare=False)
    is_citation: bool = field(default=False, compare=False)


def compare_words(old: Sequence[Span], new: Sequence[Span]) -> tuple[Piece, ...]:
    """Return two versions of a passage as one, in pieces: what was removed stands before what was added.

    In a passage of more than 2,000 words, all of the old ones were removed and all of the new ones added.
    """
    before, after = _split(old), _split(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return (*(Piece("removed", one.text) for one in before), *(Piece("added", one.text) for one in after))
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            pieces += _join("same", after[new_start:new_end])
        else:
            pieces += [*_join("removed", before[old_start:old_end]), *_join("added", after[new_start:new_end])]
    return tuple(pieces)


def _split(spans: Sequence[Span]) -> list[_Token]:
    """Return spans as words; an amount is one word, so that "5 mg" becomes "10 mg" and not "10"."""
    tokens: list[_Token] = []
    text = ""
    for span in (*spans, Span("", means=" ")):
        if not span.means:
            text += write_plainly([span])
            continue
        position = 0
        for start, end in [*find_amounts(text), (len(text), len(text))]:
            tokens += (_Token(word, word) for word in _WORD.findall(text[position:start]))
            if end > start:
                tokens.append(_Token(text[start:end], text[start:end]))
            position = end
        if span.text:
            tokens.append(_Token(span.means, write_plainly([span]), is_citation=True))
        text = ""
    return tokens


def _join(kind: Kind, tokens: Sequence[_Token]) -> Iterator[Piece]:
    """Yield pieces of neighboring words; a citation is a piece of its own."""
    words: list[str] = []
    for token in tokens:
        if token.is_citation:
            if words:
                yield Piece(kind, "".join(words))
            yield Piece(kind, token.text, is_citation=True)
            words = []
        else:
            words.append(token.text)
    if words:
        yield Piece(kind, "".join(words))
