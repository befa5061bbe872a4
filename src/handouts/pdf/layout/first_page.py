"""Makes room on a first page that is to be enough by itself: set compact, then with what matters most first."""

from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element

from handouts.pdf.layout.classes import add_class, find_by_class, has_class, remove_class
from handouts.pdf.layout.estimates import may_join_first_page
from handouts.pdf.layout.renderer import Pages
from handouts.pdf.page_checks.box_reader import read_painted_text

_BOTH_SIDES: Final = 2  # pages


def fit_first_page(tree: Element, pages: Pages, render: Callable[[], Pages]) -> Pages:
    """Save space until the element of class `first-page`, if a document has one, ends on the first page, or flows on.

    `pages` are those of the tree as it is, and `render` lays it out as it was changed. Return the pages that were
    chosen; the tree is left as they have it.

    The class `compact` is for a style sheet to save space. If that is not enough, the contact panel moves before the
    actions, and the class `flowing` lets the text go on behind them. A `short` text stands on the same page: it loses
    this class if it does not fit there, unless it would then take more pages. In a format whose first page always
    flows, as in large print, the panel moves before actions that go on to a second page, if it would stand on a third.
    """
    element = find_by_class(tree, "first-page")
    return pages if element is None else _FirstPage(element, render).fit(pages)


class _FirstPage:
    def __init__(self, element: Element, render: Callable[[], Pages]) -> None:
        self._element: Final = element
        self._render: Final = render
        self._contact: Final = find_by_class(element, "contact")
        self._actions: Final = find_by_class(element, "actions")

    def fit(self, pages: Pages) -> Pages:
        if has_class(self._element, "flowing"):
            if not self._is_contact_late(pages):
                return pages
            self._move_contact()
            return self._render()
        if has_class(self._element, "short"):
            return self._fit_short_text(pages)
        if self._goes_on(pages):
            add_class(self._element, "compact")
            pages = self._render()
        return self._let_flow(pages)

    def _fit_short_text(self, together: Pages) -> Pages:
        if self._goes_on(together):
            add_class(self._element, "compact")
            if len(together.names) > _BOTH_SIDES:
                return self._set_apart_at_once()
            together = self._render()
            if self._goes_on(together):
                return self._let_flow(together)
        if len(together.names) == 1:
            return together
        classes = self._element.get("class", "")
        remove_class(self._element, "short")
        apart = self._render()
        if len(apart.names) <= len(together.names):
            return apart
        self._element.set("class", classes)
        return together

    def _set_apart_at_once(self) -> Pages:
        """Set a text apart that does not fit on the first page in any case; try it there if that may save a page."""
        remove_class(self._element, "short")
        apart = self._render()
        if self._goes_on(apart):
            return self._let_flow(apart)
        if may_join_first_page(read_painted_text(apart.document)):
            add_class(self._element, "short")
            together = self._render()
            if len(together.names) < len(apart.names):
                return together
            remove_class(self._element, "short")
        return apart

    def _let_flow(self, pages: Pages) -> Pages:
        """Let the text flow on behind the element if that does not end on the first page."""
        if not self._goes_on(pages):
            return pages
        add_class(self._element, "flowing")
        self._move_contact()
        return self._render()

    def _goes_on(self, pages: Pages) -> bool:
        """Return whether the element goes on on the second page."""
        return self._element in _list_elements(pages, 1)

    def _is_contact_late(self, pages: Pages) -> bool:
        """Return whether the contact panel stands behind actions that end on the second page, on a page after that."""
        if self._contact is None or self._actions is None:
            return False
        second = _list_elements(pages, 1)
        return self._is_after_actions() and self._actions in second and self._contact not in second

    def _is_after_actions(self) -> bool:
        children = list(self._element)
        return (
            self._contact in children
            and self._actions in children
            and children.index(self._contact) > children.index(self._actions)
        )

    def _move_contact(self) -> None:
        """Move the contact panel before the actions."""
        if self._contact is not None and self._actions is not None and self._is_after_actions():
            self._element.remove(self._contact)
            self._element.insert(list(self._element).index(self._actions), self._contact)


def _list_elements(pages: Pages, number: int) -> set[Element]:
    """Return the elements that have boxes on a page, counted from 0."""
    found = pages.document.pages[number : number + 1]
    return {box.element for page in found for box in page._page_box.descendants() if box.element is not None}  # noqa: SLF001 - no public way to the boxes
