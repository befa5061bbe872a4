"""Checks SVG files from untrusted sources: drawings pass; anything that could load, run or hide something does not."""

import re
from collections.abc import Iterable
from typing import Final, NoReturn
from xml.etree.ElementTree import Element, fromstring
from xml.parsers import expat

from handouts.assets.broken_file import BrokenFileError
from handouts.assets.svg_growth import DrawnElements, TooManyElementsError
from handouts.assets.svg_simplify import SVG, simplify_svg
from handouts.problems.collector import Problems
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Place, Severity
from handouts.problems.rule import Rule

NOT_SVG: Final = Rule(
    "not-svg",
    Severity.ERROR,
    title="a drawing that is not an SVG file",
    why="It cannot be printed.",
    source="SVG 2 (https://www.w3.org/TR/SVG2); docs/practices.md, logo",
    message="{file} is not an SVG file: {reason}",
    hint="export it again as SVG",
)
UNSAFE_SVG: Final = Rule(
    "unsafe-svg",
    Severity.ERROR,
    title="an SVG file that does more than draw",
    why="It could run code, load something from outside, or grow without bound.",
    source="SVG 2, secure static mode (https://www.w3.org/TR/SVG2/conform.html#secure-static-mode); docs/practices.md",
    message="unsafe SVG: {reason}",
    hint="export it as SVG with texts as paths, and without pictures, links and scripts",
)
RULES: Final = (NOT_SVG, UNSAFE_SVG)

# fmt: off
DRAWING_ELEMENTS: Final = frozenset([
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc", "defs", "symbol",
    "use", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker",
])
_FILTERS: Final = frozenset([
    "filter", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feDropShadow", "feFlood", "feFuncA",
    "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset",
])
# fmt: on
"""SVG elements that draw: none can fetch, run code, bring in style sheets or hold foreign content."""

_ALLOWED: Final = DRAWING_ELEMENTS | _FILTERS | {"metadata", "style", "switch", "textPath"}
_READ_ATTRIBUTES: Final = frozenset({"", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"})
_READ: Final = frozenset({"", SVG})
_FOREIGN: Final = "foreignObject"
_HTML: Final = frozenset({"", "http://www.w3.org/1999/xhtml"})  # some programs take these elements for HTML
_LOADING: Final = re.compile(
    r"url\(\s*+['\"]?+\s*+(?!#)|image(?:-set)?\(|@import|expression\(|javascript:|\\", re.IGNORECASE
)
_NUMBERS: Final = re.compile(
    r"(?<![\w.#-])[+-]?(?:nan|inf(?:inity)?|\d{8,}|[\d.]+e\+?(?:[7-9]|\d{2,}))(?![\w-])", re.IGNORECASE
)
# In a path, commands and signs stand beside numbers, without space: M0 0L12345678-5.
_PATH_NUMBERS: Final = re.compile(rf"{_NUMBERS.pattern}|(?<![\d.])\d{{8,}}|[\d.]e\+?(?:[7-9]|\d{{2,}})", re.IGNORECASE)
_SAME_DIGITS: Final = str.maketrans("123456789", "0" * 9)
_WITH_NUMBERS: Final = frozenset(
    [
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "dx",
        "dy",
        "fx",
        "fy",
        "r",
        "rx",
        "ry",
        "width",
        "height",
        "d",
        "points",
        "viewBox",
        "transform",
        "gradientTransform",
        "patternTransform",
        "offset",
        "stroke-width",
        "font-size",
        "opacity",
        "stdDeviation",
    ]
)
_MAX_ELEMENTS: Final = 20_000
_MAX_DRAWN: Final = 50_000
_MAX_DEPTH: Final = 100
_MAX_ENTITY: Final = 300  # characters
_MAX_ENTITIES: Final = 50
_HARMLESS_INSTRUCTIONS: Final = frozenset({"xpacket", "adobe-xap-filters"})  # around metadata


class _RefusedError(HandoutsError):
    """A drawing is refused, for a reason and at a place in it."""

    def __init__(self, reason: str, place: Place) -> None:
        super().__init__(reason, place)
        self.reason = reason
        self.place = place


def check_svg(raw: bytes, file: str, named_at: Place, problems: Problems) -> bool:
    """Return whether a file is an SVG drawing that loads and runs nothing; otherwise report why not.

    Problems have places in the drawing, or `named_at`, where the file is named, if it is not SVG at all.
    """
    try:
        _Check(file).parse(raw)
    except _RefusedError as refused:
        problems.add(UNSAFE_SVG.at(refused.place, reason=refused.reason))
    except TooManyElementsError:
        reason = "its elements are drawn too many times: they refer to one another again and again"
        problems.add(UNSAFE_SVG.at(Place(file), reason=reason))
    except expat.ExpatError as broken:
        reason = f"{expat.ErrorString(broken.code)} on line {broken.lineno}"
        problems.add(NOT_SVG.at(named_at, file=file, reason=reason))
    except (BrokenFileError, LookupError, ValueError) as broken:  # also an encoding that expat does not know
        problems.add(NOT_SVG.at(named_at, file=file, reason=broken))
    else:
        return True
    return False


class _Check:
    """The check of one file, while it is parsed."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._elements = DrawnElements()
        self._open: list[str] = []
        self._unread = 0  # depth within content for other programs, which is left out
        self._styles: list[str] = []
        self._entities = 0

    def parse(self, raw: bytes) -> None:
        """Raise the exceptions that `check_svg` reports."""
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._read_text
        self._parser.EntityDeclHandler = self._declare_entity
        self._parser.ProcessingInstructionHandler = self._read_instruction
        self._parser.Parse(raw, True)  # noqa: FBT003 - expat's interface
        self._elements.check(_MAX_DRAWN)
        if self._styles:  # style sheets may refer to other elements for many elements at once
            styled = DrawnElements()
            _feed(fromstring(simplify_svg(raw)), styled)  # noqa: S314 - checked above
            styled.check(_MAX_DRAWN)

    def _refuse(self, reason: str) -> NoReturn:
        # The place is taken here: expat goes on to the end of the file before it raises the error.
        place = Place(self._file, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        raise _RefusedError(reason, place)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if self._unread or (namespace == SVG and tag == _FOREIGN and self._open[-1:] == ["switch"]):
            self._unread += 1
            return
        # What belongs to other programs is left out of the plain form of the drawing; href may be there twice.
        named = [(key.rpartition(" "), value) for key, value in attributes.items()] if namespace in _READ else []
        local = [(key, value) for (of, _, key), value in named if of in _READ_ATTRIBUTES]
        self._elements.start(tag, local)
        if reason := _refuse_element(namespace, tag, self._elements) or _refuse_attributes(local):
            self._refuse(reason)
        self._open.append(tag)

    def _end(self, _: str) -> None:
        if self._unread:
            self._unread -= 1
            return
        self._elements.end()
        if self._open.pop() == "style" and _LOADING.search("".join(self._styles)):
            self._refuse("its <style> could load something from outside")

    def _read_text(self, text: str) -> None:
        if self._open[-1:] == ["style"]:
            self._styles.append(text)

    def _declare_entity(self, name: str, is_parameter: bool, value: str | None, *_: object) -> None:  # noqa: FBT001 - expat's interface
        """Allow short texts, by which Illustrator abbreviates the names of its namespaces; nothing else."""
        self._entities += 1
        if is_parameter or value is None or "&" in value or len(value) > _MAX_ENTITY or self._entities > _MAX_ENTITIES:
            self._refuse(f'the entity "{name[:60]}" is not allowed: it could load something, or grow without bound')

    def _read_instruction(self, target: str, _: str) -> None:
        if target not in _HARMLESS_INSTRUCTIONS:
            self._refuse(f"<?{target}?> is not allowed")


def _feed(element: Element, elements: DrawnElements) -> None:
    elements.start(element.tag.removeprefix(f"{{{SVG}}}"), list(element.attrib.items()))
    for child in element:
        _feed(child, elements)
    elements.end()


def _refuse_element(namespace: str, tag: str, elements: DrawnElements) -> str:
    """Return why an element is refused, "" if it is allowed."""
    if elements.count == 1 and (tag != "svg" or namespace != SVG):
        return f'the first element has to be <svg xmlns="{SVG}">'
    if elements.count > _MAX_ELEMENTS:
        return "it has too many elements"
    if elements.depth > _MAX_DEPTH:
        return "its elements are nested too deeply"
    if namespace in _HTML or (namespace == SVG and tag not in _ALLOWED):
        return f"<{tag}> is not allowed"
    return ""


def _refuse_attributes(attributes: Iterable[tuple[str, str]]) -> str:
    """Return why the first refused attribute is refused, "" if all are allowed."""
    for name, value in attributes:
        if name.lower().startswith("on"):
            return f"the attribute {name} is not allowed: it can run code"
        if name == "href" and not value.startswith("#"):
            return f'href="{value[:60]}" leads out of the drawing'
        numbers = _PATH_NUMBERS if name == "d" else _NUMBERS
        if name in _WITH_NUMBERS and _may_be_out_of_range(value) and numbers.search(value):
            return f'{name}="{value[:60]}" has a number that is out of range'
        if name == "base" or (_may_load(value) and _LOADING.search(value)):
            return f'{name}="{value[:60]}" could load something from outside'
    return ""


def _may_be_out_of_range(value: str) -> bool:
    """Return whether a value has eight digits in a row, or a letter that other such numbers have.

    Most paths have neither, and this takes a tenth of the time of a pattern.
    """
    return not value.isascii() or "0" * 8 in value.translate(_SAME_DIGITS) or any(sign in value for sign in "nNeE")


def _may_load(value: str) -> bool:
    """Return whether a value has a character that everything that loads has: paths of 10,000 letters have none."""
    return "(" in value or "@" in value or ":" in value or "\\" in value
