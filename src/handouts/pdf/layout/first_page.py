"""Makes room on a first page that is to be enough by itself: set compact, then with what matters most first."""

from typing import Any, Final
from xml.etree.ElementTree import Element

from handouts.pdf.layout.classes import add_class, find_by_class, has_class, remove_class


class FirstPage:
    """The element of class `first-page`, in a document that wants one.

    The class `compact` is for a style sheet to save space. If that is not enough, the contact panel moves before the
    actions, and the class `flowing` lets the text go on behind them. A `short` text stands on the same page: it loses
    this class if it does not fit there, unless it would then take more pages.
    """

    def __init__(self, tree: Element) -> None:
        """Find the element; without one, nothing is ever needed."""
        self._element: Final = find_by_class(tree, "first-page")
        self._pages_of_short_text = 0

    def is_needed(self, pages: Any) -> bool:  # noqa: ANN401 - WeasyPrint has no types
        """Return whether the element or a short text goes on on a second page, and is not meant to."""
        element, count = self._element, len(pages.document.pages)
        if element is None or has_class(element, "flowing"):
            return False
        if has_class(element, "short"):
            self._pages_of_short_text = count
            return count > 1
        if 0 < self._pages_of_short_text < count:
            return True
        later = (box for page in pages.document.pages[1:2] for box in page._page_box.descendants())  # noqa: SLF001 - no public way to the boxes
        return any(box.element is element for box in later)

    def apply(self) -> bool:
        """Save more space; return whether anything was changed."""
        element = self._element
        if element is None:
            return False
        if has_class(element, "short"):
            remove_class(element, "short")
        elif self._pages_of_short_text:
            add_class(element, "flowing")
        elif not has_class(element, "compact"):
            add_class(element, "compact")
        else:
            self._let_text_flow(element)
        return True

    @staticmethod
    def _let_text_flow(element: Element) -> None:
        add_class(element, "flowing")
        contact, actions = find_by_class(element, "contact"), find_by_class(element, "actions")
        children = list(element)
        if contact in children and actions in children and contact is not None:
            element.remove(contact)
            element.insert(children.index(actions), contact)
