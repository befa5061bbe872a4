"""Reads laid-out pages into a structure tree, and separates artifacts from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from handouts.pdf.layers.holes import Hole
from handouts.pdf.tags import roles
from handouts.pdf.tags.elements import Elements
from handouts.pdf.tags.node import Box, Content, Gap, LinkArea, Node

if TYPE_CHECKING:
    from weasyprint.document import Page

    from handouts.model.imposition import Placed, Side

_LAYOUT: Final = "/Layout"
_PAGINATION: Final = "/Pagination"


@dataclass(frozen=True, slots=True)
class Structure:
    """The structure tree of a document.

    `artifacts` are the boxes that are not part of it, with the type of artifact (ISO 32000-1, 14.8.2.2.2).
    `unnamed_pictures` are the pictures without text alternative.
    """

    root: Node
    artifacts: Mapping[Box, str]
    unnamed_pictures: tuple[str, ...]


def read_structure(pages: Sequence["Page"], sides: Iterable["Side"]) -> Structure:
    """Read the pages of a document in order, whichever side of a sheet they are on."""
    reader = _Reader()
    positions = {placed.page: (number, side, placed) for number, side in enumerate(sides) for placed in side.placed}
    for number, page in enumerate(pages):
        reader.read(page, *positions[number])
    _demote_captions(reader.elements.root)
    return Structure(reader.elements.root, MappingProxyType(reader.artifacts), tuple(reader.elements.unnamed_pictures))


def read_part(box: Box, outer: str, links: Iterable[Box]) -> Structure:
    """Read a box as content of a structure element of type `outer`, which is the root; its origin is that of the page.

    `links` are the boxes in it that can be clicked.
    """
    reader = _Reader()
    reader.elements.root.type = outer
    reader.links = frozenset(map(unwrap, links))
    reader.visit(box, reader.elements.root)
    _demote_captions(reader.elements.root)
    return Structure(reader.elements.root, MappingProxyType(reader.artifacts), tuple(reader.elements.unnamed_pictures))


def unwrap(box: Box) -> Box:
    """Return the box of a placeholder, which marks where an absolute box was taken out of the flow."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001 - no public way


def _demote_captions(node: Node) -> bool:
    """Turn captions without a figure or table into paragraphs; return whether the node contains a figure or table.

    The pictures of a figure may be hidden from readers if the caption says everything that they show.
    """
    has_object = node.type in {"Figure", "Table"}
    for inner in node.nodes():
        has_object = _demote_captions(inner) or has_object
    if node.type == "Div" and not has_object:
        for inner in node.nodes():
            if inner.type == "Caption":
                inner.type = "P" if all(part.type in roles.INLINE for part in inner.nodes()) else "Div"
    return has_object


class _Reader:
    """Walks the boxes of all pages in order."""

    def __init__(self) -> None:
        self.elements = Elements()
        self.artifacts: dict[Box, str] = {}
        self._number = 0
        self.links: frozenset[Box] = frozenset()

    def read(self, page: "Page", number: int, side: "Side", placed: "Placed") -> None:
        self.elements.origin = (placed.x, side.height - placed.y)
        self._number = number
        self.links = frozenset(unwrap(box) for kind, _, _, box in page.links if kind in {"internal", "external"})
        self.visit(page._page_box, self.elements.root)  # noqa: SLF001 - no public way to the boxes

    def visit(self, box: Box, outer: Node) -> None:
        box = unwrap(box)
        if isinstance(box, boxes.MarginBox) or self._is_repeated(box):
            self._add_artifact(box, _PAGINATION)
        elif _is_decoration(box):
            self._add_artifact(box, _LAYOUT)
        elif isinstance(getattr(box, "replacement", None), Hole):
            outer.kids.append(Gap(box))
        else:
            self._add_content(box, self.elements.node_for(box, outer))

    def _add_content(self, box: Box, outer: Node) -> None:
        if isinstance(box, boxes.TextBox):
            outer.for_text().kids.append(Content(box, self._number))
        elif isinstance(box, boxes.ReplacedBox):
            outer.kids.append(Content(box, self._number))
        for child in box.children:
            self.visit(child, outer)
        if box in self.links:
            # An annotation belongs to a Link (ISO 14289-1, 7.18.5), also if a style sheet made it.
            link = next((node for node in outer.lineage() if node.type == "Link"), None) or outer.append(Node("Link"))
            link.kids.append(LinkArea(box, self._number))

    def _add_artifact(self, box: Box, kind: str) -> None:
        self.artifacts[box] = kind
        for child in box.children:
            self._add_artifact(unwrap(child), kind)

    def _is_repeated(self, box: Box) -> bool:
        """Return whether the box repeats earlier content: heads and feet of tables, fixed boxes."""
        is_head_or_foot = isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer)
        return (is_head_or_foot or box.style["position"] == "fixed") and self.elements.contains(box)


def _is_decoration(box: Box) -> bool:
    if isinstance(box, boxes.TextBox) and not box.text.strip():
        return True  # nothing is drawn except perhaps an underline
    if isinstance(box, boxes.ReplacedBox) and "::" in box.element_tag:
        return True  # pictures of a style sheet cannot have a text alternative
    return box.element is not None and roles.is_decoration(box.element)
