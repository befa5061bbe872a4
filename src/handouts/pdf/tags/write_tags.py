"""Write the structure tree into the PDF (ISO 32000-1, 14.7)."""

from collections.abc import Sequence
from typing import Any, Final

import pydyf

from handouts.pdf.finish.pdf_side import PaintedSide
from handouts.pdf.tags.node import Content, LinkArea, Node

_KEPT_EMPTY: Final = frozenset({"TD", "TH"})  # the rows of a table have the same number of cells


def write_tags(pdf: pydyf.PDF, root: Node, pages: Sequence[PaintedSide]) -> None:
    """Fill the structure tree that WeasyPrint left empty, for it saw none of the boxes of these pages.

    Raises RuntimeError when something was painted that the tree does not hold.
    """
    tree = _indirect(pdf, pdf.catalog["StructTreeRoot"])
    writer = _Writer(pdf, pages)
    writer.fill(_indirect(pdf, tree["K"][0]), root)
    parents = writer.parents()
    _indirect(pdf, tree["ParentTree"])["Nums"] = pydyf.Array([entry for pair in enumerate(parents) for entry in pair])
    tree["ParentTreeNextKey"] = len(parents)
    if writer.identified:
        names = [
            entry for name, element in sorted(writer.identified.items()) for entry in (pydyf.String(name), element)
        ]
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})


class _Writer:
    """Makes structure elements, and remembers which marks and annotations belong to which of them."""

    def __init__(self, pdf: pydyf.PDF, pages: Sequence[PaintedSide]) -> None:
        self.identified: dict[str, bytes] = {}
        self._pdf = pdf
        self._pages = pages
        self._references = pdf.page_references
        self._owners: dict[pydyf.Stream, dict[int, pydyf.Dictionary]] = {page.stream: {} for page in pages}
        self._annotations: list[tuple[pydyf.Dictionary, pydyf.Dictionary]] = []

    def fill(self, element: pydyf.Dictionary, node: Node) -> bool:
        """Write what the node holds, and the element over it; tell whether there was anything to write."""
        element["K"] = kids = pydyf.Array()
        inner = []
        for kid in node.kids:
            if isinstance(kid, Content):
                kids.extend(self._content(kid, element))
            elif isinstance(kid, LinkArea):
                kids.extend(self._link(kid, element, node.description))
            else:
                below = _element(kid)
                if self.fill(below, kid):
                    inner.append(below)
                    kids.append(below.reference)
        if not kids and node.type not in _KEPT_EMPTY:
            return False
        if node.type == "Link" and not any(owner is element for _, owner in self._annotations):
            element["S"] = "/Span"  # its target is in no page
            element.pop("Alt", None)
        if element.number is None:
            self._pdf.add_object(element)
        for below in inner:
            below["P"] = element.reference
        if node.texts.get("ID"):
            self.identified[node.texts["ID"]] = element.reference
        return True

    def parents(self) -> list[Any]:
        """Give the values of the parent tree: of each page, of each translucent group, of each annotation.

        The numbers of the groups and annotations are set here; those of the pages were set by WeasyPrint.
        """
        if sum(len(page.marks) for page in self._pages) != sum(map(len, self._owners.values())):
            raise RuntimeError("something was painted that was not read")
        values: list[Any] = []
        for stream, owners in self._owners.items():
            if len(values) >= len(self._pages):
                stream.extra["StructParents"] = len(values)
            values.append(pydyf.Array([owners[number].reference for number in range(len(owners))]))
        for annotation, owner in self._annotations:
            annotation["StructParent"] = len(values)
            values.append(owner.reference)
        return values

    def _content(self, content: Content, element: pydyf.Dictionary) -> list[Any]:
        """Refer to a mark, shortly where it is on the element's own page; to none where the box was not painted."""
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

    def _link(self, area: LinkArea, element: pydyf.Dictionary, description: str) -> list[Any]:
        """Refer to the annotation of a link and describe it; to none where the link leads nowhere."""
        annotation = area.box.link_annotation
        if annotation is None:
            return []
        if description:
            annotation["Contents"] = pydyf.String(description)
        self._annotations.append((annotation, element))
        entries = {"Type": "/OBJR", "Pg": self._references[area.page], "Obj": annotation.reference}
        return [pydyf.Dictionary(entries)]


def _element(node: Node) -> pydyf.Dictionary:
    element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.type}"})
    element.update({name: pydyf.String(text) for name, text in node.texts.items() if text})
    owners = [pydyf.Dictionary({"O": f"/{owner}"} | values) for owner, values in node.attributes.items() if values]
    if owners:
        element["A"] = pydyf.Array(owners)
    return element


def _indirect(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    return pdf.objects[int(reference.split()[0])]
