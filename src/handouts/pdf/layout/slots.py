"""Slots: elements that hold what is of one practice, such as its logo; the rest of a document is the same for all.

Templates mark them: `<!--slot--><p class="logo">...</p><!--/slot-->`. Each is one element.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

_SLOT: Final = re.compile(r"<!--slot-->(.*?)<!--/slot-->", re.DOTALL)
_TAG: Final = "slot"  # of the empty element that is parsed in place of a slot
_EMPTY: Final = f"<{_TAG}></{_TAG}>"
_BODY: Final = "<body"
_OWN_HEAD: Final = re.compile(r"<title\b.*?</title>|<meta\b[^>]*>", re.DOTALL)

Skeleton = tuple[str, tuple[tuple[str, str], ...], tuple["Skeleton | int", ...]]
"""An element without its text: tag, attributes, and of its children only slots, by number, and elements around them."""


@dataclass(frozen=True, slots=True)
class SlottedHtml:
    """HTML whose slots were cut out: what comes before <body>, the rest with empty slots, and their content."""

    head: str
    body: str
    slots: tuple[str, ...] = ()

    @property
    def shared(self) -> str:
        """What layout depends on, apart from slots: everything but the title and other metadata."""
        return _OWN_HEAD.sub("", self.head) + self.body


def cut_slots(html: str) -> SlottedHtml:
    """Cut out the slots of a document; without marked slots, all of it belongs to the body."""
    head, start, rest = html.partition(_BODY)
    if not start:
        return SlottedHtml("", html)
    if _EMPTY in rest:
        return SlottedHtml(head, start + rest)
    slots: list[str] = []

    def cut(slot: re.Match[str]) -> str:
        slots.append(slot[1])
        return _EMPTY

    body = _SLOT.sub(cut, rest)
    return SlottedHtml(head, start + body, tuple(slots))


def fill_slots(tree: Element, contents: Sequence[Element]) -> bool:
    """Put an element in place of each empty slot of a parsed document; return False if their numbers differ."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    empty = list(tree.iter(_TAG))
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
    """Return the skeleton of an element: nothing is left but slots and the elements around them."""
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

    return str(element.tag), tuple(element.items()), tuple(list_children())


def grow(skeleton: Skeleton, slots: Sequence[Element]) -> Element:
    """Return the element of a skeleton, with these slots."""
    tag, attributes, children = skeleton
    element = Element(tag, dict(attributes))
    element.extend(slots[child] if isinstance(child, int) else grow(child, slots) for child in children)
    return element
