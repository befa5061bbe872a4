"""The head of a web page: encoding, policy, the statement of what it was made from, and its style sheet."""

from typing import Final
from xml.etree.ElementTree import Element, SubElement

from handouts.provenance.statement import HTML_PREFIX, make_statement
from handouts.schema.provenance import Provenance

# A second defense: even if something got in, browsers load and run nothing (Content Security Policy Level 3).
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)


def complete_head(root: Element, style: str, made_from: Provenance | None) -> None:
    """Put encoding, policy, statement and style sheet first in the head, and remove those of the template."""
    head = root.find("head")
    if head is None:  # the parser always adds one
        head = SubElement(root, "head")
    for meta in head.findall("meta"):
        is_statement = meta.get("name", "").startswith(HTML_PREFIX)
        if "charset" in meta.attrib or "http-equiv" in meta.attrib or is_statement:
            head.remove(meta)
    fields = make_statement(made_from) if made_from else {}
    first = (
        _make_element("meta", charset="utf-8"),
        _make_element("meta", **{"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        *(_make_element("meta", name=f"{HTML_PREFIX}{name}", content=text) for name, text in fields.items()),
    )
    sheet = _make_element("style")
    sheet.text = f"\n{style}\n"
    position = next((index for index, element in enumerate(head) if element.tag == "style"), len(head))
    head.insert(position, sheet)  # before those of the template, which override it, as in PDFs
    for index, element in enumerate(first):
        head.insert(index, element)


def _make_element(tag: str, **attributes: str) -> Element:
    element = Element(tag, attributes)
    element.tail = "\n"
    return element
