"""Read laid-out pages into a structure tree: what is said, in which order, and what is only looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from handouts.pdf.tags import roles
from handouts.pdf.tags.elements import Elements
from handouts.pdf.tags.node import Box, Content, LinkArea, Node

if TYPE_CHECKING:
    from weasyprint.document import Page

    from handouts.model.imposition import Placed, Side

_LAYOUT: Final = "/Layout"
_PAGINATION: Final = "/Pagination"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says.

    `artifacts` are the boxes of which readers are not told, with the type of artifact (ISO 32000-1, 14.8.2.2.2).
    `unnamed` are the pictures that have no text alternative.
    """

    root: Node
    artifacts: Mapping[Box, str]
    unnamed: tuple[str, ...]


def read_pages(pages: Sequence["Page"], sides: Iterable["Side"]) -> Reading:
    """Read the pages of one document, in their order, wherever they stand on the sides of sheets."""
    reader = _Reader()
    spots = {spot.page: (number, side, spot) for number, side in enumerate(sides) for spot in side.placed}
    for number, page in enumerate(pages):
        reader.read(page, *spots[number])
    _mend_captions(reader.elements.root)
    return Reading(reader.elements.root, MappingProxyType(reader.artifacts), tuple(reader.elements.unnamed))


def laid_out(box: Box) -> Box:
    """Give the box itself for the placeholder that stands where it was taken out of the flow."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001 - there is no public way


def _mend_captions(node: Node) -> bool:
    """Make paragraphs of captions beside which there is nothing that they describe; tell whether there is such a thing.

    The pictures of a figure can be hidden from readers, when the caption says all that they show.
    """
    shown = node.type in {"Figure", "Table"}
    for inner in node.nodes():
        shown = _mend_captions(inner) or shown
    if node.type == "Div" and not shown:
        for inner in node.nodes():
            if inner.type == "Caption":
                inner.type = "P" if all(part.type in roles.INLINE for part in inner.nodes()) else "Div"
    return shown


class _Reader:
    """Walks the boxes of one page after another."""

    def __init__(self) -> None:
        self.elements = Elements()
        self.artifacts: dict[Box, str] = {}
        self._number = 0
        self._links: frozenset[Box] = frozenset()

    def read(self, page: "Page", number: int, side: "Side", spot: "Placed") -> None:
        self.elements.origin = (spot.x, side.height - spot.y)
        self._number = number
        self._links = frozenset(laid_out(box) for kind, _, _, box in page.links if kind in {"internal", "external"})
        self._visit(page._page_box, self.elements.root)  # noqa: SLF001 - WeasyPrint shows its boxes nowhere else

    def _visit(self, box: Box, home: Node) -> None:
        box = laid_out(box)
        if isinstance(box, boxes.MarginBox) or self._is_repeated(box):
            self._drop(box, _PAGINATION)
        elif _is_decoration(box):
            self._drop(box, _LAYOUT)
        else:
            self._keep(box, self.elements.home(box, home))

    def _keep(self, box: Box, home: Node) -> None:
        if isinstance(box, boxes.TextBox):
            home.for_text().kids.append(Content(box, self._number))
        elif isinstance(box, boxes.ReplacedBox):
            home.kids.append(Content(box, self._number))
        for child in box.children:
            self._visit(child, home)
        if box in self._links:
            # An annotation belongs to a Link (ISO 14289-1, 7.18.5), also where it was made by a style sheet.
            link = next((node for node in home.lineage() if node.type == "Link"), None) or home.append(Node("Link"))
            link.kids.append(LinkArea(box, self._number))

    def _drop(self, box: Box, kind: str) -> None:
        self.artifacts[box] = kind
        for child in box.children:
            self._drop(laid_out(child), kind)

    def _is_repeated(self, box: Box) -> bool:
        """Tell whether the box says once more what was said before: heads and feet of tables, fixed boxes."""
        repeats = isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer)
        return (repeats or box.style["position"] == "fixed") and self.elements.knows(box)


def _is_decoration(box: Box) -> bool:
    if isinstance(box, boxes.TextBox) and not box.text.strip():
        return True  # nothing is drawn but, at most, an underline
    if isinstance(box, boxes.ReplacedBox) and "::" in box.element_tag:
        return True  # pictures made by a style sheet can have no text alternative
    return box.element is not None and roles.is_decoration(box.element)
