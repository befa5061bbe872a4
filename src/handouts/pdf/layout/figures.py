"""Arranges figures, tables and references in the tree so that they leave no holes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from xml.etree.ElementTree import Element

from handouts.pdf.layout.classes import add_class, has_class, remove_class

_BLOCKS: Final = frozenset({"figure", "table"})
_REFERENCES: Final = "references"
_SECTIONS: Final = frozenset({"section", "div", "main", "body"})
_LISTS: Final = frozenset({"ol", "ul", "dl"})
_APART: Final = ("form", "insert")  # classes of what is arranged as it is
_ICON_ARRAY = "icon-array"
_CITATION, _NOTE_MARK = "citation", "note-mark"  # their numbers and symbols follow the order of the text


@dataclass(frozen=True, slots=True)
class Change:
    """What is done with a figure, a table or the references, by its index.

    It stands behind the next paragraph, or `ahead` of the steps before it and of what leads up to them; it is
    `smaller` or `larger`, or `split` over pages. The kind is also its class, for style sheets.
    """

    index: int
    kind: Literal["moved", "ahead", "smaller", "larger", "split"]


class MovableFigures:
    """The figures and tables of a document and its references, by index, and what may be done with them."""

    def __init__(self, tree: Element | None) -> None:
        """Find all of them in a document; without a tree there are none."""
        elements = () if tree is None else tuple(tree.iter())
        self._parents = {child: parent for parent in elements for child in parent if _is_movable(child)}
        self.elements: Final[tuple[Element, ...]] = tuple(self._parents)
        self._made: tuple[Change, ...] = ()
        self._places_before: dict[int, int] = {}

    def list_changes(self, index: int, *, has_words: bool) -> tuple[Change, ...]:
        """Return what may be done with one of them, the best first; words in a drawing keep their size."""
        figure = self.elements[index]
        parent = self._parents[figure]
        if has_class(figure, _REFERENCES):
            return (Change(index, "split"),)
        if (
            parent.tag not in _SECTIONS
            or has_class(figure, _ICON_ARRAY)
            or any(has_class(parent, name) for name in _APART)
        ):
            return ()
        kinds: list[Literal["moved", "ahead", "smaller"]] = []
        if self._can_move(figure, parent):
            kinds.append("moved")
        if figure.tag == "figure" and _find_list_before(figure, parent) is not None:
            kinds.append("ahead")
        if figure.tag == "figure" and not has_words:
            kinds.append("smaller")
        return tuple(Change(index, kind) for kind in kinds)

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
        elif change.kind == "ahead":
            self._move_ahead(change.index, undo=undo)
        (remove_class if undo else add_class)(figure, change.kind)

    def _move_ahead(self, index: int, *, undo: bool) -> None:
        """Move a figure before the steps that it follows and what leads up to them, or back."""
        figure = self.elements[index]
        parent = self._parents[figure]
        if not undo:
            start = _find_list_before(figure, parent)
            self._places_before[index] = list(parent).index(figure)
            if start is None:
                return
            place = list(parent).index(start)
        else:
            place = self._places_before[index]
        parent.remove(figure)
        parent.insert(place, figure)

    def _swap(self, figure: Element, offset: int) -> None:
        """Swap a figure with the element behind it (offset 0) or before it (-1)."""
        parent = self._parents[figure]
        position = list(parent).index(figure) + offset
        parent[position : position + 2] = parent[position + 1], parent[position]


def _is_movable(element: Element) -> bool:
    return element.tag in _BLOCKS or has_class(element, _REFERENCES)


def _find_list_before(figure: Element, parent: Element) -> Element | None:
    """Return the list of steps right before a figure, or what leads up to it; None if the figure cannot move."""
    siblings = list(parent)
    position = siblings.index(figure)
    if position == 0 or siblings[position - 1].tag != "ol":
        return None
    if any(map(_has_place_in_order, figure.iter())) or _has_text_beside(figure):
        return None
    is_led_up = position > 1 and siblings[position - 2].tag == "p" and _leads_up(siblings[position - 2])
    return siblings[position - 2 if is_led_up else position - 1]


def _has_place_in_order(element: Element) -> bool:
    """Return whether an element is the mark of a note, or the first citation of a source, which alone has an id."""
    return has_class(element, _NOTE_MARK) or (has_class(element, _CITATION) and "id" in element.attrib)


def _leads_up(element: Element) -> bool:
    """Return whether a text ends with a colon, so that it belongs to what follows."""
    return "".join(element.itertext()).rstrip().endswith((":", "\N{FULLWIDTH COLON}"))


def _has_text_beside(element: Element) -> bool:
    """Return whether text stands right behind an element, which would move with it."""
    return bool((element.tail or "").strip())
