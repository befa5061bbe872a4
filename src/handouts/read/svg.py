"""SVG files from strangers: only drawings pass, nothing that could load, run or hide anything."""

import re
from xml.parsers import expat

from handouts.problem import Place, Problem, error

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
_LOADING = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|expression\(|javascript:|\\", re.IGNORECASE)
_MAX_ELEMENTS = 20_000


class _RefusedError(Exception):
    """Why a drawing is refused."""


def check_svg(raw: bytes, file: str, named_at: Place, problems: list[Problem]) -> bool:
    """Tell whether a file is an SVG drawing that pulls in nothing; add a problem with its place in the file if not.

    `named_at` is where the file is named: shown when the file as a whole is no SVG.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    count = 0
    used = 0

    def doctype(*_: object) -> None:
        raise _RefusedError("a DOCTYPE is not allowed, for it can define entities")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count, used
        count += 1
        namespace, _, tag = name.rpartition(" ")
        if count == 1 and (tag != "svg" or namespace != "http://www.w3.org/2000/svg"):
            raise _RefusedError('the first element has to be <svg xmlns="http://www.w3.org/2000/svg">')
        used += tag == "use"
        # Each <use> copies a drawing; copies of copies grow without bound.
        if count > _MAX_ELEMENTS or used > 100:  # noqa: PLR2004 - no logo comes near
            raise _RefusedError("it has too many elements")
        if namespace == "http://www.w3.org/2000/svg" and tag not in _ALLOWED:
            raise _RefusedError(f"<{tag}> is not allowed")
        for key, value in attributes.items():
            _check_attribute(key.rpartition(" ")[2], value)

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.ProcessingInstructionHandler = lambda target, _: _refuse_instruction(target)
    try:
        parser.Parse(raw, True)  # noqa: FBT003 - expat's interface
    except _RefusedError as refused:
        place = Place(file, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        problems.append(error("unsafe-svg", str(refused), place, 'export it as "plain SVG", with texts as paths'))
    except (expat.ExpatError, ValueError) as broken:
        problems.append(error("not-svg", f"{file} is no SVG file: {broken}", named_at, "export it again as SVG"))
    else:
        return True
    return False


def _refuse_instruction(target: str) -> None:
    raise _RefusedError(f"<?{target}?> is not allowed")


def _check_attribute(name: str, value: str) -> None:
    if name.lower().startswith("on"):
        raise _RefusedError(f"the attribute {name} is not allowed, for it can run code")
    if name == "href" and not value.startswith("#"):
        raise _RefusedError(f'href="{value[:60]}" leads out of the drawing')
    if name == "base" or _LOADING.search(value):
        raise _RefusedError(f'{name}="{value[:60]}" could pull in something from outside')
