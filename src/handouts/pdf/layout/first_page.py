"""Makes room on a first page that is to be enough by itself: set compact, then with what matters most first."""

from typing import Any, Final
from xml.etree.ElementTree import Element

from handouts.pdf.layout.classes import add_class, find_by_class, has_class, remove_class


class FirstPage:
    """The element of class `first-page`, in a document that wants one.

    The class `compact` is for a style sheet to save space. If that is not enough, the contact panel moves before the
    actions, and the class `flowing` lets the text go on behind them. A `short` text stands on the same page: it loses
    this class if it does not fit there, unless it would then take more pages. In a format whose first page always
    flows, as in large print, the panel moves before actions that go on to a second page, if it would stand on a third.
    """

    def __init__(self, tree: Element) -> None:
        """Find the element; without one, nothing is ever needed."""
        self._element: Final = find_by_class(tree, "first-page")
        self._contact: Final = None if self._element is None else find_by_class(self._element, "contact")
        self._actions: Final = None if self._element is None else find_by_class(self._element, "actions")
        self._pages_of_short_text = 0

    def is_needed(self, pages: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
        """Return whether the element or a short text goes on on a second page, and is not meant to."""
        element, count = self._element, len(pages.document.pages)
        if element is None:
            return False
        if has_class(element, "flowing"):
            return self._is_contact_late(pages)
        if element in _list_elements(pages, 1):
            return True
        if has_class(element, "short"):
            self._pages_of_short_text = count
            return count > 1
        return 0 < self._pages_of_short_text < count

    def apply(self) -> bool:
        """Save more space; return whether anything was changed."""
        element = self._element
        if element is None:
            return False
        if has_class(element, "flowing"):
            self._move_contact(element)
        elif self._pages_of_short_text and has_class(element, "short"):
            remove_class(element, "short")
        elif self._pages_of_short_text:
            add_class(element, "flowing")
        elif not has_class(element, "compact"):
            add_class(element, "compact")
        else:
            add_class(element, "flowing")
            self._move_contact(element)
        return True

    def _is_contact_late(self, pages: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
        """Return whether the contact panel stands behind actions that end on the second page, on a page after that."""
        if self._contact is None or self._actions is None:
            return False
        second = _list_elements(pages, 1)
        is_after = self._is_after_actions()
        return is_after and self._actions in second and self._contact not in second

    def _is_after_actions(self) -> bool:
        children = [] if self._element is None else list(self._element)
        return (
            self._contact in children
            and self._actions in children
            and children.index(self._contact) > children.index(self._actions)
        )

    def _move_contact(self, element: Element) -> None:
        """Move the contact panel before the actions."""
        if self._contact is not None and self._actions is not None and self._is_after_actions():
            element.remove(self._contact)
            element.insert(list(element).index(self._actions), self._contact)


def _list_elements(pages: Any, number: int) -> set[Element]:  # noqa: ANN401 - as above
    """Return the elements that have boxes on a page, counted from 0."""
    found = pages.document.pages[number : number + 1]
    return {box.element for page in found for box in page._page_box.descendants() if box.element is not None}  # noqa: SLF001 - no public way to the boxes
