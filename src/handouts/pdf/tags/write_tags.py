"""Writes the structure tree into the PDF (ISO 32000-1, 14.7)."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

import pydyf
from weasyprint.pdf.stream import Stream

from handouts.pdf.finish.marks import Mark
from handouts.pdf.finish.pdf_side import PdfSide
from handouts.pdf.layers.holes import fill_with_slot
from handouts.pdf.layers.open_objects import OpenNumbers
from handouts.pdf.tags.node import Box, Content, Gap, LinkArea, Node


class PaintedPart(Protocol):
    """What was painted: its stream, None if it is a form, and its marks."""

    stream: Stream | None
    marks: dict[Box, Mark]


_ALLOWED_EMPTY: Final = frozenset({"TD", "TH"})  # all rows of a table need the same number of cells


def write_tags(pdf: pydyf.PDF, root: Node, pages: Sequence[PdfSide]) -> None:
    """Fill the structure tree, which WeasyPrint left empty because a `PdfSide` has no boxes to tag.

    Raises RuntimeError if something was painted that is not in the tree.
    """
    tree = _find_object(pdf, pdf.catalog["StructTreeRoot"])
    writer = _Writer(pdf, pages, pdf.page_references)
    writer.write(_find_object(pdf, tree["K"][0]), root)
    parents = writer.make_parent_tree()
    _find_object(pdf, tree["ParentTree"])["Nums"] = pydyf.Array(
        [entry for pair in enumerate(parents) for entry in pair]
    )
    tree["ParentTreeNextKey"] = len(parents)
    if writer.elements_by_id:
        names = [
            entry for name, element in sorted(writer.elements_by_id.items()) for entry in (pydyf.String(name), element)
        ]
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})


def write_slot_tags(
    pdf: OpenNumbers, root: pydyf.Dictionary, node: Node, part: PaintedPart, page: bytes
) -> list[tuple[Any, Any]]:
    """Write the structure of a slot below an element; return the objects that have entries in the parent tree.

    `page` is the reference to its page. Returns pairs of a stream or annotation
    and its value in the parent tree. Raises RuntimeError if something was painted that is not in the structure tree.
    """
    writer = _Writer(pdf, [part], [page])
    writer.write(root, node)
    return writer.make_slot_entries()


class _Writer:
    """Writes structure elements, and records which marks and annotations belong to which of them."""

    def __init__(self, pdf: pydyf.PDF | OpenNumbers, pages: Sequence[PaintedPart], references: Sequence[bytes]) -> None:
        self.elements_by_id: dict[str, bytes] = {}
        self._pdf = pdf
        self._pages = pages
        self._references = references
        self._owners: dict[pydyf.Stream, dict[int, pydyf.Dictionary]] = {page.stream: {} for page in pages}
        self._annotations: list[tuple[pydyf.Dictionary, pydyf.Dictionary]] = []

    def write(self, element: pydyf.Dictionary, node: Node) -> bool:
        """Write the content of a node, then its element; return False if there is nothing to write."""
        element["K"] = kids = pydyf.Array()
        children = []
        for kid in node.kids:
            if isinstance(kid, Content | Gap | LinkArea):
                kids.extend(self._write_leaf(kid, element, node.description))
                continue
            child = _make_structure_element(kid)
            if self.write(child, kid):
                children.append(child)
                kids.append(child.reference)
        if not kids and node.type not in _ALLOWED_EMPTY:
            return False
        if node.type == "Link" and not any(owner is element for _, owner in self._annotations):
            element["S"] = "/Span"  # its target is on none of the pages
            element.pop("Alt", None)
        if element.number is None:
            self._pdf.add_object(element)
        for child in children:
            child["P"] = element.reference
        if node.texts.get("ID"):
            self.elements_by_id[node.texts["ID"]] = element.reference
        return True

    def _write_leaf(self, kid: Content | Gap | LinkArea, element: pydyf.Dictionary, description: str) -> list[Any]:
        if isinstance(kid, Content):
            return self._write_content(kid, element)
        if isinstance(kid, LinkArea):
            return self._write_link(kid, element, description)
        return [fill_with_slot(kid.box, element)]

    def make_parent_tree(self) -> list[Any]:
        """Return the values of the parent tree: for each page, each translucent group, each annotation.

        Sets the numbers of the groups and annotations; WeasyPrint set those of the pages. Raises RuntimeError if
        something was painted that is not in the structure tree.
        """
        self._check_completeness()
        values: list[Any] = []
        for stream, owners in self._owners.items():
            if len(values) >= len(self._pages):
                stream.extra["StructParents"] = len(values)
            values.append(pydyf.Array([owners[number].reference for number in range(len(owners))]))
        for annotation, owner in self._annotations:
            annotation["StructParent"] = len(values)
            values.append(owner.reference)
        return values

    def make_slot_entries(self) -> list[Any]:
        """Return each stream and annotation, and its value in the parent tree."""
        self._check_completeness()
        return [
            *(
                (stream, pydyf.Array([owners[number].reference for number in range(len(owners))]))
                for stream, owners in self._owners.items()
                if owners
            ),
            *((annotation, owner.reference) for annotation, owner in self._annotations),
        ]

    def _check_completeness(self) -> None:
        if sum(len(page.marks) for page in self._pages) != sum(map(len, self._owners.values())):
            raise RuntimeError("something was painted that is not in the structure tree")

    def _write_content(self, content: Content, element: pydyf.Dictionary) -> list[Any]:
        """Return the reference to a mark, in short form on the element's page; nothing if the box was not painted."""
        page = self._pages[content.page]
        mark = page.marks.get(content.box)
        if mark is None:
            return []
        self._owners.setdefault(mark.stream, {})[mark.number] = element
        reference = self._references[content.page]
        in_group = mark.stream is not page.stream
        if element.setdefault("Pg", reference) == reference and not in_group:
            return [mark.number]
        entries = {"Type": "/MCR", "Pg": reference, "MCID": mark.number}
        return [pydyf.Dictionary(entries | ({"Stm": mark.stream.reference} if in_group else {}))]

    def _write_link(self, area: LinkArea, element: pydyf.Dictionary, description: str) -> list[Any]:
        """Describe the annotation of a link and return a reference to it; nothing if the link leads nowhere."""
        annotation = area.box.link_annotation
        if annotation is None:
            return []
        if description:
            annotation["Contents"] = pydyf.String(description)
        self._annotations.append((annotation, element))
        entries = {"Type": "/OBJR", "Pg": self._references[area.page], "Obj": annotation.reference}
        return [pydyf.Dictionary(entries)]


def _make_structure_element(node: Node) -> pydyf.Dictionary:
    element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.type}"})
    element.update({name: pydyf.String(text) for name, text in node.texts.items() if text})
    owners = [pydyf.Dictionary({"O": f"/{owner}"} | values) for owner, values in node.attributes.items() if values]
    if owners:
        element["A"] = pydyf.Array(owners)
    return element


def _find_object(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    return pdf.objects[int(reference.split()[0])]
