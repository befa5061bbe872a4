"""The lines to write on of a selection, such as a follow-up date: each can also be typed before one print."""

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from handouts.numbering.number import Numbered


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on: its id, and the label that says what to write."""

    id: str
    label: str


def list_blanks(numbered: Numbered) -> tuple[Blank, ...]:
    """Return the lines to write on in printed order, each once.

    An id that the handout and an insert both use, each for something else, is left out: a text that is typed for one
    would be printed on the other.
    """
    labels: dict[str, set[str]] = {}
    for token in _find_tokens(numbered):
        labels.setdefault(token.meta["id"], set()).add(token.meta["label"])
    return tuple(Blank(name, *found) for name, found in labels.items() if len(found) == 1)


def _find_tokens(numbered: Numbered) -> Iterator[Token]:
    for passage in numbered.passages.values():
        for body in passage.bodies:
            for token in body.tokens if body.blanks else ():
                yield from (child for child in token.children or () if child.type == "blank")
