"""Count the elements that an SVG file draws: references to references can grow without bound."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from handouts.problems.exceptions import HandoutsError

_REFERENCE = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)", re.IGNORECASE)
_MAX_CHAIN = 20
# These draw their target once. Colors and markers pass on to every element within.
_DRAWN_ONCE = frozenset({"href", "mask", "clip-path"})


class TooManyElementsError(HandoutsError):
    """A drawing draws too many elements, or refers to itself."""


@dataclass(slots=True)
class _Element:
    tag: str
    references: list[tuple[str, str]]  # names of properties, with the id that each refers to
    points: int
    end: int = 0  # the index after that of its last descendant


class DrawnElements:
    """Counts the elements that are drawn, fed by a parser of the drawing."""

    def __init__(self) -> None:
        """Start without elements."""
        self._elements: list[_Element] = []
        self._open: list[int] = []
        self._by_id: dict[str, list[int]] = {}
        self._counts: dict[int, int] = {}

    @property
    def count(self) -> int:
        """How many elements have started."""
        return len(self._elements)

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open)

    def start(self, tag: str, attributes: Sequence[tuple[str, str]]) -> None:
        """Add an element that starts."""
        index = len(self._elements)
        points = sum(len(value) for name, value in attributes if name in {"d", "points"}) // 2 + 1
        self._elements.append(_Element(tag, list(_find_references(attributes)), points))
        self._open.append(index)
        for name, value in attributes:
            if name == "id":
                self._by_id.setdefault(value, []).append(index)

    def end(self) -> None:
        """Close the element that started last."""
        self._elements[self._open.pop()].end = len(self._elements)

    def check(self, limit: int) -> None:
        """Raise TooManyElementsError if more than `limit` elements would be drawn."""
        self._count_drawn(0, limit, 0)

    def _count_drawn(self, index: int, limit: int, chain: int) -> int:
        if chain > _MAX_CHAIN:
            raise TooManyElementsError
        if index not in self._counts:
            total = 0
            for position in range(index, self._elements[index].end):
                element = self._elements[position]
                total += element.tag != "stop"  # a step of a gradient
                for name, identifier in element.references:
                    for target in self._by_id.get(identifier, ()):
                        total += self._count_uses(position, name) * self._count_drawn(target, limit, chain + 1)
                if total > limit:
                    raise TooManyElementsError
            self._counts[index] = total
        return self._counts[index]

    def _count_uses(self, index: int, name: str) -> int:
        if name in _DRAWN_ONCE:
            return 1
        within = self._elements[index : self._elements[index].end]
        return sum(element.points if name.startswith("marker") else 1 for element in within)


def _find_references(attributes: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for name, value in attributes:
        if name == "href":
            yield name, unquote(value.removeprefix("#"))
        elif name == "style":
            for declaration in value.split(";"):
                style, _, content = declaration.partition(":")
                yield from _find_urls(style.strip().lower(), content)
        else:
            yield from _find_urls(name, value)


def _find_urls(name: str, value: str) -> Iterator[tuple[str, str]]:
    if "(" in value:
        for match in _REFERENCE.finditer(value):
            yield name, unquote(match[1])
