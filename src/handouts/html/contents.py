"""Checks the elements of a page against a list of allowed ones, and embeds its pictures and style sheets."""

import re
from typing import Final
from xml.etree.ElementTree import Element

from handouts.assets.svg import DRAWING_ELEMENTS
from handouts.html.loading import Loader
from handouts.html.markup import get_attribute_name, get_tag
from handouts.html.rules import NOT_ALLOWED, UNUSABLE_LINK
from handouts.html.style_sheets import SheetEmbedder
from handouts.problems.collector import Problems

# fmt: off
# Elements that show content; of these, only pictures and style sheets load anything.
_ALLOWED: Final = frozenset([
    "html", "head", "title", "meta", "link", "style", "body", "header", "nav", "main", "footer", "section",
    "article", "aside", "address", "hgroup", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "wbr",
    "hr", "pre", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "img", "a", "abbr", "b",
    "strong", "i", "em", "cite", "code", "kbd", "samp", "var", "dfn", "mark", "q", "s", "small", "sub", "sup",
    "time", "u", "del", "ins", "bdi", "bdo", "ruby", "rt", "rp", "data", "table", "caption", "colgroup", "col",
    "thead", "tbody", "tfoot", "tr", "th", "td", "details", "summary",
]) | {f"svg:{name}" for name in DRAWING_ELEMENTS}
# Attributes that make a browser load, send or run something.
_LOADING: Final = frozenset([
    "srcset", "poster", "background", "action", "formaction", "ping", "data", "longdesc", "manifest", "srcdoc",
    "usemap", "profile", "codebase", "classid", "archive", "is", "xlink:href", "xml:base",
])
# fmt: on
_USABLE_LINK: Final = re.compile(r"#|https?://|mailto:|tel:|sms:", re.IGNORECASE)
_IGNORED: Final = re.compile("[\x00-\x20\x7f-\xa0]+")  # in addresses, by browsers
_EXTERNAL_URL: Final = re.compile(r"url\(\s*+['\"]?+\s*+(?!#)", re.IGNORECASE)
_MAX_SHOWN: Final = 100  # characters of an address in a message


class PageContents:
    """The elements of one page: allowed ones are made self-contained, others are reported."""

    def __init__(self, loader: Loader, sheets: SheetEmbedder, base: str, problems: Problems) -> None:
        """Take the loader and the style sheets of the page, and the address that its names are relative to."""
        self._loader = loader
        self._sheets = sheets
        self._base = base
        self._problems = problems

    def check_and_embed(self, root: Element) -> None:
        """Check each element of a document, and embed the pictures and style sheets that it names."""
        for element in list(root.iter()):
            tag = get_tag(element)
            if tag and tag not in _ALLOWED:
                self._refuse(element, tag, ("src", "data", "href"))
            elif tag:
                self._embed_element(element, tag)

    def _embed_element(self, element: Element, tag: str) -> None:
        if tag == "link":
            self._embed_link(element)
        if tag == "style":
            element.text = self._sheets.embed_text(element.text or "", self._base, "<style>")
        if tag == "meta" and element.get("http-equiv", "").strip().lower() == "refresh":
            self._refuse(element, tag, ("http-equiv",))
        self._check_attributes(element, tag)
        if tag == "img" and element.get("src") is not None:
            element.set("src", self._loader.embed_picture(element.attrib["src"], self._base))
        if "style" in element.attrib:
            element.set("style", self._sheets.embed_declarations(element.attrib["style"], self._base, "style="))

    def _embed_link(self, element: Element) -> None:
        if element.get("rel", "").strip().lower() != "stylesheet":
            self._refuse(element, "link", ("rel", "href"))
            return
        address, media = element.get("href", ""), element.get("media", "")
        loaded = self._loader.load(address, self._base)
        element.tag = "style"
        element.attrib.clear()
        if media:
            element.set("media", media)
        if loaded:
            element.text = self._sheets.embed_text(loaded.content.decode("utf-8", "replace"), loaded.address, address)

    def _check_attributes(self, element: Element, tag: str) -> None:
        """Report attributes that are not allowed, and remove those that only the layout of pages uses."""
        is_svg = tag.startswith("svg:")
        for key, value in list(element.attrib.items()):
            name = get_attribute_name(key)
            if name.startswith("data-"):
                del element.attrib[key]
            elif not name or name.startswith("on") or (name == "src" and tag != "img"):
                self._problems.add(NOT_ALLOWED.at(None, markup=f"<{tag.removeprefix('svg:')} {name or key}>"))
            elif name == "href" and tag == "a" and not _USABLE_LINK.match(_IGNORED.sub("", value)):
                self._problems.add(UNUSABLE_LINK.at(None, address=value[:_MAX_SHOWN]))
            elif (
                name in _LOADING
                or (is_svg and name == "href" and not value.startswith("#"))
                or (is_svg and name != "style" and _EXTERNAL_URL.search(value))
            ):
                reason = f"web pages load nothing from <{tag.removeprefix('svg:')} {name}>"
                self._loader.report_not_loaded(value, reason)

    def _refuse(self, element: Element, tag: str, attributes: tuple[str, ...]) -> None:
        """Report an element that is not allowed, with those of the attributes that it has."""
        shown_attributes = "".join(f' {name}="{element.attrib[name]}"' for name in attributes if name in element.attrib)
        self._problems.add(NOT_ALLOWED.at(None, markup=f"<{tag.removeprefix('svg:')}{shown_attributes}>"))
