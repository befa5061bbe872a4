"""Slots: elements that hold what is of one practice, such as its logo; the rest of a document is the same for all.

Templates mark them: `<!--slot--><p class="logo">...</p><!--/slot-->`. Each is one element. What is of one print, such
as its code, stands in `<!--slot of print-->`, and a text of the handout that names the practice in
`<!--slot of text-->`, so that the other slots can be used for all handouts of a practice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

_SLOT: Final = re.compile(r"<!--slot( of print| of text)?-->(.*?)<!--/slot-->", re.DOTALL)
_TAG: Final = "slot"  # of the empty element that is parsed in place of a slot
_EMPTY: Final = f"<{_TAG}></{_TAG}>"
_BODY: Final = "<body"
_PLACES: Final = frozenset({"data-at", "data-section"})
_SKELETON_CAPACITY: Final = 500
_OWN_HEAD: Final = re.compile(r"<title\b.*?</title>|<meta\b[^>]*>", re.DOTALL)

Skeleton = tuple[str, tuple[tuple[str, str], ...], tuple["Skeleton | int", ...]]
"""An element without its text: tag, attributes, and of its children only slots, by number, and elements around them."""


@dataclass(frozen=True, slots=True)
class SlottedHtml:
    """HTML whose slots were cut out: what comes before <body>, the rest with empty slots, and their content.

    `of_print` holds the numbers of those slots that are of one print, `of_text` those of texts of the handout.
    """

    head: str
    body: str
    slots: tuple[str, ...] = ()
    of_print: frozenset[int] = frozenset()
    of_text: frozenset[int] = frozenset()

    @property
    def groups(self) -> tuple[frozenset[int], ...]:
        """The numbers of slots that are laid out together."""
        of_practice = frozenset(range(len(self.slots))) - self.of_print - self.of_text
        return tuple(group for group in (of_practice, self.of_print, self.of_text) if group)

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
    slots = _SLOT.findall(rest)
    of_print, of_text = (
        frozenset(number for number, (kind, _) in enumerate(slots) if kind == wanted)
        for wanted in (" of print", " of text")
    )
    contents = tuple(content for _, content in slots)
    return SlottedHtml(head, start + _SLOT.sub(_EMPTY, rest), contents, of_print, of_text)


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
