"""Parses HTML to a tree of elements and writes it back, so that browsers read the same tree."""

import base64
import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from handouts.compose.html_tree import parse_tree

# Namespaces as tinyhtml5 writes them; elements of HTML have none here.
_SVG = "{http://www.w3.org/2000/svg}"
_ATTRIBUTES = {
    "{http://www.w3.org/1999/xlink}": "xlink:",
    "{http://www.w3.org/XML/1998/namespace}": "xml:",
    "{http://www.w3.org/2000/xmlns/}": "xmlns:",
}
_VOID = frozenset(["area", "br", "col", "hr", "img", "link", "meta", "wbr"])
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_.-]*")
_ENDS_STYLE = re.compile(r"</")
# Browsers drop or replace control characters; surrogates cannot be encoded.
_INVALID_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def replace_invalid_characters(html: str) -> str:
    """Return HTML with replacement characters in place of those that browsers drop or that cannot be encoded."""
    return _INVALID_CHARACTERS.sub("\ufffd", html)


def parse_html(html: str) -> Element:
    """Parse a document as browsers do, with the error handling of the WHATWG HTML standard."""
    return parse_tree(replace_invalid_characters(html))


def get_tag(element: Element) -> str:
    """Return the name of an element, with "svg:" before those of drawings; an empty string for a comment."""
    tag: object = element.tag  # a function for comments
    if not isinstance(tag, str):
        return ""
    return f"svg:{tag.removeprefix(_SVG)}" if tag.startswith(_SVG) else tag


def get_attribute_name(name: str) -> str:
    """Return the name of an attribute as written in HTML; an empty string if it cannot be written."""
    for namespace, prefix in _ATTRIBUTES.items():
        if name.startswith(namespace):
            return prefix + name.removeprefix(namespace)
    return name if _NAME.fullmatch(name) else ""


def write_html(root: Element) -> str:
    """Return the HTML of a document whose elements and attributes were checked, without comments."""
    return "<!doctype html>\n" + write_element(root) + "\n"


def write_element(element: Element) -> str:
    """Return the HTML of an element and of the text behind it, likewise."""
    return "".join(_write_element(element))


def _write_element(element: Element) -> Iterator[str]:
    tag = get_tag(element)
    if tag:
        name = tag.removeprefix("svg:")
        attributes = "".join(f' {get_attribute_name(key)}="{escape(value)}"' for key, value in element.attrib.items())
        yield f"<{name}{attributes}>"
        if tag == "style":
            # CSS reads "\/" as a slash; "</style" would end the element.
            yield _ENDS_STYLE.sub(r"<\\/", element.text or "")
        elif tag not in _VOID:
            yield (
                "\n" if tag == "pre" and (element.text or "").startswith("\n") else ""
            )  # browsers drop the first line end
            yield escape(element.text or "", quote=False)
            for child in element:
                yield from _write_element(child)
        if tag not in _VOID:
            yield f"</{name}>"
    yield escape(element.tail or "", quote=False)


def make_data_address(media_type: str, content: bytes) -> str:
    """Return a data: address that holds the content (RFC 2397)."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"
