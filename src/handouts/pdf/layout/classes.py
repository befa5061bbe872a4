"""Reads and sets the classes of HTML elements."""

from xml.etree.ElementTree import Element


def has_class(element: Element, name: str) -> bool:
    """Return whether an element has a class."""
    return name in element.get("class", "").split()


def add_class(element: Element, name: str) -> None:
    """Add a class to an element."""
    element.set("class", f"{element.get('class', '')} {name}".strip())


def find_by_class(tree: Element, name: str) -> Element | None:
    """Return the first element with a class, in the order of the document."""
    return next((element for element in tree.iter() if has_class(element, name)), None)


def remove_class(element: Element, name: str) -> None:
    """Remove a class from an element."""
    element.set("class", " ".join(other for other in element.get("class", "").split() if other != name))
