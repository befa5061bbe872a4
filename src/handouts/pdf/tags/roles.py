"""Maps HTML elements to structure types of PDF and their attributes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from xml.etree.ElementTree import Element

_SVG: Final = "{http://www.w3.org/2000/svg}"

# Standard types of PDF 1.7 (ISO 32000-1, 14.8.4). None: the element adds nothing to its parent.
# Aside exists only in PDF 2, hence Sect. A figure becomes a Div with a Figure for each picture and the Caption beside
# them: a Caption inside a Figure is lost, because readers stop at the text alternative of the Figure.
_TYPES: Final[Mapping[str, str | None]] = MappingProxyType(
    {
        **dict.fromkeys(["html", "body"]),
        **dict.fromkeys(["bdi", "bdo", "br", "cite", "data", "del", "dfn", "ins", "kbd", "label", "mark", "s", "samp"]),
        **dict.fromkeys(["small", "span", "time", "u", "var", "wbr"]),
        **dict.fromkeys(["abbr", "b", "em", "i", "strong", "sub", "sup"], "Span"),
        **dict.fromkeys(["aside", "nav", "section"], "Sect"),
        **dict.fromkeys(["address", "div", "figure", "footer", "header", "hgroup"], "Div"),
        **dict.fromkeys(["legend", "p", "pre", "summary"], "P"),
        **dict.fromkeys(["dl", "menu", "ol", "ul"], "L"),
        **dict.fromkeys(["caption", "figcaption"], "Caption"),
        **{f"h{level}": f"H{level}" for level in range(1, 7)},
        "article": "Art",
        "blockquote": "BlockQuote",
        "code": "Code",
        "dd": "LBody",
        "dt": "Lbl",
        "li": "LI",
        "main": "Part",
        "q": "Quote",
        "table": "Table",
        "tbody": "TBody",
        "td": "TD",
        "tfoot": "TFoot",
        "th": "TH",
        "thead": "THead",
        "tr": "TR",
    }
)

INLINE: Final = frozenset({"Code", "Link", "Quote", "Reference", "Span"})
"""Types that are part of a line of text."""

_NUMBERING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "circle": "/Circle",
        "decimal": "/Decimal",
        "decimal-leading-zero": "/Decimal",
        "disc": "/Disc",
        "lower-alpha": "/LowerAlpha",
        "lower-latin": "/LowerAlpha",
        "lower-roman": "/LowerRoman",
        "square": "/Square",
        "upper-alpha": "/UpperAlpha",
        "upper-latin": "/UpperAlpha",
        "upper-roman": "/UpperRoman",
    }
)


def structure_type(element: Element, *, inline: bool) -> str | None:
    """Return the structure type of an element that is not a picture; None if it needs no structure element.

    The type of unknown elements depends on whether they are laid out in a line of text. An element with only a language
    needs a structure element to hold it.
    """
    if element.tag == "a" and element.get("href"):
        return "Link"
    if element.get("role") == "note":
        return "Note"
    if "data-label" in element.attrib:
        return "Lbl"  # of the list item or note around it; HTML has no element for it
    default_type = "Span" if inline else "Div"
    mapped_type = _TYPES.get(element.tag, None if inline or element.tag == "a" else default_type)
    return default_type if mapped_type is None and language(element) and element.tag != "html" else mapped_type


def language(element: Element) -> str:
    """Return the language that an element declares itself, or ""."""
    return element.get("lang", "")


def is_picture(element: Element) -> bool:
    """Return whether the element with all its content is declared to be one picture."""
    return element.get("role") == "img"


def is_decoration(element: Element) -> bool:
    """Return whether the element is declared to be decoration, which screen readers skip."""
    return (
        element.get("aria-hidden") == "true"
        or (element.tag == "img" and element.get("alt") == "")
        or (element.tag in {"img", f"{_SVG}svg"} and element.get("role") in {"none", "presentation"})
    )


def text_alternative(element: Element) -> str:
    """Return the text alternative of a picture, or "": aria-label, alt, or the title of a drawing."""
    return _collapse_spaces(element.get("aria-label") or element.get("alt") or element.findtext(f"{_SVG}title") or "")


def expansion(element: Element) -> str:
    """Return the long form of an abbreviation, or ""."""
    return _collapse_spaces(element.get("title", "")) if element.tag == "abbr" else ""


def link_description(element: Element) -> str:
    """Return the description of a link, or "": aria-label, title, its text, or the text of a picture in it.

    Screen readers speak it instead of the target (ISO 14289-1, 7.18.5), which may be just "r1".
    """
    pictures = (text_alternative(inner) for inner in element.iter())
    candidates = (element.get("aria-label"), element.get("title"), "".join(element.itertext()), *pictures)
    return next(filter(None, map(_collapse_spaces, filter(None, candidates))), "")


def link_name(element: Element) -> str:
    """Return the text that replaces the text of a link, or "": its aria-label.

    NVDA and JAWS read the text of a link, or the Alt of its structure element, but never the Contents of its annotation
    (WCAG technique PDF13; NVDA issue 15229).
    """
    return _collapse_spaces(element.get("aria-label", "")) if element.tag == "a" else ""


def list_numbering(list_style_type: object) -> str:
    """Return the value of ListNumbering for a computed list-style-type (ISO 32000-1, table 347).

    /None is right for lists whose labels are not numbers, such as check boxes.
    """
    return _NUMBERING.get(list_style_type, "/None") if isinstance(list_style_type, str) else "/None"


def cell_attributes(element: Element, colspan: int, rowspan: int, *, in_head: bool) -> dict[str, Any]:
    """Return the Table attributes of a cell; the scope of a header is guessed if HTML does not state it.

    ISO 14289-1, 7.5: every TH has a Scope.
    """
    attributes: dict[str, Any] = {
        name: span for name, span in (("ColSpan", colspan), ("RowSpan", rowspan)) if span != 1
    }
    if element.tag == "th":
        scope = element.get("scope", "") or ("col" if in_head else "row")
        attributes["Scope"] = "/Row" if scope.startswith("row") else "/Column"
    return attributes


def _collapse_spaces(text: str) -> str:
    return " ".join(text.split())
