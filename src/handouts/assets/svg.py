"""Checks SVG files from untrusted sources: drawings pass; anything that could load, run or hide something does not."""

import re
from collections.abc import Iterable
from typing import Final, NoReturn
from xml.parsers import expat

from handouts.assets.svg_growth import DrawnElements, TooManyElementsError
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
    hint='export it as "plain SVG", with texts as paths',
)
RULES: Final = (NOT_SVG, UNSAFE_SVG)

# fmt: off
DRAWING_ELEMENTS: Final = frozenset([
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc", "defs", "symbol",
    "use", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker",
])
# fmt: on
"""SVG elements that draw: none can fetch, run code, bring in style sheets or hold foreign content."""

_ALLOWED: Final = DRAWING_ELEMENTS | {"metadata"}
_SVG: Final = "http://www.w3.org/2000/svg"
_HTML: Final = frozenset({"", "http://www.w3.org/1999/xhtml"})  # some programs take these elements for HTML
_LOADING: Final = re.compile(
    r"url\(\s*+['\"]?+\s*+(?!#)|image(?:-set)?\(|@import|expression\(|javascript:|\\", re.IGNORECASE
)
_MAX_ELEMENTS: Final = 20_000
_MAX_DRAWN: Final = 50_000
_MAX_DEPTH: Final = 100


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
    parser = expat.ParserCreate(namespace_separator=" ")
    elements = DrawnElements()

    def refuse(reason: str) -> NoReturn:
        # The place is taken here: expat goes on to the end of the file before it raises the error.
        raise _RefusedError(reason, Place(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        local = [(key.rpartition(" ")[2], value) for key, value in attributes.items()]  # href may be there twice
        elements.start(tag, local)
        if reason := _refuse_element(namespace, tag, elements) or _refuse_attributes(local):
            refuse(reason)

    parser.StartDoctypeDeclHandler = lambda *_: refuse("a DOCTYPE is not allowed: it can define entities")
    parser.ProcessingInstructionHandler = lambda target, _: refuse(f"<?{target}?> is not allowed")
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: elements.end()
    try:
        parser.Parse(raw, True)  # noqa: FBT003 - expat's interface
        elements.check(_MAX_DRAWN)
    except _RefusedError as refused:
        problems.add(UNSAFE_SVG.at(refused.place, reason=refused.reason))
    except TooManyElementsError:
        reason = "its elements are drawn too many times: they refer to one another again and again"
        problems.add(UNSAFE_SVG.at(Place(file), reason=reason))
    except expat.ExpatError as broken:
        reason = f"{expat.ErrorString(broken.code)} on line {broken.lineno}"
        problems.add(NOT_SVG.at(named_at, file=file, reason=reason))
    except (LookupError, ValueError) as broken:  # an encoding that expat does not know
        problems.add(NOT_SVG.at(named_at, file=file, reason=broken))
    else:
        return True
    return False


def _refuse_element(namespace: str, tag: str, elements: DrawnElements) -> str:
    """Return why an element is refused, "" if it is allowed."""
    if elements.count == 1 and (tag != "svg" or namespace != _SVG):
        return f'the first element has to be <svg xmlns="{_SVG}">'
    if elements.count > _MAX_ELEMENTS:
        return "it has too many elements"
    if elements.depth > _MAX_DEPTH:
        return "its elements are nested too deeply"
    if namespace in _HTML or (namespace == _SVG and tag not in _ALLOWED):
        return f"<{tag}> is not allowed"
    return ""


def _refuse_attributes(attributes: Iterable[tuple[str, str]]) -> str:
    """Return why the first refused attribute is refused, "" if all are allowed."""
    for name, value in attributes:
        if name.lower().startswith("on"):
            return f"the attribute {name} is not allowed: it can run code"
        if name == "href" and not value.startswith("#"):
            return f'href="{value[:60]}" leads out of the drawing'
        if name == "base" or (_may_load(value) and _LOADING.search(value)):
            return f'{name}="{value[:60]}" could load something from outside'
    return ""


def _may_load(value: str) -> bool:
    """Return whether a value has a character that everything that loads has: paths of 10,000 letters have none."""
    return "(" in value or "@" in value or ":" in value or "\\" in value
