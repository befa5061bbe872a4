"""A page as it is read: what can be seen of its texts, and in which faces they are set."""

from collections import defaultdict
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from handouts.html.css_matching import Declared, Matching
from handouts.html.fonts import Face, chosen_face
from handouts.html.markup import tag_of

PROPERTIES = frozenset(["display", "visibility", "opacity", "content-visibility", "font-weight", "font-style", "font"])
_NOT_TEXT = frozenset(["head", "style", "title", "svg:title", "svg:desc"])
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_ITALIC = frozenset(["i", "em", "cite", "dfn", "var", "address"])
_REGULAR, _BOLD_WEIGHT = 400, 700


def visible_text(root: Element, matching: Matching) -> str:
    """Give the texts that a reader sees and hears: not what the page, a style sheet or a closed part hides."""
    return "".join(_visible(root, matching, seen=True))


def _visible(element: Element, matching: Matching, *, seen: bool) -> list[str]:
    tag, style = tag_of(element), matching.on_screen(element)
    if not tag or tag in _NOT_TEXT or _removed(element, style):
        return []
    if "visibility" in style:
        seen = style["visibility"] not in {"hidden", "collapse"}
    texts = [element.text or ""] if seen else []
    closed = tag == "details" and "open" not in element.attrib
    for child in element:
        if not closed or tag_of(child) == "summary":
            texts.extend(_visible(child, matching, seen=seen))
        if seen and not closed:
            texts.append(child.tail or "")
    return texts


def _removed(element: Element, style: Mapping[str, str]) -> bool:
    return (
        "hidden" in element.attrib
        or "inert" in element.attrib
        or element.get("aria-hidden", "").lower() == "true"
        or style.get("display") == "none"
        or style.get("content-visibility") == "hidden"
        or _is_nothing(style.get("opacity", "1"))
    )


def _is_nothing(opacity: str) -> bool:
    try:
        return float(opacity.rstrip("%")) <= 0
    except ValueError:
        return False


def letters_by_face(
    root: Element, matching: Matching, faces: tuple[Face, ...], printed: frozenset[str]
) -> dict[Face, frozenset[str]]:
    """Give the letters that each face may be needed for; `printed` are those that style sheets add.

    Declarations are not weighed against one another: a face that any of them asks for has the letters.
    """
    found: dict[Face, set[str]] = defaultdict(set)
    if not faces:
        return {}

    def go(element: Element, weights: frozenset[int], italics: frozenset[bool]) -> None:
        tag = tag_of(element)
        if not tag or tag == "head":
            return
        declared = matching.anywhere(element)
        weights = weights | _weights(declared) | ({_BOLD_WEIGHT} if tag in _BOLD else set())
        italics = italics | _italics(declared) | ({True} if tag in _ITALIC else set())
        used = {chosen_face(faces, weight, italic=italic) for weight in weights for italic in italics}
        texts = [element.text or "", *(child.tail or "" for child in element)]
        for face in used:
            found[face].update(*texts)
        for child in element:
            go(child, weights, italics)

    go(root, frozenset([_REGULAR]), frozenset([False]))
    return {face: frozenset(letters) | printed for face, letters in found.items()}


def _weights(declared: tuple[Declared, ...]) -> set[int]:
    words = {word for name, value in declared if name in {"font-weight", "font"} for word in value.split()}
    named = {"bold": _BOLD_WEIGHT, "bolder": _BOLD_WEIGHT, "normal": _REGULAR, "lighter": 100}
    numbers = {int(word) for word in words if word.isdecimal() and 1 <= int(word) <= 1000}  # noqa: PLR2004 - CSS Fonts 4
    return numbers | {weight for word, weight in named.items() if word in words}


def _italics(declared: tuple[Declared, ...]) -> set[bool]:
    values = [value for name, value in declared if name in {"font-style", "font"}]
    return {True} if any("italic" in value or "oblique" in value for value in values) else set()
