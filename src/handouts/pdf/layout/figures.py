"""Moves figures and tables behind the paragraph that follows them, in the tree, and makes drawings smaller."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.etree.ElementTree import Element

from handouts.pdf.layout.classes import add_class, has_class, remove_class

_BLOCKS: Final = frozenset({"figure", "table"})
_SECTIONS: Final = frozenset({"section", "div", "main", "body"})
_LISTS: Final = frozenset({"ol", "ul", "dl"})
_APART: Final = ("form", "insert")  # classes of what is arranged as it is
_ICON_ARRAY, _SMALLER = "icon-array", "smaller"
_CITATION, _NOTE_MARK = "citation", "note-mark"  # their numbers and symbols follow the order of the text


@dataclass(frozen=True, slots=True)
class Change:
    """What is done with a figure or table, by its index: it stands behind the next paragraph, or is `smaller`."""

    index: int
    kind: Literal["moved", "smaller"]


class MovableFigures:
    """The figures and tables of a document, by index, and what may be done with them."""

    def __init__(self, tree: Element | None) -> None:
        """Find all figures and tables of a document; without a tree there are none."""
        elements = () if tree is None else tuple(tree.iter())
        self._parents = {child: parent for parent in elements for child in parent if child.tag in _BLOCKS}
        self.elements: Final[tuple[Element, ...]] = tuple(self._parents)
        self._made: tuple[Change, ...] = ()

    def list_changes(self, index: int, *, has_words: bool) -> tuple[Change, ...]:
        """Return what may be done with a figure or table, the best first; words in a drawing keep their size."""
        figure = self.elements[index]
        parent = self._parents[figure]
        if (
            parent.tag not in _SECTIONS
            or has_class(figure, _ICON_ARRAY)
            or any(has_class(parent, name) for name in _APART)
        ):
            return ()
        moved = (Change(index, "moved"),) if self._can_move(figure, parent) else ()
        return moved if has_words or figure.tag != "figure" else (*moved, Change(index, "smaller"))

    @staticmethod
    def _can_move(figure: Element, parent: Element) -> bool:
        """Return whether a figure or table may stand behind the next paragraph.

        Not if that is no paragraph of the same section, or leads up to a list; not if the text leads up to the figure,
        as a list of steps does; and not with the first citation of a source, as the numbers would no longer rise.
        """
        siblings = list(parent)
        position = siblings.index(figure)
        before = siblings[position - 1] if position else None
        after, last = (*siblings[position + 1 : position + 3], None, None)[:2]
        return (
            not any(map(_has_place_in_order, figure.iter()))
            and (before is None or not (before.tag in _LISTS or _leads_up(before)))
            and after is not None
            and after.tag == "p"
            and not _leads_up(after)
            and (last is None or last.tag not in _LISTS)
            and not _has_text_beside(figure)
            and not _has_text_beside(after)
        )

    def arrange(self, changes: Sequence[Change]) -> None:
        """Make these changes, in this order, and undo all others."""
        for change in reversed(self._made):
            self._make(change, undo=True)
        for change in changes:
            self._make(change, undo=False)
        self._made = tuple(changes)

    def _make(self, change: Change, *, undo: bool) -> None:
        figure = self.elements[change.index]
        if change.kind == "moved":
            self._swap(figure, -1 if undo else 0)
        elif undo:
            remove_class(figure, _SMALLER)
        else:
            add_class(figure, _SMALLER)

    def _swap(self, figure: Element, offset: int) -> None:
        """Swap a figure with the element behind it (offset 0) or before it (-1)."""
        parent = self._parents[figure]
        position = list(parent).index(figure) + offset
        parent[position : position + 2] = parent[position + 1], parent[position]


def _has_place_in_order(element: Element) -> bool:
    """Return whether an element is the mark of a note, or the first citation of a source, which alone has an id."""
    return has_class(element, _NOTE_MARK) or (has_class(element, _CITATION) and "id" in element.attrib)


def _leads_up(element: Element) -> bool:
    """Return whether a text ends with a colon, so that it belongs to what follows."""
    return "".join(element.itertext()).rstrip().endswith((":", "\N{FULLWIDTH COLON}"))


def _has_text_beside(element: Element) -> bool:
    """Return whether text stands right behind an element, which would move with it."""
    return bool((element.tail or "").strip())
