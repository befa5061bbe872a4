"""The places of slots on a page: what style sheets may select there, and what is inherited there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from handouts.compose.html_tree import parse_slot
from handouts.compose.slotted_html import SLOT_TAG, SlottedHtml
from handouts.html.css_matching import Matching
from handouts.html.markup import get_tag
from handouts.html.visible_text import Inherited


@dataclass(frozen=True, slots=True)
class SlotPlace:
    """Where a slot is: `element` stood there first. In places of the same `context`, style sheets match it alike."""

    element: Element
    inherited: Inherited
    context: str


def describe_element(element: Element) -> tuple[str, tuple[tuple[str, str], ...], bool]:
    """Return what style sheets may select the siblings of an element by."""
    return get_tag(element), tuple(sorted(element.attrib.items())), bool(len(element) or element.text)


def describe_place(slot: Element, parents: Mapping[Element, Element]) -> list[object]:
    """Return what style sheets may select a slot by, apart from itself: elements around it, and their siblings."""
    levels: list[object] = []
    element = slot
    while element in parents:
        siblings = list(parents[element])
        levels.append([siblings.index(element), [describe_element(one) for one in siblings if one is not slot]])
        element = parents[element]
    return [*levels, describe_element(element)]


def find_inherited(slot: Element, parents: Mapping[Element, Element], matching: Matching) -> Inherited:
    """Return what a slot inherits from the elements around it."""
    around: list[Element] = []
    element = slot
    while element in parents:
        element = parents[element]
        around.append(element)
    inherited = Inherited()
    for element in reversed(around):
        inherited = inherited.add(element, matching)
    return inherited


def replace_slots(slots: Sequence[Element], slotted: SlottedHtml, parents: Mapping[Element, Element]) -> list[Element]:
    """Put empty slots in place of filled ones, and return them; white space at the end of a slot belongs to it."""
    placeholders = []
    for slot, html in zip(slots, slotted.slots, strict=True):
        parsed = parse_slot(html)
        own_tail = (parsed.tail if parsed is not None else None) or ""
        placeholder = Element(SLOT_TAG)
        placeholder.tail = (slot.tail or "").removeprefix(own_tail)
        replace_element(slot, placeholder, parents[slot])
        placeholders.append(placeholder)
    return placeholders


def replace_element(element: Element, other: Element, parent: Element) -> None:
    """Put another element in place of a child of `parent`."""
    parent[list(parent).index(element)] = other
