"""Numbers the marked content of painted streams, says what it reads, and marks artifacts as such."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pydyf
from weasyprint.pdf.stream import Stream

from handouts.pdf.layers.holes import get_hole
from handouts.pdf.tags.node import Box

_MCID: Final = "MCID"
# Hebrew, Arabic, the scripts of India and Southeast Asia, and forms of Hebrew and Arabic letters.
_SHAPED: Final = re.compile("[\u0590-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked-content sequence: its stream, and its number there, counted from 0."""

    stream: Stream
    number: int


def finish_painting(stream: Stream, artifacts: Mapping[Box, str], colors: Mapping[bytes, bytes]) -> dict[Box, Mark]:
    """Take the marks of a painted stream and of the groups drawn in it from WeasyPrint, and replace colors.

    `artifacts` maps boxes to their type of artifact; all others are numbered in each stream, and returned. Holes are
    not marked. `colors` are operators that are replaced by others.
    """
    marks: dict[Box, Mark] = {}
    boxes_by_id = {mark["mcid"]: box for box, mark in stream._tags.items()} if stream._tags else {}  # noqa: SLF001 - no public way to them
    for part in _find_streams(stream):
        part.stream[:] = _number_marks(part, boxes_by_id, artifacts, marks)
        part.stream[:] = [
            colors.get(operation, operation) if isinstance(operation, bytes) else operation for operation in part.stream
        ]
    if stream._tags:  # noqa: SLF001 - likewise
        stream._tags.clear()  # noqa: SLF001 - likewise
    return marks


def _number_marks(
    stream: Stream, boxes_by_id: Mapping[int, Box], artifacts: Mapping[Box, str], marks: dict[Box, Mark]
) -> list[Any]:
    operations = list(stream.stream)
    count = 0
    holes = []
    for index, properties in enumerate(operations):
        if not isinstance(properties, pydyf.Dictionary) or _MCID not in properties:
            continue
        box = boxes_by_id[properties[_MCID]]
        if get_hole(box):
            holes.append(index)
        elif box in artifacts:
            operations[index - 1 : index + 1] = "/Artifact", pydyf.Dictionary({"Type": artifacts[box]})
        else:
            properties[_MCID] = count
            text = getattr(box, "text", "")
            if _SHAPED.search(text):
                # A glyph has one text in a PDF, but letters with other dots are made of the same glyphs.
                properties["ActualText"] = pydyf.String(text)
            marks[box] = Mark(stream, count)
            count += 1
    for index in reversed(holes):
        del operations[operations.index(b"EMC", index)]
        del operations[index - 1 : index + 2]  # name, properties, BDC
    return operations


def _find_streams(stream: Stream) -> Iterator[Stream]:
    """Yield the stream and the groups drawn in it: translucent content has a separate stream."""
    yield stream
    for group in stream._resources["XObject"].values():  # noqa: SLF001 - no public way to them
        # All pages share their resources, but each has its own dictionary of tags.
        if isinstance(group, Stream) and group._tags is stream._tags:  # noqa: SLF001 - likewise
            yield from _find_streams(group)
