"""The structure tree before it is written: what a reader is told, in the order in which it is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self
from xml.etree.ElementTree import Element

# Types that hold blocks only, so text directly in them stands in a paragraph (ISO 32000-1, 14.8.4.2).
_GROUPING = frozenset({"Document", "Part", "Art", "Sect", "Div"})


class Box(Protocol):
    """What is used of WeasyPrint's boxes, which publish no types."""

    element: Element | None
    element_tag: str
    children: Sequence["Box"]
    style: Mapping[str, Any]  # computed values of CSS, each of a type of its own
    width: float
    height: float
    colspan: int
    rowspan: int
    link_annotation: Any  # the dictionary that WeasyPrint wrote for a link, None before that

    def content_box_x(self) -> float:
        """Give the distance of the content from the left of the page in CSS pixels."""

    def content_box_y(self) -> float:
        """Give the distance of the content from the top of the page in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Content:
    """A painted box: a run of text on one line, or a picture. Pages are those of the PDF, counted from 0."""

    box: Box
    page: int


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A box that can be clicked. Pages are those of the PDF, counted from 0."""

    box: Box
    page: int


@dataclass(slots=True, eq=False)
class Node:
    """A structure element: its standard type (ISO 32000-1, 14.8.4) and what it holds, in reading order."""

    type: str
    parent: Self | None = None
    kids: list[Self | Content | LinkArea] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    """Text entries of the element: Alt, E, ID, Lang."""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)  # any PDF value
    """Attributes by owner: List, Table, Layout."""
    description: str = ""
    """What a link says of itself; "" leaves it at what WeasyPrint says."""
    implied: bool = False
    """Made for text that stood in no paragraph."""
    opaque: bool = False
    """A picture drawn with elements: whatever stands in it is part of the picture."""

    def append(self, node: Self) -> Self:
        """Put the node last, and give it back."""
        node.parent = self
        self.kids.append(node)
        return node

    def prepend(self, node: Self) -> Self:
        """Put the node first, and give it back."""
        node.parent = self
        self.kids.insert(0, node)
        return node

    def insert_after(self, sibling: Self, node: Self) -> None:
        """Put the node right after one of those in this one."""
        node.parent = self
        self.kids.insert(self.kids.index(sibling) + 1, node)

    def nodes(self) -> Iterator[Self]:
        """Give the nodes in this one, without its own content."""
        return (kid for kid in self.kids if not isinstance(kid, Content | LinkArea))

    def last(self) -> Self | None:
        """Give the last node in this one, unless something else is last."""
        kid = self.kids[-1] if self.kids else None
        return None if isinstance(kid, Content | LinkArea) else kid

    def for_text(self) -> Self:
        """Give the node that takes text: this one, or a paragraph in it where it can hold blocks only."""
        if self.type not in _GROUPING:
            return self
        last = self.last()
        return last if last is not None and last.implied else self.append(type(self)("P", implied=True))

    def lineage(self) -> Iterator[Self]:
        """Give this node, its parent, and so on up to the root."""
        node: Self | None = self
        while node is not None:
            yield node
            node = node.parent
