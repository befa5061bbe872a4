"""Rewrites checked SVG files in the plain form that every engine draws alike.

Style sheets become attributes; what drawing programs add for themselves is left out, as are document types, links and
content for other programs (`switch`, `foreignObject`).
"""

from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

import cssselect2
import tinycss2

from handouts.assets.broken_file import BrokenFileError

SVG: Final = "http://www.w3.org/2000/svg"
_NAMESPACE: Final = f"{{{SVG}}}"
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_LEFT_OUT: Final = frozenset({"metadata", "foreignObject", "style"})
_CONDITIONS: Final = ("requiredExtensions", "systemLanguage")
_MAX_STYLES: Final = 200_000  # characters of style sheets
_MAX_MATCHES: Final = 2_000_000  # elements times rules


def simplify_svg(raw: bytes) -> bytes:
    """Return an SVG file, which `check_svg` accepted, in plain form; raises BrokenFileError if it cannot be read."""
    try:
        root = fromstring(raw)  # noqa: S314 - checked before: entities are short and do not refer to others
    except (ParseError, LookupError, ValueError) as broken:
        raise BrokenFileError(f"it is not an SVG file ({broken})") from broken
    _apply_style_sheets(root)
    _simplify(root)
    root.set("xmlns", SVG)
    return tostring(root)


def _apply_style_sheets(root: Element) -> None:
    """Write the declarations of style sheets into the `style` attributes of the elements that they select."""
    sheets = "\n".join("".join(sheet.itertext()) for sheet in root.iter(f"{_NAMESPACE}style"))
    if not sheets.strip():
        return
    matcher, count = cssselect2.Matcher(), 0
    for rule in tinycss2.parse_stylesheet(sheets[:_MAX_STYLES], skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        values = [_write(one) for one in declarations if one.type == "declaration"]
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            continue
        count += len(selectors)
        for selector in selectors:
            if selector.pseudo_element is None:
                matcher.add_selector(selector, values)
    elements = list(cssselect2.ElementWrapper.from_xml_root(root).iter_subtree())
    if len(sheets) > _MAX_STYLES or count * len(elements) > _MAX_MATCHES:
        raise BrokenFileError("its style sheets are too large")
    for element in elements:
        matches = matcher.match(element)
        if matches:
            inherited = "; ".join(value for *_, values in matches for value in values)
            own = element.etree_element.get("style", "")
            element.etree_element.set("style", f"{inherited}; {own}" if own else inherited)


def _write(declaration: Any) -> str:  # noqa: ANN401 - tinycss2 has no types
    return f"{declaration.lower_name}: {tinycss2.serialize(declaration.value).strip()}"


def _simplify(element: Element) -> None:
    """Rename an element and all below it to plain names, without those that draw nothing."""
    tag = element.tag.removeprefix(_NAMESPACE)
    children = [child for child in element if _is_drawn(child)]
    if tag == "switch":
        chosen = next((child for child in children if not any(child.get(name) for name in _CONDITIONS)), None)
        children = [] if chosen is None else [chosen]
    element.tag = "g" if tag in {"switch", "a"} else tag
    text, attributes = element.text, _select_attributes(element)
    element.clear()
    element.text = text
    element.attrib.update(attributes)
    for child in children:
        tail = child.tail
        _simplify(child)
        child.tail = tail
    element.extend(children)


def _is_drawn(element: Element) -> bool:
    is_svg = isinstance(element.tag, str) and element.tag.startswith(_NAMESPACE)
    return is_svg and element.tag[len(_NAMESPACE) :] not in _LEFT_OUT and not element.get("requiredExtensions")


def _select_attributes(element: Element) -> dict[str, str]:
    """Return the attributes that draw: those of SVG itself, links within the drawing, and how white space counts."""
    attributes = {
        name: value
        for name, value in element.attrib.items()
        if (not name.startswith("{") or name.startswith(_XML)) and name not in _CONDITIONS
    }
    if _HREF in element.attrib:
        attributes.setdefault("href", element.attrib[_HREF])
    return attributes
