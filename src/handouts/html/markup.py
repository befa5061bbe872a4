"""Markup: HTML text to a tree of elements and back, such that a browser reads the same tree again."""

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

import tinyhtml5

# After these names the parser gives their elements in; HTML's own have no namespace here.
_SVG = "{http://www.w3.org/2000/svg}"
_ATTRIBUTES = {
    "{http://www.w3.org/1999/xlink}": "xlink:",
    "{http://www.w3.org/XML/1998/namespace}": "xml:",
    "{http://www.w3.org/2000/xmlns/}": "xmlns:",
}
_VOID = frozenset(["area", "br", "col", "hr", "img", "link", "meta", "wbr"])
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_.-]*")
_ENDS_STYLE = re.compile(r"</")
# Browsers drop or replace these, and one of them is no character at all.
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def parse(html: str) -> Element:
    """Read a document as browsers do (WHATWG HTML); what is written wrongly is mended as they mend it."""
    root: Element = tinyhtml5.parse(_NO_CHARACTERS.sub("\ufffd", html), namespace_html_elements=False)
    return root


def tag_of(element: Element) -> str:
    """Give an element's name, "svg:" before that of a drawing's; nothing for a comment."""
    tag: object = element.tag  # of a comment, the function that makes comments
    if not isinstance(tag, str):
        return ""
    return f"svg:{tag.removeprefix(_SVG)}" if tag.startswith(_SVG) else tag


def attribute_name(name: str) -> str:
    """Give an attribute's name as it is written; nothing for one that cannot be."""
    for namespace, prefix in _ATTRIBUTES.items():
        if name.startswith(namespace):
            return prefix + name.removeprefix(namespace)
    return name if _NAME.fullmatch(name) else ""


def write(root: Element) -> str:
    """Write a document whose elements and attributes were checked; comments are left out."""
    return "<!doctype html>\n" + "".join(_written(root)) + "\n"


def _written(element: Element) -> Iterator[str]:
    tag = tag_of(element)
    if tag:
        name = tag.removeprefix("svg:")
        attributes = "".join(f' {attribute_name(key)}="{escape(value)}"' for key, value in element.attrib.items())
        yield f"<{name}{attributes}>"
        if tag == "style":
            # In a style sheet "\/" is a slash too; "</style" would end the element.
            yield _ENDS_STYLE.sub(r"<\\/", element.text or "")
        elif tag not in _VOID:
            yield "\n" if tag == "pre" and (element.text or "").startswith("\n") else ""  # the first one is dropped
            yield escape(element.text or "", quote=False)
            for child in element:
                yield from _written(child)
        if tag not in _VOID:
            yield f"</{name}>"
    yield escape(element.tail or "", quote=False)
