"""Writes a feed as Atom (RFC 4287)."""

import re
import xml.etree.ElementTree as ET
from typing import Final

from handouts.infobutton.feed import Category, Feed, Link

MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_atom(feed: Feed) -> bytes:
    """Return a feed as an Atom document; the same feed gives the same bytes."""
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language})
    _add_text(root, "title", feed.title, type="text")
    _add_text(root, "subtitle", feed.subtitle, type="text")
    author = ET.SubElement(root, "author")
    _add_text(author, "name", feed.author)
    _add_text(author, "uri", feed.address)
    _add_text(root, "updated", feed.updated)
    _add_text(root, "id", feed.id)
    _add_categories(root, feed.categories)
    for one in feed.entries:
        entry = ET.SubElement(root, "entry", {"xml:lang": one.language})
        _add_text(entry, "title", one.title)
        for link in one.links:
            ET.SubElement(entry, "link", describe_link(link, one.title, one.language))
        _add_text(entry, "id", one.id)
        _add_text(entry, "updated", one.updated)
        _add_categories(entry, one.categories)
        _add_text(entry, "summary", one.summary, type="text")
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


def describe_link(link: Link, title: str, language: str) -> dict[str, str]:
    """Return the attributes of a link, in Atom's order."""
    return {
        "href": link.href,
        "hreflang": language,
        "rel": "alternate",
        "title": _NOT_IN_XML.sub("", title),
        "type": link.media_type,
    }


def _add_text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = _NOT_IN_XML.sub("", text)


def _add_categories(parent: ET.Element, categories: tuple[Category, ...]) -> None:
    for one in categories:
        label = {"label": one.label} if one.label else {}
        ET.SubElement(parent, "category", {"scheme": one.scheme, "term": one.term, **label})
