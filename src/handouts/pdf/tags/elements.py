"""Makes the node of each HTML element in the structure tree.

WeasyPrint's own tags follow its layout boxes, with one structure element for each fragment of an HTML element. Here an
HTML element has one node, wherever its fragments are painted: a paragraph, list or table that continues in the next
column or on the next page stays one, and anonymous boxes leave no trace.
"""

from typing import Final
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.formatting_structure import boxes

from handouts.pdf.tags import roles
from handouts.pdf.tags.node import Box, Node

_POINTS_PER_PIXEL: Final = 0.75
_SEPARATE: Final = frozenset({"footnote-call", "footnote-marker", "marker"})  # pseudo-elements with their own node
_PARAGRAPHS: Final = frozenset({"H1", "H2", "H3", "H4", "H5", "H6", "P"})


class Elements:
    """The nodes of the elements read so far.

    `origin` is the top left corner of the page being read, in CSS pixels from the bottom left of the page of the PDF.
    """

    def __init__(self) -> None:
        """Start with an empty root."""
        self.root = Node("Document")
        self.unnamed_pictures: list[str] = []
        self.origin = (0.0, 0.0)
        self._nodes: dict[tuple[Element, str], Node] = {}
        self._last_notes: dict[Node, Node] = {}  # of each paragraph
        self._note_count = 0

    def contains(self, box: Box) -> bool:
        """Return whether the element of the box has a node."""
        return box.element is not None and (box.element, "") in self._nodes

    def node_for(self, box: Box, outer: Node) -> Node:
        """Return the node for the content of a box; `outer` is the node of the box around it.

        The node is created at the first fragment of an element.
        """
        if box.element is None or outer.opaque:
            return outer
        pseudo = box.element_tag.partition("::")[2]
        key = (box.element, pseudo if pseudo in _SEPARATE else "")
        if key not in self._nodes:
            self._nodes[key] = (
                self._create_for_pseudo(box.element, pseudo, outer) if key[1] else self._create(box, box.element, outer)
            )
        return self._nodes[key]

    def _create_for_pseudo(self, element: Element, pseudo: str, outer: Node) -> Node:
        if pseudo == "footnote-call":
            return outer.for_text().append(Node("Reference"))
        if pseudo == "footnote-marker":
            return outer.append(Node("Lbl"))
        item = outer.parent
        if item is None or item.type != "LI" or self._nodes.get((element, "")) is not outer:
            return outer  # the marker of an element outside of lists
        return item.prepend(Node("Lbl"))

    def _create(self, box: Box, element: Element, outer: Node) -> Node:
        call = self._nodes.get((element, "footnote-call"))
        if call is not None:
            node = self._create_note(call)
        elif isinstance(box, boxes.ReplacedBox) or roles.is_picture(element):
            node = outer.append(self._create_figure(box, element))
        else:
            kind = roles.structure_type(element, inline=isinstance(box, boxes.InlineLevelBox))
            if kind is None:
                return outer
            node = _append(kind, box, element, outer)
            if kind == "Link":
                node.description, node.texts["Alt"] = roles.link_description(element), roles.link_name(element)
            elif kind == "Note":
                self._set_id(node)
        node.texts |= {"Lang": roles.language(element), "E": roles.expansion(element)}
        return node

    def _set_id(self, note: Node) -> None:
        """Set the unique ID that a note needs (ISO 14289-1, 7.9)."""
        self._note_count += 1
        note.texts["ID"] = f"note-{self._note_count}"

    def _create_figure(self, box: Box, element: Element) -> Node:
        alternative = roles.text_alternative(element)
        if not alternative:
            self.unnamed_pictures.append(element.get("src") or f"<{element.tag.rpartition('}')[2]}>")
        left, top = self.origin[0] + box.content_box_x(), self.origin[1] - box.content_box_y()
        bounds = (left, top - box.height, left + box.width, top)
        layout = {"BBox": pydyf.Array(round(edge * _POINTS_PER_PIXEL, 3) for edge in bounds)}
        return Node("Figure", texts={"Alt": alternative}, attributes={"Layout": layout}, opaque=True)

    def _create_note(self, call: Node) -> Node:
        """Insert a footnote after the paragraph that refers to it: inside, it would interrupt the sentence."""
        note = Node("Note")
        self._set_id(note)
        block = next(node for node in call.lineage() if node.type not in roles.INLINE)
        if block.type not in _PARAGRAPHS or block.parent is None:
            return block.append(note)
        block.parent.insert_after(self._last_notes.get(block, block), note)
        self._last_notes[block] = note
        return note


def _append(kind: str, box: Box, element: Element, outer: Node) -> Node:
    """Append a node, creating required wrappers (L > LI > LBody); return the node for the content."""
    if kind in {"LI", "Lbl", "LBody"} or (outer.type == "L" and kind not in {"Caption", "L"}):
        return _append_in_list(kind, box, outer)
    node = (outer.for_text() if kind in roles.INLINE else outer).append(Node(kind))
    if kind in {"TD", "TH"}:
        in_head = any(ancestor.type == "THead" for ancestor in node.lineage())
        node.attributes["Table"] = roles.cell_attributes(element, box.colspan, box.rowspan, in_head=in_head)
    return node


def _append_in_list(kind: str, box: Box, outer: Node) -> Node:
    """Append to L > LI > Lbl, LBody (ISO 32000-1, 14.8.4.3.3); HTML also has dl > dt, dd and dl > div > dt, dd."""
    if kind == "Lbl" and outer.type == "LBody" and outer.parent is not None:
        return outer.parent.prepend(Node(kind))
    if kind == "Lbl" and outer.type == "Note":
        return outer.append(Node(kind))
    if outer.type not in {"L", "LI"}:
        return outer.append(Node("Div"))
    if kind in {"Lbl", "LBody"}:
        return (outer if outer.type == "LI" else _find_description_item(outer, kind)).append(Node(kind))
    item = outer.append(Node("LI"))
    if kind == "Div":
        return item
    outer.attributes.setdefault("List", {"ListNumbering": roles.list_numbering(box.style["list_style_type"])})
    return item.append(Node("LBody"))


def _find_description_item(outer: Node, kind: str) -> Node:
    """Return the item of a description list that a dt or dd belongs to: the last, or a new one if a dt follows a dd."""
    last = outer.last()
    if last is not None and (kind == "LBody" or all(inner.type == "Lbl" for inner in last.nodes())):
        return last
    return outer.append(Node("LI"))
