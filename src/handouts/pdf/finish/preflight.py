"""What a document lacks that no finishing can add."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from handouts.language.tags import is_language_tag
from handouts.pdf.tags.node import Node
from handouts.pdf.tags.structure_reader import Reading
from handouts.problems.exceptions import HandoutsError

_HEADINGS: Final = ("H1", "H2", "H3", "H4", "H5", "H6")


class NotAccessibleError(HandoutsError, ValueError):
    """The document lacks what no finishing can add; `reasons` says what."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        """Keep the reasons."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class NotForPressError(HandoutsError, ValueError):
    """The document cannot be printed in four inks; `reasons` says why."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        """Keep the reasons."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def check(reading: Reading, *, title: str | None, language: str) -> None:
    """Raise NotAccessibleError with all that is wrong.

    ISO 14289-1 asks for a title (7.1), a language (7.2), text alternatives of pictures (7.3), and headings that begin
    at level 1 and leave no level out (7.4.2).
    """
    reasons = []
    if not title:
        reasons.append("the document has no title")
    if not is_language_tag(language):
        reasons.append(f'"{language}" is no language tag')
    reasons += [f"a picture has no text alternative: {picture}" for picture in reading.unnamed]
    reasons += [
        f"a heading of level {lower} comes {f'after one of level {level}' if level else 'first'}"
        for level, lower in pairwise([0, *_heading_levels(reading.root)])
        if lower > level + 1
    ]
    if reasons:
        raise NotAccessibleError(tuple(reasons))


def _heading_levels(node: Node) -> Iterator[int]:
    if node.type in _HEADINGS:
        yield int(node.type[1])
    for inner in node.nodes():
        yield from _heading_levels(inner)
