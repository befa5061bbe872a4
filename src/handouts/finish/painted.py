"""Pages that remember what they painted where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from handouts.finish.node import Box
from handouts.finish.reading import laid_out

if TYPE_CHECKING:
    from weasyprint.document import Page

_MCID: Final = "MCID"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked-content sequence: the stream it is in, and its number there, counted from 0."""

    stream: Stream
    number: int


class PaintedPage:
    """A page of a WeasyPrint document that keeps its marked content from WeasyPrint's own tagging.

    Has all that a weasyprint Page has. Its links are those that somebody can be told of.
    """

    def __init__(self, page: "Page", artifacts: Mapping[Box, str]) -> None:
        """Take the page, and what of it shall be an artifact of which type."""
        self.marks: dict[Box, Mark] = {}
        self.stream: Stream | None = None
        self.links = [link for link in page.links if _is_worth_a_click(laid_out(link[3]), artifacts)]
        for *_, box in self.links:
            box.link_annotation = None  # that of an earlier writing
        # WeasyPrint tags what it finds in the box of the page, so it shall find nothing.
        self._page_box = page._page_box.copy_with_children([])  # noqa: SLF001 - it is part of no public object
        self._page = page
        self._artifacts = artifacts

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the page has
        """Give what the page has."""
        return getattr(self._page, name)

    def paint(self, stream: Stream, scale: float = 1) -> None:
        """Paint the page into the stream, and take over the marks that were made."""
        self.stream = stream
        self._page.paint(stream, scale)
        painted = {mark["mcid"]: box for box, mark in stream._tags.items()}  # noqa: SLF001 - no public way to them
        stream._tags.clear()  # noqa: SLF001 - likewise
        for part in _parts(stream):
            self._take_over(part, painted)

    def _take_over(self, stream: Stream, painted: Mapping[int, Box]) -> None:
        """Turn marks into artifacts where they are none of a reader's business; number the others in each stream."""
        count = 0
        operations = stream.stream
        for index, properties in enumerate(operations):
            if not isinstance(properties, pydyf.Dictionary) or _MCID not in properties:
                continue
            box = painted[properties[_MCID]]
            if box in self._artifacts:
                operations[index - 1 : index + 1] = "/Artifact", pydyf.Dictionary({"Type": self._artifacts[box]})
            else:
                properties[_MCID] = count
                self.marks[box] = Mark(stream, count)
                count += 1


def _parts(stream: Stream) -> Iterator[Stream]:
    """Give the stream and the groups drawn in it: what is translucent has a stream of its own."""
    yield stream
    for group in stream._resources["XObject"].values():  # noqa: SLF001 - no public way to them
        # All pages share their resources, but each has its own dictionary of marks.
        if isinstance(group, Stream) and group._tags is stream._tags:  # noqa: SLF001 - likewise
            yield from _parts(group)


def _is_worth_a_click(box: Box, artifacts: Mapping[Box, str]) -> bool:
    """Tell whether the box of a link is neither in an artifact nor wholly inside another box of the same link."""
    return box not in artifacts and not (isinstance(box, boxes.InlineBox) and box.link is None)
