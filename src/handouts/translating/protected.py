"""What must stay the same in a translation: citations, fields, blanks, links and numbers."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "mark", "number"]

_MARK: Final = re.compile(
    r"""(?P<mark>
        \[@[^\]]+\] | \[\^[^\]]+\]                  # citations and notes
      | \{\{[^{}]*\}\}                              # fields
      | \[_+\]\{[^}]*?label=" | "[^"{}]*\}(?=[\s.,;:)]|$) # a blank, up to its label and after it
      | \[_+\](?:\{[^}]*\})?
      | \]\([^)\s]*(?:\s"[^"]*")?\)(?:\{[^}]*\})?   # the end of a link or picture
      | \]\{[^}]*\} | \{[^{}]*\}                    # the end of a passage; attributes
      | <https?://[^>\s]+> | https?://[^\s)>\]]+
      | \*\*|(?<!\w)_|_(?!\w)|\*|!?\[(?=[^\]]*\][({])
    )
    |(?P<number>\d+(?:[.,:/\u2013-]\d+)*)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: words, a mark that stays the same, or a number that does."""

    text: str
    kind: Kind


def split_protected(text: str) -> tuple[Piece, ...]:
    """Return the parts of a text, in order: joined, they are the text."""
    return tuple(_split(text))


def _split(text: str) -> Iterator[Piece]:
    position = 0
    for match in _MARK.finditer(text):
        if match.start() > position:
            yield Piece(text[position : match.start()], "text")
        yield Piece(match[0], "mark" if match["mark"] else "number")
        position = match.end()
    if position < len(text):
        yield Piece(text[position:], "text")


def find_differences(source: str, target: str) -> tuple[str, ...]:
    """Return what a translation lacks, as "-5", and what it has too much, as "+7"."""
    wanted, found = (
        Counter(piece.text for piece in split_protected(text) if piece.kind != "text") for text in (source, target)
    )
    missing, extra = (wanted - found).elements(), (found - wanted).elements()
    return (*(f"-{text}" for text in missing), *(f"+{text}" for text in extra))
