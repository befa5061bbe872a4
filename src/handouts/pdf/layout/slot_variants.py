"""Makes laid-out slots from those of another practice that differ only in texts and pictures, not in their elements.

Only the blocks that contain these are laid out again. If such a block comes out in another size, or if anything else
depends on it, all slots have to be laid out. Texts of practices mostly differ in words, not in the number of lines.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import ReplacedBox, TextBox

from handouts.pdf.layout.renderer import Engine
from handouts.pdf.layout.slot_boxes import SlotBoxes
from handouts.pdf.weasyprint_patches.recorded_blocks import Contents, RecordedBlock, Recording

_TOKEN: Final = re.compile(r"""<(?:[^<>"']|"[^"]*")*>|[^<]+""")
_ATTRIBUTE: Final = re.compile(r'(?<=[\s"])(alt|src|data-at|data-section)="([^"]*)"')
_NAMES: Final = frozenset({"alt", "src", "data-at", "data-section"})
# What parsers read in another way than other elements and texts, or move.
_SPECIAL: Final = re.compile(
    r"<(?!/?[a-z])|<(?:script|style|textarea|title|table|template|svg|math|select|pre|iframe|noscript)\b", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|#39|#34);)")
_WHITE: Final = " \t\n\r\f"
_UNEVEN: Final = re.compile("[\t\n\r\f\0\N{SOFT HYPHEN}]|  ")
# Where style sheets look at what may differ, elements may look different.
_LOOKS_AT_VALUES: Final = re.compile(r"attr\((?!\s*href)|\[\s*(?:alt|src|data-)|:first-l", re.IGNORECASE)

_TEXT_CAPACITY: Final = 200  # style sheets

Values = tuple[str, ...]
"""The texts and attributes of slots that may differ from practice to practice, in the order of their HTML."""


def split_slots(slots: Iterable[str]) -> tuple[str, Values] | None:
    """Return the shape of slots, which is the same for many practices, and their values.

    The shape is their HTML without values. None if only a parser of HTML could tell them apart.
    """
    shape: list[str] = []
    values: list[str] = []
    for slot in map(str.strip, slots):
        tokens = _TOKEN.findall(slot)
        if "".join(tokens) != slot or _SPECIAL.search(slot) or _REFERENCE.search(slot):
            return None
        for token in tokens:
            if token.startswith("<"):
                values += (html.unescape(value) for _, value in _ATTRIBUTE.findall(token))
                shape.append(_ATTRIBUTE.sub(r'\1=""', token))
            else:
                values.append(html.unescape(token))
                core = token.strip(_WHITE)
                shape.append(token.replace(core, "x") if core else token)
        shape.append("")
    return "\0".join(shape), tuple(values)


@lru_cache(_TEXT_CAPACITY)
def looks_at_values(css: str) -> bool:
    """Return whether a style sheet may make elements look different for other values."""
    return bool(_LOOKS_AT_VALUES.search(css))


@dataclass(slots=True)
class _Place:
    """Where a value of slots is: its element and attribute, or `text` or `tail`; `box` shows it, before layout.

    A text may be the label of a box around it, for the outline. What is not displayed, wherever it is, has no box.
    """

    element: Element
    owner: Element
    name: str
    value: str
    box: Any = None
    labelled: Any = None
    is_displayed: bool = True

    @property
    def is_text(self) -> bool:
        return self.name in {"text", "tail"}

    @property
    def is_shown(self) -> bool:
        return self.is_displayed and (self.name == "src" or (self.is_text and bool(self.value.strip(_WHITE))))

    def write(self, value: str) -> None:
        self.value = value
        if self.is_text:
            setattr(self.element, self.name, value)
        else:
            self.element.set(self.name, value)


class SlotVariants:
    """Slots that were laid out and recorded; they are changed for each practice."""

    def __init__(self, slots: SlotBoxes, elements: Sequence[Element], values: Values, recording: Recording) -> None:
        """Take the slots of a practice, their elements, and their values as `split_slots` returns them."""
        self._slots: Final = slots
        self._elements: Final = elements
        self._values = values
        self._recording: Final = recording
        self._places: list[_Place] | None = None
        self._blocks: Mapping[Any, Sequence[RecordedBlock]] = {}

    def vary(self, values: Values, engine: Engine) -> SlotBoxes | None:
        """Return the slots with other values; None if all of them have to be laid out, and then they are as before."""
        if self._places is None:
            pages = self._slots.pages.document.pages
            self._blocks = self._recording.find_blocks([page._page_box for page in pages])  # noqa: SLF001 - no public way
            self._places = self._find_places()
        if len(values) != len(self._places):
            return None
        changes = [(place, value) for place, value in zip(self._places, values, strict=True) if place.value != value]
        changed = [place.box for place, _ in changes if place.is_shown]
        if not all(box in self._blocks for box in changed):
            return None
        for block in {block for box in changed for block in self._blocks[box]}:
            self._recording.check(block)  # as long as the texts are those of the pages
        contents = self._change(changes, changed, engine)
        if contents is None:
            return None
        self._recording.put_in_place(contents)
        for labelled, block in (
            (place.labelled, self._blocks[place.box][0]) for place, _ in changes if place.labelled is not None
        ):
            if block.is_of(labelled):
                block.final.bookmark_label = labelled.bookmark_label
        return replace(self._slots, pages=replace(self._slots.pages, pictures=engine.files.pictures))

    def _find_places(self) -> list[_Place]:
        """Return where the values of the slots are; nothing if they are not all found."""
        places = [place for element in self._elements for place in _list_places(element)]
        if tuple(place.value for place in places) != self._values:
            return []
        displayed = {box.element for box in self._recording.root.descendants()}
        for place in places:
            place.is_displayed = place.owner in displayed
        boxes: dict[Element, list[Any]] = {}
        labelled: dict[Any, Any] = {}
        for box, around in _list_plain_boxes(self._recording.root):
            boxes.setdefault(box.element, []).append(box)
            labelled[box] = around
        owned: dict[Element, list[_Place]] = {}
        for place in places:
            if place.is_shown:
                owned.setdefault(place.owner, []).append(place)
        for element, shown in owned.items():
            found = boxes.get(element, [])
            if len(found) == len(shown) and all(map(_shows, found, shown)):
                for place, box in zip(shown, found, strict=True):
                    around, blocks = labelled[box], self._blocks.get(box, ())
                    # The outline has the label of a block, or of a box in it.
                    if around is None or (blocks and (blocks[0].is_of(around) or around in blocks[0].within)):
                        place.box, place.labelled = box, around
        return places

    def _change(self, changes: Sequence[tuple[_Place, str]], changed: Sequence[Any], engine: Engine) -> Contents | None:
        """Write other values, and lay out blocks again; None if that cannot be, and then nothing was changed."""
        before = [
            (place, place.value, getattr(place.box, _get_content_name(place), None), place.labelled)
            for place, _ in changes
        ]
        contents = None
        try:
            if all(self._write(place, value, engine) for place, value in changes):
                blocks = self._recording.choose_blocks(changed, self._blocks)
                contents = self._recording.lay_out_again(blocks) if blocks is not None else None
        finally:
            if contents is None:
                for place, value, content, labelled in before:
                    place.write(value)
                    if place.box is not None:
                        setattr(place.box, _get_content_name(place), content)
                    if labelled is not None:
                        labelled.bookmark_label = value.strip(_WHITE)
        return contents

    def _write(self, place: _Place, value: str, engine: Engine) -> bool:
        """Write another value; return False if it cannot be shown as the one before."""
        if not place.is_displayed:
            place.write(value)
            return True
        if place.name == "src":
            picture = engine.load_picture(value, self._recording.context, place.box.style["image_orientation"])
            if picture is None:
                return False
            place.box.replacement = picture
        elif place.is_text:
            before, after = place.value.strip(_WHITE), value.strip(_WHITE)
            if not after.strip() or _UNEVEN.search(before) or _UNEVEN.search(after):
                return False
            place.box.text = place.box.text.replace(before, after)
            if place.labelled is not None:
                place.labelled.bookmark_label = after
        elif place.name == "alt" and not value.strip():
            return False
        place.write(value)
        return True


def _get_content_name(place: _Place) -> str:
    """Return the name of what a box shows."""
    return "replacement" if place.name == "src" else "text"


def _list_places(element: Element) -> Iterator[_Place]:
    for name, value in element.items():
        if name in _NAMES:
            yield _Place(element, element, name, value)
    if element.text:
        yield _Place(element, element, "text", element.text)
    for child in element:
        yield from _list_places(child)
        if child.tail:
            yield _Place(child, element, "tail", child.tail)


def _list_plain_boxes(box: Any, labelled: tuple[Any, ...] = ()) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - WeasyPrint has no types
    """Yield the boxes of texts and pictures, with the box around them that has the text as its label in the outline.

    Without those whose content is also needed for other texts.
    """
    if box.string_set:
        return
    labelled = (*labelled, box) if box.bookmark_label else labelled
    if isinstance(box, ReplacedBox) and not labelled:
        yield box, None
    elif isinstance(box, TextBox) and box.style["text_transform"] == "none" and box.element_tag == box.element.tag:
        text = box.text.strip(_WHITE)
        if text and [one.bookmark_label for one in labelled] in ([], [text]):
            yield box, labelled[0] if labelled else None
    for child in box.children:
        yield from _list_plain_boxes(child, labelled)


def _shows(box: Any, place: _Place) -> bool:  # noqa: ANN401 - as above
    if place.name == "src":
        return isinstance(box, ReplacedBox)
    return isinstance(box, TextBox) and box.text.strip(_WHITE) == place.value.strip(_WHITE)
