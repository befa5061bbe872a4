"""How large a drawing gets once its references are followed: copies of copies can grow without bound."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from handouts.problems.exceptions import HandoutsError

_REFERENCE = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)", re.IGNORECASE)
_MAX_CHAIN = 20
# What is drawn once where it is named. Colors and markers pass on to every element within.
_ONCE = frozenset({"href", "mask", "clip-path"})


class TooLargeError(HandoutsError):
    """A drawing that would be too large, or refers to itself."""


@dataclass(slots=True)
class _Element:
    tag: str
    references: list[tuple[str, str]]  # the property and the id that it names
    points: int
    end: int = 0  # the index after that of its last descendant


class Growth:
    """Counts the elements that are drawn, while a parser goes through a drawing."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._elements: list[_Element] = []
        self._open: list[int] = []
        self._by_id: dict[str, list[int]] = {}
        self._drawn: dict[int, int] = {}

    @property
    def count(self) -> int:
        """How many elements there are."""
        return len(self._elements)

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open)

    def start(self, tag: str, attributes: Sequence[tuple[str, str]]) -> None:
        """Take the start of an element."""
        index = len(self._elements)
        points = sum(len(value) for name, value in attributes if name in {"d", "points"}) // 2 + 1
        self._elements.append(_Element(tag, list(_references(attributes)), points))
        self._open.append(index)
        for name, value in attributes:
            if name == "id":
                self._by_id.setdefault(value, []).append(index)

    def end(self) -> None:
        """Take the end of an element."""
        self._elements[self._open.pop()].end = len(self._elements)

    def check(self, limit: int) -> None:
        """Raise TooLargeError if more elements than the limit would be drawn."""
        self._draw(0, limit, 0)

    def _draw(self, index: int, limit: int, chain: int) -> int:
        if chain > _MAX_CHAIN:
            raise TooLargeError
        if index not in self._drawn:
            total = 0
            for position in range(index, self._elements[index].end):
                element = self._elements[position]
                total += element.tag != "stop"  # a step of a gradient
                for name, identifier in element.references:
                    for target in self._by_id.get(identifier, ()):
                        total += self._times(position, name) * self._draw(target, limit, chain + 1)
                if total > limit:
                    raise TooLargeError
            self._drawn[index] = total
        return self._drawn[index]

    def _times(self, index: int, name: str) -> int:
        if name in _ONCE:
            return 1
        within = self._elements[index : self._elements[index].end]
        return sum(element.points if name.startswith("marker") else 1 for element in within)


def _references(attributes: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, value in attributes:
        if name == "href":
            yield name, unquote(value.removeprefix("#"))
        elif name == "style":
            for declaration in value.split(";"):
                style, _, content = declaration.partition(":")
                yield from _named(style.strip().lower(), content)
        else:
            yield from _named(name, value)


def _named(name: str, value: str) -> Iterator[tuple[str, str]]:
    if "(" in value:
        for found in _REFERENCE.finditer(value):
            yield name, unquote(found[1])
