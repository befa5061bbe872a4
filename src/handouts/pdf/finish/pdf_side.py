"""Paints laid-out pages on the sides of sheets, and keeps track of the marked content of each box."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from handouts.pdf.finish.marks import Mark, finish_painting
from handouts.pdf.finish.printer_marks import SLUG, paint_crop_marks, paint_fold_marks
from handouts.pdf.layout.brand_colors import NO_COLORS
from handouts.pdf.tags.node import Box
from handouts.pdf.tags.structure_reader import unwrap

if TYPE_CHECKING:
    from weasyprint.document import Page

    from handouts.model.document import Makeup
    from handouts.model.imposition import Placed, Side


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
            if is_clickable(unwrap(box), artifacts)
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
        self.marks = finish_painting(stream, self._artifacts, self._colors)
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


def is_clickable(box: Box, artifacts: Mapping[Box, str]) -> bool:
    """Return whether the box of a link is neither in an artifact nor entirely inside another box of the same link."""
    return box not in artifacts and not (isinstance(box, boxes.InlineBox) and box.link is None)
