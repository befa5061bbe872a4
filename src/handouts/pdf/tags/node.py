"""The structure tree before it is written: structure elements and their content, in reading order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self
from xml.etree.ElementTree import Element

# Types that contain only blocks, so text directly in them needs a paragraph (ISO 32000-1, 14.8.4.2).
_GROUPING = frozenset({"Document", "Part", "Art", "Sect", "Div"})


class Box(Protocol):
    """The part of WeasyPrint's boxes that is used here; WeasyPrint publishes no types."""

    element: Element | None
    element_tag: str
    children: Sequence["Box"]
    style: Mapping[str, Any]  # computed values of CSS, of many types
    width: float
    height: float
    colspan: int
    rowspan: int
    link_annotation: Any  # the dictionary that WeasyPrint wrote for a link, None before that

    def content_box_x(self) -> float:
        """Return the distance of the content from the left of the page in CSS pixels."""

    def content_box_y(self) -> float:
        """Return the distance of the content from the top of the page in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Content:
    """A painted box: a run of text on one line, or a picture. Pages are those of the PDF, counted from 0."""

    box: Box
    page: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A place for the content of a slot; `box` takes its place on the page."""

    box: Box


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A box that can be clicked. Pages are those of the PDF, counted from 0."""

    box: Box
    page: int


@dataclass(slots=True, eq=False)
class Node:
    """A structure element: its standard type (ISO 32000-1, 14.8.4) and its content, in reading order."""

    type: str
    parent: Self | None = None
    kids: list[Self | Content | Gap | LinkArea] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    """Text entries of the element: Alt, E, ID, Lang."""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)  # any PDF value
    """Attributes by owner: List, Table, Layout."""
    description: str = ""
    """The description of a link; "" keeps the one that WeasyPrint wrote."""
    implied: bool = False
    """Created for text that is not in a paragraph."""
    opaque: bool = False
    """A picture made of elements: everything in it is part of the picture."""

    def append(self, node: Self) -> Self:
        """Add a node at the end and return it."""
        node.parent = self
        self.kids.append(node)
        return node

    def prepend(self, node: Self) -> Self:
        """Add a node at the start and return it."""
        node.parent = self
        self.kids.insert(0, node)
        return node

    def insert_after(self, sibling: Self, node: Self) -> None:
        """Add a node directly after one of the child nodes."""
        node.parent = self
        self.kids.insert(self.kids.index(sibling) + 1, node)

    def nodes(self) -> Iterator[Self]:
        """Yield the child nodes, without content and links."""
        return (kid for kid in self.kids if not isinstance(kid, Content | Gap | LinkArea))

    def last(self) -> Self | None:
        """Return the last child if it is a node."""
        kid = self.kids[-1] if self.kids else None
        return None if isinstance(kid, Content | Gap | LinkArea) else kid

    def for_text(self) -> Self:
        """Return the node for text: this one, or a paragraph in it if it can contain only blocks."""
        if self.type not in _GROUPING:
            return self
        last = self.last()
        return last if last is not None and last.implied else self.append(type(self)("P", implied=True))

    def lineage(self) -> Iterator[Self]:
        """Yield this node, its parent, and so on up to the root."""
        node: Self | None = self
        while node is not None:
            yield node
            node = node.parent
