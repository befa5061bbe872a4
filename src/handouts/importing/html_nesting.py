"""Refuses HTML that is nested so deeply that parsers would take quadratic time."""

import re
from typing import Final

_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")
_OFTEN_OPEN: Final = frozenset(
    {
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "col",
        "wbr",
        "source",
    }
    | {
        "path",
        "rect",
        "circle",
        "line",
        "use",
        "area",
        "base",
        "embed",
        "param",
        "track",
        "html",
        "head",
        "body",
        "tbody",
    }
)
_MAX_DEPTH: Final = 200


def refuse_deep_nesting(html: str) -> None:
    """Raise RecursionError for elements that are nested too deeply."""
    if _measure_depth(html) > _MAX_DEPTH:
        raise RecursionError


def _measure_depth(html: str) -> int:
    """Return how deep elements are nested, without those that often are not closed."""
    depth = deepest = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _OFTEN_OPEN:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest
