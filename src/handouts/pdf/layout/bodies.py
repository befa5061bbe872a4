"""Bodies: laid-out documents that are kept, so that for other practices only slots are laid out.

A body is laid out several times on trial, and the best layout is printed. Two practices share a body if their documents
differ only in slots, and if the slots have the same room in each of these trials: then all trials would have the same
result. What is printed does not depend on which practice came first, because slots are always laid out alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element

from handouts.compose.slotted_html import SlottedHtml
from handouts.model.document import Composed, Sheet
from handouts.pdf.layout.renderer import Context, Engine, Pages
from handouts.pdf.layout.slot_boxes import (
    Blanks,
    LayOutSlots,
    Size,
    Spot,
    find_blanks,
    find_margin_slots,
    find_spots,
)
from handouts.pdf.layout.slot_rooms import Room, measure_rooms
from handouts.system.digests import digest, digest_of_text

# Sources that are no part of a body, or are in its HTML.
_NOT_OF_BODY: Final = frozenset({"practice", "brand", "version", "text", "references"})


Rooms = Mapping[Context, tuple[frozenset[Room], ...]]
"""The room for each slot in each context of the trials of a body."""


Measure = Callable[[Context, Blanks], tuple[Size, ...] | None]
"""Returns the sizes of slots in a context, laid out with blank pages; None if they are not whole."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a body depends on: the room for its slots, the context of its pages, and the pages that its slots need.

    `blanks` are the pages after groups of slots that are laid out alone, `spots` the places of slots on whole pages.
    """

    rooms: Rooms
    context: Context
    blanks: Mapping[frozenset[int], Blanks]
    spots: tuple[Spot, ...]

    def fits(self, group: frozenset[int], measure: Measure) -> bool:
        """Return whether the body would be the same with other slots of a group."""
        blanks = self.blanks[group]
        for context, rooms in self.rooms.items():
            sizes = measure(context, blanks)
            if sizes is None or not all(room.holds(sizes[slot]) for slot in group for room in rooms[slot]):
                return False
        # How slots are laid out must not depend on which practice came first.
        return not blanks.apart or measure(self.context, blanks._replace(apart=False)) is None


def make_body_key(composed: Composed, slotted: SlottedHtml, sheets: Sequence[Sheet]) -> str | None:
    """Return a digest of all that a body is made of, apart from its slots; None for a document that is not kept.

    A trial page is not kept, because nothing says what files it is made of; nor is a print for a patient.
    """
    if composed.made_from is None or composed.is_for_patient or not slotted.slots:
        return None
    shared = slotted.shared
    makeup, layout = composed.makeup, composed.layout
    return digest(
        [
            shared,
            [(digest_of_text(sheet.text), str(sheet.folder), sheet.final) for sheet in sheets],
            [digest_ for source, digest_ in sorted(composed.made_from.sources.items()) if source not in _NOT_OF_BODY],
            [asset.digest for asset in composed.files if asset.what == "logo" and quote(asset.path.name) in shared],
            [str(composed.root), *map(str, composed.folders)],
            [composed.language, makeup.imposition, makeup.options.words, repr(layout)],
        ],
        length=64,
    )


def make_body(
    engine: Engine,
    slots: Sequence[Element],
    groups: Mapping[frozenset[int], LayOutSlots],
    pages: Pages,
    trials: Sequence[tuple[Context, Pages]],
    context: Context,
) -> Body | None:
    """Return the body of a laid-out document with slots, of which groups are laid out alone.

    None if the slots look different alone, if there are fonts of this document alone or attachments (which are refused
    when the file is written), if the engine reported anything, or if links may lead into a slot: those of a list of
    references lead back to where each is cited.
    """
    if any(element.get("id") or element.get("name") for slot in slots for element in slot.iter()):
        return None
    if pages.problems or pages.is_overfull or engine.has_problems or engine.fonts.for_one_document:
        return None
    if pages.document.metadata.attachments:
        return None
    spots = find_spots(pages, slots)
    found = {group: find_blanks(lay_out, group, context, spots, pages.names) for group, lay_out in groups.items()}
    blanks = {group: names for group, names in found.items() if names is not None}
    if len(blanks) < len(found):
        return None
    rooms: dict[Context, tuple[frozenset[Room], ...]] = {}
    in_margins = find_margin_slots(pages, slots)
    for tried_context, tried in trials:
        measured = measure_rooms(tried, slots)
        if not tried.margins:  # where nothing depends on what is in margins
            measured = tuple(frozenset() if slot in in_margins else one for slot, one in enumerate(measured))
        earlier = rooms.get(tried_context, measured)
        rooms[tried_context] = tuple(one | two for one, two in zip(earlier, measured, strict=True))
    return Body(rooms, context, blanks, spots)
