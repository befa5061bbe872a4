"""Moves figures of a document behind the paragraph that follows them, in its tree, so that tags follow too."""

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

_SECTIONS: Final = frozenset({"section", "div", "main", "body"})
_LISTS: Final = frozenset({"ol", "ul", "dl"})
_ICON_ARRAY: Final = "icon-array"
_NUMBERED: Final = frozenset({"citation", "note-mark"})  # classes; their numbers follow the order of the text


class MovableFigures:
    """The figures of a document, by index, and the places to which they may be moved."""

    def __init__(self, tree: Element | None) -> None:
        """Find all figures of a document; without a tree there are none."""
        elements = () if tree is None else tuple(tree.iter())
        self._parents = {child: parent for parent in elements for child in parent if child.tag == "figure"}
        self.elements: Final[tuple[Element, ...]] = tuple(self._parents)
        self._moved: tuple[int, ...] = ()

    def can_move(self, index: int) -> bool:
        """Return whether a figure may stand behind the next paragraph.

        Not if that is no paragraph of the same section, or leads up to a list; not if the text leads up to the figure,
        as a list of steps does; not icon arrays, which belong to their sentence; and not with citations, whose numbers
        would no longer rise.
        """
        figure = self.elements[index]
        parent = self._parents[figure]
        siblings = list(parent)
        position = siblings.index(figure)
        before = siblings[position - 1] if position else None
        after, last = (*siblings[position + 1 : position + 3], None, None)[:2]
        return (
            parent.tag in _SECTIONS
            and not _has_class(figure, {_ICON_ARRAY})
            and not any(_has_class(element, _NUMBERED) for element in figure.iter())
            and (before is None or not (before.tag in _LISTS or _leads_up(before)))
            and after is not None
            and after.tag == "p"
            and not _leads_up(after)
            and (last is None or last.tag not in _LISTS)
            and not _has_text_beside(figure)
            and not _has_text_beside(after)
        )

    def arrange(self, moved: Sequence[int]) -> None:
        """Move each of these figures behind the element that follows it, in this order, and all others back."""
        for index in reversed(self._moved):
            self._swap(index, -1)
        for index in moved:
            self._swap(index, 0)
        self._moved = tuple(moved)

    def _swap(self, index: int, offset: int) -> None:
        """Swap a figure with the element behind it (offset 0) or before it (-1)."""
        figure = self.elements[index]
        parent = self._parents[figure]
        position = list(parent).index(figure) + offset
        parent[position : position + 2] = parent[position + 1], parent[position]


def _has_class(element: Element, names: set[str] | frozenset[str]) -> bool:
    return not names.isdisjoint(element.get("class", "").split())


def _leads_up(element: Element) -> bool:
    """Return whether a text ends with a colon, so that it belongs to what follows."""
    return "".join(element.itertext()).rstrip().endswith((":", "\N{FULLWIDTH COLON}"))


def _has_text_beside(element: Element) -> bool:
    """Return whether text stands right behind an element, which would move with it."""
    return bool((element.tail or "").strip())
