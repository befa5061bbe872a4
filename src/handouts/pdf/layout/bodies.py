"""Bodies: laid-out documents that are kept, so that other practices need nothing to be laid out but their slots.

Two practices share a body if their documents are the same but for slots, and these fit the same room wherever the body
was laid out on trial: then the trials would have the same result. What is printed does not depend on which practice
came first, because the slots of a body that is kept are always laid out alone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from handouts.model.document import Asset, Composed, Sheet
from handouts.pdf.layout.renderer import Context, Pages
from handouts.pdf.layout.slot_boxes import (
    Room,
    SlotBoxes,
    SlotRenderer,
    Spot,
    find_spots,
    measure_rooms,
)
from handouts.pdf.layout.slots import SlottedHtml
from handouts.problems.problem import Problem
from handouts.system.cache import Cache
from handouts.system.digests import digest

_BODY_CAPACITY: Final = 4  # some 15 MB each; outputs that share one come one after another
# Sources that are no part of a body, or are in its HTML.
_NOT_OF_BODY: Final = frozenset({"practice", "brand", "version", "text", "references"})


@dataclass(frozen=True, slots=True)
class Body:
    """A laid-out document and the spots of its slots, which hold those of the last practice.

    `rooms` holds the room for each slot in each context of its trials; `context` is that of the pages. `problems` are
    those of fitting its text.
    """

    pages: Pages
    spots: tuple[Spot, ...]
    rooms: Mapping[Context, tuple[frozenset[Room], ...]]
    context: Context
    page_count: int
    problems: tuple[Problem, ...]

    def fits(self, renderer: SlotRenderer) -> bool:
        """Return whether the body of other slots would be the same."""
        laid_out = ((rooms, renderer.lay_out(context, self.page_count)) for context, rooms in self.rooms.items())
        return all(
            slots.whole
            and all(room.holds(box) for places, box in zip(rooms, slots.boxes, strict=True) for room in places)
            for rooms, slots in laid_out
        )

    def put_together(self, slots: SlotBoxes, files: Collection[Asset]) -> Pages:
        """Return the pages with the slots of a document, its metadata, and those pictures that are among its files.

        Pages that were put together before become invalid.
        """
        from weasyprint.document import Page  # noqa: PLC0415 - slow, so only where pages are made

        for spot in self.spots:
            spot.replace(slots.boxes[spot.slot])
        changed = {spot.page for spot in self.spots}
        pages = [
            Page(page._page_box) if number in changed else page  # noqa: SLF001 - no public way to the boxes
            for number, page in enumerate(self.pages.document.pages)
        ]
        document = self.pages.document.copy(pages)
        document.metadata = slots.pages.document.metadata
        pictures = {asset: picture for asset, picture in self.pages.pictures.items() if asset in files}
        return replace(self.pages, document=document, pictures={**pictures, **slots.pages.pictures})


class Bodies:
    """The bodies that were used last."""

    def __init__(self) -> None:
        """Start without any."""
        self._bodies: Cache[tuple[str, int], Body] = Cache(_BODY_CAPACITY)

    def __len__(self) -> int:
        """Return the number of bodies."""
        return self._bodies.size

    def clear(self) -> None:
        """Drop all bodies."""
        self._bodies.clear()

    def find(self, key: str, renderer: SlotRenderer) -> tuple[Body, SlotBoxes] | None:
        """Return a body that fits some slots, and the slots laid out for it."""
        for index in range(_BODY_CAPACITY):
            body = self._bodies.get((key, index))
            if body is None or not body.fits(renderer):
                continue
            boxes = renderer.lay_out(body.context, body.page_count)
            return None if boxes.pages.problems or renderer.engine.has_problems else (body, boxes)
        return None

    def add(self, key: str, body: Body) -> None:
        """Keep a body, with others of the same key."""
        free = (index for index in range(_BODY_CAPACITY) if self._bodies.get((key, index)) is None)
        self._bodies.put((key, next(free, 0)), body)


def make_body_key(composed: Composed, slotted: SlottedHtml, sheets: Sequence[Sheet]) -> str | None:
    """Return a digest of all that a body is made of, apart from its slots; None for a document that is not to be kept.

    A trial page is not kept, because nothing says what files it is made of; nor is a print for a patient.
    """
    if composed.made_from is None or composed.is_for_patient or not slotted.slots:
        return None
    shared = slotted.shared
    makeup, layout = composed.makeup, composed.layout
    return digest(
        [
            shared,
            [(sheet.text, str(sheet.folder)) for sheet in sheets],
            [digest_ for source, digest_ in sorted(composed.made_from.sources.items()) if source not in _NOT_OF_BODY],
            [asset.digest for asset in composed.files if asset.what == "logo" and quote(asset.path.name) in shared],
            [str(composed.root), *map(str, composed.folders)],
            [composed.language, makeup.imposition, makeup.options.words, repr(layout)],
        ],
        length=64,
    )


def make_body(
    renderer: SlotRenderer,
    pages: Pages,
    trials: Sequence[tuple[Context, Pages]],
    context: Context,
    problems: tuple[Problem, ...],
) -> tuple[Body, SlotBoxes] | None:
    """Return the body of a laid-out document, and its slots laid out alone.

    None if the slots look different alone, if there are fonts of a practice or attachments (which are refused when the
    file is written), or if the engine reported anything.
    """
    engine = renderer.engine
    if pages.problems or pages.is_overfull or engine.has_problems or engine.fonts.has_own:
        return None
    if pages.document.metadata.attachments:
        return None
    spots = find_spots(pages, renderer.slots)
    page_count = renderer.count_pages(context, spots)
    if not page_count:
        return None
    rooms: dict[Context, tuple[frozenset[Room], ...]] = {}
    for tried_context, tried in trials:
        measured = measure_rooms(tried, renderer.slots)
        earlier = rooms.get(tried_context, measured)
        rooms[tried_context] = tuple(one | two for one, two in zip(earlier, measured, strict=True))
    body = Body(pages, spots, rooms, context, page_count, problems)
    return body, renderer.lay_out(context, page_count)
