"""Paints laid-out pages on the sides of sheets, and keeps track of the marked content of each box."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from handouts.pdf.finish.printer_marks import SLUG, paint_crop_marks, paint_fold_marks
from handouts.pdf.layout.brand_colors import NO_COLORS
from handouts.pdf.tags.node import Box
from handouts.pdf.tags.structure_reader import unwrap

if TYPE_CHECKING:
    from weasyprint.document import Page

    from handouts.model.document import Makeup
    from handouts.model.imposition import Placed, Side

_MCID: Final = "MCID"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked-content sequence: its stream, and its number there, counted from 0."""

    stream: Stream
    number: int


class PdfSide:
    """A page of the PDF, made of laid-out pages, whose marked content is not tagged by WeasyPrint.

    Has the interface that WeasyPrint's writer expects of a page. Links in artifacts are left out.
    """

    def __init__(
        self,
        side: "Side",
        pages: Sequence["Page"],
        artifacts: Mapping[Box, str],
        makeup: "Makeup",
        colors: Mapping[bytes, bytes] = NO_COLORS,
    ) -> None:
        """Prepare a side; `pages` are all laid-out pages, `artifacts` maps boxes to their type of artifact.

        `colors` are operators that are replaced by others when the side is painted.
        """
        self.width, self.height = side.width, side.height
        self.marks: dict[Box, Mark] = {}
        self.stream: Stream | None = None
        self.forms: dict[None, list[Any]] = {None: []}
        self._side = side
        # In reading order, which is the order of the links too.
        self._placed = [(pages[spot.page], spot) for spot in sorted(side.placed, key=attrgetter("page"))]
        self._artifacts = artifacts
        self._makeup = makeup
        self._colors = colors
        first = pages[side.placed[0].page if side.placed else 0]
        edges = ("top", "right", "bottom", "left")
        self.bleed = dict.fromkeys(edges, SLUG) if makeup.press else first.bleed
        # WeasyPrint tags the children of this box, so it gets none.
        self._page_box = first._page_box.copy_with_children([])  # noqa: SLF001 - no public way to it
        self.anchors = {
            name: (left + spot.x, top + spot.y, right + spot.x, bottom + spot.y)
            for page, spot in self._placed
            for name, (left, top, right, bottom) in page.anchors.items()
            # The anchor of an element that continues on other pages is where the element begins.
            if not any(name in earlier.anchors for earlier in pages[: spot.page])
        }
        self.links = [
            (kind, target, (left + spot.x, top + spot.y, right + spot.x, bottom + spot.y), box)
            for page, spot in self._placed
            for kind, target, (left, top, right, bottom), box in page.links
            if _is_clickable(unwrap(box), artifacts)
        ]
        for *_, box in self.links:
            box.link_annotation = None  # left from an earlier call of write_pdf

    def paint(self, stream: Stream, scale: float = 1) -> None:
        """Paint the pages into the stream, and take over the marked content."""
        self.stream = stream
        for page, spot in self._placed:
            with stream.stacked():
                stream.transform(e=spot.x * scale, f=spot.y * scale)
                self._clip(stream, page, spot, scale)
                page.paint(stream, scale)
        boxes_by_id = {mark["mcid"]: box for box, mark in stream._tags.items()} if stream._tags else {}  # noqa: SLF001 - no public way to them
        for part in _find_streams(stream):
            self._take_over_marks(part, boxes_by_id)
            part.stream[:] = [
                self._colors.get(operation, operation) if isinstance(operation, bytes) else operation
                for operation in part.stream
            ]
        if stream._tags:  # noqa: SLF001 - likewise
            stream._tags.clear()  # noqa: SLF001 - likewise
        with stream.stacked():
            stream.transform(a=scale, d=scale)
            if self._makeup.fold_marks and self._makeup.imposition in {"c-fold", "z-fold"}:
                paint_fold_marks(stream, self._side, outside=self._makeup.press)
            if self._makeup.press:
                paint_crop_marks(stream, self._side)

    def _clip(self, stream: Stream, page: "Page", spot: "Placed", scale: float) -> None:
        """Clip a page at the page beside it, but not at the edges of the paper, where it bleeds."""
        if len(self._placed) == 1:
            return
        left = 0 if spot.x else -SLUG
        right = page.width + (SLUG if spot.x + page.width > self.width - 1 else 0)
        stream.rectangle(left * scale, -SLUG * scale, (right - left) * scale, (self.height + 2 * SLUG) * scale)
        stream.clip()
        stream.end()

    def _take_over_marks(self, stream: Stream, boxes_by_id: Mapping[int, Box]) -> None:
        """Mark the content of artifact boxes as artifacts, and number the remaining marks in each stream."""
        count = 0
        operations = stream.stream
        for index, properties in enumerate(operations):
            if not isinstance(properties, pydyf.Dictionary) or _MCID not in properties:
                continue
            box = boxes_by_id[properties[_MCID]]
            if box in self._artifacts:
                operations[index - 1 : index + 1] = "/Artifact", pydyf.Dictionary({"Type": self._artifacts[box]})
            else:
                properties[_MCID] = count
                self.marks[box] = Mark(stream, count)
                count += 1


def _find_streams(stream: Stream) -> Iterator[Stream]:
    """Yield the stream and the groups drawn in it: translucent content has a separate stream."""
    yield stream
    for group in stream._resources["XObject"].values():  # noqa: SLF001 - no public way to them
        # All pages share their resources, but each has its own dictionary of tags.
        if isinstance(group, Stream) and group._tags is stream._tags:  # noqa: SLF001 - likewise
            yield from _find_streams(group)


def _is_clickable(box: Box, artifacts: Mapping[Box, str]) -> bool:
    """Return whether the box of a link is neither in an artifact nor entirely inside another box of the same link."""
    return box not in artifacts and not (isinstance(box, boxes.InlineBox) and box.link is None)
