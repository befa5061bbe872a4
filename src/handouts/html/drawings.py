"""Drawings with words: an SVG shown as a picture sees no font of its page, so it gets its own."""

import re
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from handouts.html.fonts import Face, chosen_face, font_faces

_SVG = "{http://www.w3.org/2000/svg}"
_BOLD = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 100}
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)")
_ITALIC = re.compile(r"italic|oblique")


def with_fonts(drawing: bytes, faces: tuple[Face, ...]) -> bytes:
    """Give an SVG drawing with the bundled faces that its words name; as it is if it names none."""
    named = tuple(face for face in faces if face.family.encode() in drawing)
    if not named or b"<!" in drawing.replace(b"<!--", b""):  # a DOCTYPE could define anything
        return drawing
    try:
        root = fromstring(drawing)  # noqa: S314 - nothing is defined in it, as the line above sees to
    except ParseError:
        return drawing  # browsers show it as broken, WeasyPrint too
    letters = "".join("".join(text.itertext()) for text in root.iter(f"{_SVG}text"))
    if not letters:
        return drawing
    style = Element(f"{_SVG}style")
    used = {chosen_face(named, weight, italic=italic) for weight in _weights(root) for italic in _italics(root)}
    style.text = font_faces(dict.fromkeys(used, frozenset(letters)))
    root.insert(0, style)
    made: bytes = tostring(root, encoding="utf-8")
    return made


def _weights(root: Element) -> set[int]:
    words = {"normal"}
    for element in root.iter():
        words.update([element.get("font-weight", "normal"), *_WEIGHT.findall(element.get("style", ""))])
    return {int(word) if word.isdecimal() else _BOLD.get(word, 400) for word in words}


def _italics(root: Element) -> set[bool]:
    slanted = any(
        _ITALIC.search(element.get("font-style", "") + element.get("style", "")) is not None for element in root.iter()
    )
    return {False, True} if slanted else {False}
