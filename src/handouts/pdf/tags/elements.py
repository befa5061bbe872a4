"""Give each HTML element its node.

WeasyPrint's own tags follow the boxes of its layout, with one structure element for each fragment of an HTML element.
Here an HTML element has one node, wherever its fragments are painted. So a paragraph, list or table that goes on in the
next column or on the next page stays one, and anonymous boxes do not show.
"""

from typing import Final
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.formatting_structure import boxes

from handouts.pdf.tags import roles
from handouts.pdf.tags.node import Box, Node

_POINTS_PER_PIXEL: Final = 0.75
_SEPARATE: Final = frozenset({"footnote-call", "footnote-marker", "marker"})  # pseudo-elements with a node of their own
_PARAGRAPHS: Final = frozenset({"H1", "H2", "H3", "H4", "H5", "H6", "P"})


class Elements:
    """The nodes of the elements met so far.

    `origin` is the top left corner of the page being read, in CSS pixels from the bottom left of the page of the PDF.
    """

    def __init__(self) -> None:
        """Begin with a root that holds nothing."""
        self.root = Node("Document")
        self.unnamed: list[str] = []
        self.origin = (0.0, 0.0)
        self._homes: dict[tuple[Element, str], Node] = {}
        self._last_notes: dict[Node, Node] = {}  # of each paragraph
        self._note_count = 0

    def knows(self, box: Box) -> bool:
        """Tell whether the element of the box has been met."""
        return box.element is not None and (box.element, "") in self._homes

    def home(self, box: Box, outer: Node) -> Node:
        """Give the node that takes the content of the box, which stands in a box whose content goes to the outer one.

        The node is made at the first fragment of an element.
        """
        if box.element is None or outer.opaque:
            return outer
        pseudo = box.element_tag.partition("::")[2]
        key = (box.element, pseudo if pseudo in _SEPARATE else "")
        if key not in self._homes:
            self._homes[key] = (
                self._open_pseudo(box.element, pseudo, outer) if key[1] else self._open(box, box.element, outer)
            )
        return self._homes[key]

    def _open_pseudo(self, element: Element, pseudo: str, outer: Node) -> Node:
        if pseudo == "footnote-call":
            return outer.for_text().append(Node("Reference"))
        if pseudo == "footnote-marker":
            return outer.append(Node("Lbl"))
        item = outer.parent
        if item is None or item.type != "LI" or self._homes.get((element, "")) is not outer:
            return outer  # the marker of something that stands in no list
        return item.prepend(Node("Lbl"))

    def _open(self, box: Box, element: Element, outer: Node) -> Node:
        call = self._homes.get((element, "footnote-call"))
        if call is not None:
            node = self._open_note(call)
        elif isinstance(box, boxes.ReplacedBox) or roles.is_picture(element):
            node = outer.append(self._picture(box, element))
        else:
            kind = roles.structure_type(element, inline=isinstance(box, boxes.InlineLevelBox))
            if kind is None:
                return outer
            node = _place(kind, box, element, outer)
            if kind == "Link":
                node.description, node.texts["Alt"] = roles.link_description(element), roles.link_name(element)
            elif kind == "Note":
                self._identify(node)
        node.texts |= {"Lang": roles.language(element), "E": roles.expansion(element)}
        return node

    def _identify(self, note: Node) -> None:
        """Give a note an ID of its own (ISO 14289-1, 7.9)."""
        self._note_count += 1
        note.texts["ID"] = f"note-{self._note_count}"

    def _picture(self, box: Box, element: Element) -> Node:
        alternative = roles.text_alternative(element)
        if not alternative:
            self.unnamed.append(element.get("src") or f"<{element.tag.rpartition('}')[2]}>")
        left, top = self.origin[0] + box.content_box_x(), self.origin[1] - box.content_box_y()
        bounds = (left, top - box.height, left + box.width, top)
        layout = {"BBox": pydyf.Array(round(edge * _POINTS_PER_PIXEL, 3) for edge in bounds)}
        return Node("Figure", texts={"Alt": alternative}, attributes={"Layout": layout}, opaque=True)

    def _open_note(self, call: Node) -> Node:
        """Put a footnote after the paragraph that calls it: inside it would cut the sentence in two."""
        note = Node("Note")
        self._identify(note)
        block = next(node for node in call.lineage() if node.type not in roles.INLINE)
        if block.type not in _PARAGRAPHS or block.parent is None:
            return block.append(note)
        block.parent.insert_after(self._last_notes.get(block, block), note)
        self._last_notes[block] = note
        return note


def _place(kind: str, box: Box, element: Element, outer: Node) -> Node:
    """Add a node for an element, with what stands around it where it cannot stand alone; give that for its content."""
    if kind in {"LI", "Lbl", "LBody"} or (outer.type == "L" and kind not in {"Caption", "L"}):
        return _place_in_list(kind, box, outer)
    node = (outer.for_text() if kind in roles.INLINE else outer).append(Node(kind))
    if kind in {"TD", "TH"}:
        in_head = any(ancestor.type == "THead" for ancestor in node.lineage())
        node.attributes["Table"] = roles.cell_attributes(element, box.colspan, box.rowspan, in_head=in_head)
    return node


def _place_in_list(kind: str, box: Box, outer: Node) -> Node:
    """Build L > LI > Lbl, LBody (ISO 32000-1, 14.8.4.3.3), in which HTML has dl > dt, dd or dl > div > dt, dd too."""
    if kind == "Lbl" and outer.type == "LBody" and outer.parent is not None:
        return outer.parent.prepend(Node(kind))
    if kind == "Lbl" and outer.type == "Note":
        return outer.append(Node(kind))
    if outer.type not in {"L", "LI"}:
        return outer.append(Node("Div"))
    if kind in {"Lbl", "LBody"}:
        return (outer if outer.type == "LI" else _description(outer, kind)).append(Node(kind))
    item = outer.append(Node("LI"))
    if kind == "Div":
        return item
    outer.attributes.setdefault("List", {"ListNumbering": roles.list_numbering(box.style["list_style_type"])})
    return item.append(Node("LBody"))


def _description(outer: Node, kind: str) -> Node:
    """Give the item of a description list that a dt or dd belongs to: the last, unless a dt follows a dd."""
    last = outer.last()
    if last is not None and (kind == "LBody" or all(inner.type == "Lbl" for inner in last.nodes())):
        return last
    return outer.append(Node("LI"))
