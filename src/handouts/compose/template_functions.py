"""The kinds of values that templates can receive, plain data and functions, and the filters that this tool adds."""

import re
from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from types import NoneType
from typing import Final

from markupsafe import Markup, escape

Plain = str | float | None | Sequence["Plain"] | Mapping[str, "Plain"]
"""Plain data: dict, list, str, int, float, bool, None and Markup, but no subclasses of these."""

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_SCALARS: Final = frozenset({str, Markup, int, float, bool, NoneType})


class TemplateFunction:
    """A function that templates can call; its `repr` shows the name and no memory address."""

    __slots__ = ("_function", "name")

    def __init__(self, name: str, function: Callable[..., Plain | range]) -> None:
        """Wrap a function, which must check its arguments because they come from templates."""
        self.name = name
        self._function = function

    def __call__(self, /, *args: object, **named: object) -> Plain | range:
        """Call the function. Raises TypeError for arguments that it does not accept."""
        try:
            return self._function(*args, **named)
        except TypeError:
            try:
                signature(self._function).bind(*args, **named)
            except TypeError as wrong:
                raise TypeError(f"{self.name}(): {wrong}") from None  # with the name that templates use
            raise

    def __repr__(self) -> str:
        """Return the name with parentheses."""
        return f"{self.name}()"


def require_plain(values: Mapping[str, object]) -> frozenset[int]:
    """Raise TypeError for values other than plain data and, at the top level only, template functions.

    Returns the ids of all lists and dictionaries.
    """
    found: set[int] = set()
    for value in values.values():
        if type(value) is not TemplateFunction:
            _require_plain(value, found)
    return frozenset(found)


def _require_plain(value: object, found: set[int]) -> None:
    # Exact types: a subclass can have more methods and attributes.
    if type(value) in _SCALARS:
        return
    found.add(id(value))
    if type(value) is list:
        for item in value:
            _require_plain(item, found)
    elif type(value) is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise TypeError(f"template values must be dictionaries with text as keys, not {type(key).__name__}")
            _require_plain(item, found)
    else:
        raise TypeError(f"template values must be plain data, not {type(value).__name__}")


def fill(text: str, /, **values: str | float) -> str:
    """Replace each {name} in a text with the value of that name; in HTML (Markup), values are escaped.

    Raises ValueError for a placeholder without a value and for a value without a placeholder, TypeError for a value
    that is neither text nor a number.
    """
    _require_text(text, "fill")
    write = escape if isinstance(text, Markup) else str
    used: set[str] = set()

    def replace_placeholder(placeholder: re.Match[str]) -> str:
        name = placeholder[1]
        if name not in values:
            raise ValueError(f"no value for the placeholder {{{name}}}")
        used.add(name)
        value = values[name]
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise TypeError(f"the value for {{{name}}} is neither text nor a number")
        return write(value)

    filled = _PLACEHOLDER.sub(replace_placeholder, text)
    for name in values:
        if name not in used:
            raise ValueError(f"the text has no placeholder {{{name}}}")
    return type(text)(filled)


def split(text: str, separator: str, most: int = -1) -> list[str]:
    """Split a text at a separator into a list; `most` limits the number of splits."""
    _require_text(text, "split")
    return [*text.split(separator, most)]


def _require_text(value: object, name: str) -> None:
    if not isinstance(value, str):
        raise TypeError(f"the filter {name} takes text")
