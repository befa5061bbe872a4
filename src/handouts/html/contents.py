"""What a page may consist of, and its pictures and style sheets put into it."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from handouts.assets.svg import DRAWING_ELEMENTS
from handouts.html.loading import Loader
from handouts.html.markup import attribute_name, tag_of
from handouts.html.style_sheets import SheetWriter
from handouts.problems.problem import Problem, error

# fmt: off
# Elements that show something and neither run, ask nor load, but for pictures and style sheets.
_ALLOWED = frozenset([
    "html", "head", "title", "meta", "link", "style", "body", "header", "nav", "main", "footer", "section",
    "article", "aside", "address", "hgroup", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "wbr",
    "hr", "pre", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "img", "a", "abbr", "b",
    "strong", "i", "em", "cite", "code", "kbd", "samp", "var", "dfn", "mark", "q", "s", "small", "sub", "sup",
    "time", "u", "del", "ins", "bdi", "bdo", "ruby", "rt", "rp", "data", "table", "caption", "colgroup", "col",
    "thead", "tbody", "tfoot", "tr", "th", "td", "details", "summary",
]) | {f"svg:{name}" for name in DRAWING_ELEMENTS}
# Attributes that make a browser load, send or run something.
_REFUSED = frozenset([
    "srcset", "poster", "background", "action", "formaction", "ping", "data", "longdesc", "manifest", "srcdoc",
    "usemap", "profile", "codebase", "classid", "archive", "is", "xlink:href", "xml:base",
])
# fmt: on
_LEADS_ON = re.compile(r"#|https?://|mailto:|tel:|sms:", re.IGNORECASE)
_NOT_SEEN = re.compile("[\x00-\x20\x7f-\xa0]+")  # browsers leave these out of addresses
_LOADS = re.compile(r"url\(\s*+['\"]?+\s*+(?!#)", re.IGNORECASE)
_HINT = "a web page for patients shows texts, pictures and links: it runs and asks nothing"


class Contents:
    """Goes through a page: what it names is put into it, what it must not have becomes a problem."""

    def __init__(self, loader: Loader, sheets: SheetWriter, base: str, problems: list[Problem]) -> None:
        """Take what loads, what writes style sheets, the address of the folder that names are relative to, problems."""
        self._loader = loader
        self._sheets = sheets
        self._base = base
        self._problems = problems

    def settle(self, root: Element) -> None:
        """Check every element, and make it stand alone."""
        for element in list(root.iter()):
            tag = tag_of(element)
            if tag and tag not in _ALLOWED:
                addresses = " ".join(
                    f'"{element.attrib[key]}"' for key in ("src", "data", "href") if key in element.attrib
                )
                self._refuse(f"<{tag.removeprefix('svg:')}> is not allowed in a web page {addresses}".rstrip())
            elif tag:
                self._settle(element, tag)

    def _settle(self, element: Element, tag: str) -> None:
        if tag == "link":
            self._link(element)
        if tag == "style":
            element.text = self._sheets.text(element.text or "", self._base, "<style>")
        if tag == "meta" and element.get("http-equiv", "").strip().lower() == "refresh":
            self._refuse('<meta http-equiv="refresh"> is not allowed in a web page')
        for name, reason in list(self._against_attributes(element, tag)):
            self._refuse(f"<{tag.removeprefix('svg:')} {name}>: {reason}")
        if tag == "img" and element.get("src") is not None:
            element.set("src", self._loader.picture(element.attrib["src"], self._base))
        if "style" in element.attrib:
            element.set("style", self._sheets.declarations(element.attrib["style"], self._base, "style="))

    def _link(self, element: Element) -> None:
        if element.get("rel", "").strip().lower() != "stylesheet":
            self._refuse(
                f'<link rel="{element.get("rel", "")}"> is not allowed in a web page "{element.get("href", "")}"'
            )
            return
        address, media = element.get("href", ""), element.get("media", "")
        loaded = self._loader.load(address, self._base)
        element.tag = "style"
        element.attrib.clear()
        if media:
            element.set("media", media)
        if loaded:
            element.text = self._sheets.text(loaded.content.decode("utf-8", "replace"), loaded.address, address)

    def _against_attributes(self, element: Element, tag: str) -> Iterator[tuple[str, str]]:
        """Say why attributes are refused; drop those that only the making of pages uses."""
        for key, value in list(element.attrib.items()):
            name = attribute_name(key)
            if name.startswith("data-"):
                del element.attrib[key]
            elif not name or name.startswith("on") or (name == "src" and tag != "img"):
                yield name or key, "the attribute is not allowed in a web page"
            elif name == "href" and tag.startswith("svg:") and not value.startswith("#"):
                yield name, f'"{value[:100]}" is not loaded'
            elif name == "href" and tag == "a" and not _LEADS_ON.match(_NOT_SEEN.sub("", value)):
                yield name, f'"{value[:100]}" leads to nothing that patients have'
            elif name in _REFUSED or (tag.startswith("svg:") and name != "style" and _LOADS.search(value)):
                yield name, f'"{value[:100]}" is not loaded'

    def _refuse(self, message: str) -> None:
        self._problems.append(error("not-loaded" if "not loaded" in message else "not-allowed", message, None, _HINT))
