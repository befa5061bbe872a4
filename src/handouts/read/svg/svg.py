"""SVG files from strangers: only drawings pass, nothing that could load, run or hide anything."""

import re
from collections.abc import Iterable
from typing import NoReturn
from xml.parsers import expat

from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Place, Problem, error
from handouts.read.svg.growth import Growth, TooLargeError

# Elements that draw. Whatever can fetch, script, style from elsewhere or hold foreign content is left out.
_ALLOWED = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "title",
        "desc",
        "metadata",
        "defs",
        "symbol",
        "use",
        "text",
        "tspan",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "marker",
    ]
)
_SVG = "http://www.w3.org/2000/svg"
_RUNNING = frozenset({"", "http://www.w3.org/1999/xhtml"})  # elements of these namespaces are HTML to some programs
_LOADING = re.compile(r"url\(\s*+['\"]?+\s*+(?!#)|image(?:-set)?\(|@import|expression\(|javascript:|\\", re.IGNORECASE)
_MAX_ELEMENTS = 20_000
_MAX_DRAWN = 50_000
_MAX_DEPTH = 100


class _RefusedError(HandoutsError):
    """Why a drawing is refused, and at which place in it."""

    def __init__(self, reason: str, place: Place) -> None:
        super().__init__(reason, place)
        self.reason = reason
        self.place = place


def check_svg(raw: bytes, file: str, named_at: Place, problems: list[Problem]) -> bool:
    """Tell whether a file is an SVG drawing that pulls in nothing; add a problem with its place in the file if not.

    `named_at` is where the file is named: shown when the file as a whole is no SVG.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    growth = Growth()

    def refuse(reason: str) -> NoReturn:
        # The place is asked for here, for expat goes on to the end of the file before the error comes out.
        raise _RefusedError(reason, Place(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        local = [(key.rpartition(" ")[2], value) for key, value in attributes.items()]  # href may be there twice
        growth.start(tag, local)
        if reason := _against_element(namespace, tag, growth) or _against_attributes(local):
            refuse(reason)

    parser.StartDoctypeDeclHandler = lambda *_: refuse("a DOCTYPE is not allowed, for it can define entities")
    parser.ProcessingInstructionHandler = lambda target, _: refuse(f"<?{target}?> is not allowed")
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: growth.end()
    hint = 'export it as "plain SVG", with texts as paths'
    try:
        parser.Parse(raw, True)  # noqa: FBT003 - expat's interface
        growth.check(_MAX_DRAWN)
    except _RefusedError as refused:
        problems.append(error("unsafe-svg", refused.reason, refused.place, hint))
    except TooLargeError:
        message = "its parts are drawn too often: they refer to one another again and again"
        problems.append(error("unsafe-svg", message, Place(file), hint))
    except expat.ExpatError as broken:
        reason = f"{expat.ErrorString(broken.code)} on line {broken.lineno}"
        problems.append(error("not-svg", f"{file} is no SVG file: {reason}", named_at, "export it again as SVG"))
    except (LookupError, ValueError) as broken:  # an encoding that expat does not know
        problems.append(error("not-svg", f"{file} is no SVG file: {broken}", named_at, "export it again as SVG"))
    else:
        return True
    return False


def _against_element(namespace: str, tag: str, growth: Growth) -> str:
    """Say why an element is refused; nothing if it is not."""
    if growth.count == 1 and (tag != "svg" or namespace != _SVG):
        return f'the first element has to be <svg xmlns="{_SVG}">'
    if growth.count > _MAX_ELEMENTS:
        return "it has too many elements"
    if growth.depth > _MAX_DEPTH:
        return "its elements are nested too deeply"
    if namespace in _RUNNING or (namespace == _SVG and tag not in _ALLOWED):
        return f"<{tag}> is not allowed"
    return ""


def _against_attributes(attributes: Iterable[tuple[str, str]]) -> str:
    for name, value in attributes:
        if reason := _against_attribute(name, value):
            return reason
    return ""


def _against_attribute(name: str, value: str) -> str:
    """Say why an attribute is refused; nothing if it is not."""
    if name.lower().startswith("on"):
        return f"the attribute {name} is not allowed, for it can run code"
    if name == "href" and not value.startswith("#"):
        return f'href="{value[:60]}" leads out of the drawing'
    if name == "base" or (_may_load(value) and _LOADING.search(value)):
        return f'{name}="{value[:60]}" could pull in something from outside'
    return ""


def _may_load(value: str) -> bool:
    """Tell whether a value has one of the signs that stand in all that loads, and not in a path of 10,000 letters."""
    return "(" in value or "@" in value or ":" in value or "\\" in value
