"""Finds the text of a page that readers can see, and the fonts that it is set in."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element

from handouts.html.css_matching import Declaration, Matching
from handouts.html.fonts import Face, choose_face
from handouts.html.markup import get_tag

PROPERTIES: Final = frozenset(
    ["display", "visibility", "opacity", "content-visibility", "font-weight", "font-style", "font"]
)
_NOT_TEXT = frozenset(["head", "style", "title", "svg:title", "svg:desc"])
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_ITALIC = frozenset(["i", "em", "cite", "dfn", "var", "address"])
_REGULAR, _BOLD_WEIGHT = 400, 700


def extract_visible_text(root: Element, matching: Matching) -> str:
    """Return the text that readers see and hear, without what markup, style sheets or closed details hide."""
    return "".join(_collect_visible(root, matching, is_visible=True))


def _collect_visible(element: Element, matching: Matching, *, is_visible: bool) -> list[str]:
    tag, style = get_tag(element), matching.get_screen_style(element)
    if not tag or tag in _NOT_TEXT or _is_removed(element, style):
        return []
    if "visibility" in style:
        is_visible = style["visibility"] not in {"hidden", "collapse"}
    texts = [element.text or ""] if is_visible else []
    closed = tag == "details" and "open" not in element.attrib
    for child in element:
        if not closed or get_tag(child) == "summary":
            texts.extend(_collect_visible(child, matching, is_visible=is_visible))
        if is_visible and not closed:
            texts.append(child.tail or "")
    return texts


def _is_removed(element: Element, style: Mapping[str, str]) -> bool:
    return (
        "hidden" in element.attrib
        or "inert" in element.attrib
        or element.get("aria-hidden", "").lower() == "true"
        or style.get("display") == "none"
        or style.get("content-visibility") == "hidden"
        or _is_transparent(style.get("opacity", "1"))
    )


def _is_transparent(opacity: str) -> bool:
    try:
        return float(opacity.rstrip("%")) <= 0
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Inherited:
    """The weights and styles of letters that an element may inherit; the cascade is not resolved."""

    weights: frozenset[int] = frozenset([_REGULAR])
    italics: frozenset[bool] = frozenset([False])

    def add(self, element: Element, matching: Matching) -> "Inherited":
        """Return what the children of an element may inherit."""
        tag, declared = get_tag(element), matching.get_all_declarations(element)
        return Inherited(
            self.weights | _find_declared_weights(declared) | ({_BOLD_WEIGHT} if tag in _BOLD else set()),
            self.italics | _find_declared_styles(declared) | ({True} if tag in _ITALIC else set()),
        )


def collect_letters_by_face(
    root: Element, matching: Matching, faces: tuple[Face, ...], inherited: Inherited | None = None
) -> dict[Face, frozenset[str]]:
    """Return the letters in an element that each face may have to show.

    The cascade is not resolved: a face that any declaration names gets the letters.
    """
    collected: dict[Face, set[str]] = defaultdict(set)
    if not faces:
        return {}

    by_family: dict[str, list[Face]] = defaultdict(list)
    for face in faces:
        by_family[face.family].append(face)
    families = tuple(map(tuple, by_family.values()))

    @cache
    def choose_faces(inherited: Inherited) -> frozenset[Face]:
        return frozenset(
            choose_face(family, weight, italic=italic)
            for family in families
            for weight in inherited.weights
            for italic in inherited.italics
        )

    def visit(element: Element, inherited: Inherited) -> None:
        tag = get_tag(element)
        if not tag or tag == "head":
            return
        inherited = inherited.add(element, matching)
        texts = [element.text or "", *(child.tail or "" for child in element)]
        for face in choose_faces(inherited):
            collected[face].update(*texts)
        for child in element:
            visit(child, inherited)

    visit(root, inherited or Inherited())
    return {face: frozenset(letters) for face, letters in collected.items()}


def _find_declared_weights(declared: tuple[Declaration, ...]) -> set[int]:
    words = {word for name, value in declared if name in {"font-weight", "font"} for word in value.split()}
    named = {"bold": _BOLD_WEIGHT, "bolder": _BOLD_WEIGHT, "normal": _REGULAR, "lighter": 100}
    numbers = {int(word) for word in words if word.isdecimal() and 1 <= int(word) <= 1000}  # noqa: PLR2004 - CSS Fonts 4
    return numbers | {weight for word, weight in named.items() if word in words}


def _find_declared_styles(declared: tuple[Declaration, ...]) -> set[bool]:
    values = [value for name, value in declared if name in {"font-style", "font"}]
    return {True} if any("italic" in value or "oblique" in value for value in values) else set()
