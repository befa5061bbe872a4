"""Puts slots into parsed documents, and cuts documents down to the elements around their slots."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from handouts.compose.slotted_html import SLOT_TAG

_PLACES: Final = frozenset({"data-at", "data-section"})
_SKELETON_CAPACITY: Final = 500

Skeleton = tuple[str, tuple[tuple[str, str], ...], tuple["Skeleton | int", ...]]
"""An element without its text: tag, attributes, and of its children only slots, by number, and elements around them."""


def fill_slots(tree: Element, contents: Sequence[Element]) -> bool:
    """Put an element in place of each empty slot of a parsed document; return False if their numbers differ."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    empty = list(tree.iter(SLOT_TAG))
    if len(empty) != len(contents):
        return False
    for place, content in zip(empty, contents, strict=True):
        parent = parents[place]
        content.tail = place.tail
        parent[list(parent).index(place)] = content
    return True


def get_single_element(body: Element) -> Element | None:
    """Return the only element of a parsed slot; None if there are others, or text beside it."""
    if len(body) != 1 or (body.text or "").strip() or (body[0].tail or "").strip():
        return None
    return body[0]


def prune(element: Element, slots: Sequence[Element]) -> Skeleton:
    """Return the skeleton of an element: nothing is left but slots and the elements around them.

    Places in files are left out: they differ from handout to handout, and layout does not depend on them.
    """
    numbers = {slot: number for number, slot in enumerate(slots)}
    around: set[Element] = set()
    for parent in reversed(list(element.iter())):
        if any(child in numbers or child in around for child in parent):
            around.add(parent)
    return _prune(element, numbers, around)


def _prune(element: Element, numbers: dict[Element, int], around: set[Element]) -> Skeleton:
    def list_children() -> Iterator[Skeleton | int]:
        for child in element:
            if child in numbers:
                yield numbers[child]
            elif child in around:
                yield _prune(child, numbers, around)

    attributes = tuple((name, value) for name, value in element.items() if name not in _PLACES)
    return str(element.tag), attributes, tuple(list_children())


@lru_cache(_SKELETON_CAPACITY)
def select(skeleton: Skeleton, numbers: frozenset[int]) -> Skeleton:
    """Return a skeleton with only some of its slots, and with the elements around these."""
    tag, attributes, children = skeleton

    def list_children() -> Iterator[Skeleton | int]:
        for child in children:
            if not isinstance(child, int):
                inner = select(child, numbers)
                if inner[2] or child[0] == "body":
                    yield inner
            elif child in numbers:
                yield child

    return tag, attributes, tuple(list_children())


def grow(skeleton: Skeleton, slots: Sequence[Element]) -> Element:
    """Return the element of a skeleton, with these slots."""
    tag, attributes, children = skeleton
    element = Element(tag, dict(attributes))
    element.extend(slots[child] if isinstance(child, int) else grow(child, slots) for child in children)
    return element
