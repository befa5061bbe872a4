"""The names that templates can use, filters and tests, and hints for names that they cannot."""

from collections.abc import Iterable
from typing import Final

from handouts.compose.template_functions import fill, split

# Without filters that hide text, are random, show Python objects or turn escaping off.
FILTERS: Final = (
    *("batch", "capitalize", "default", "e", "escape", "first", "int", "items", "join", "last", "length", "list"),
    *("lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr"),
    *("slice", "sort", "sum", "trim", "unique", "upper"),
)
OWN_FILTERS: Final = {"fill": fill, "split": split}
TESTS: Final = (
    *("boolean", "defined", "divisibleby", "even", "false", "float", "in", "integer", "iterable", "lower", "mapping"),
    *("none", "number", "odd", "sequence", "string", "true", "undefined", "upper"),
    *("==", "eq", "equalto", "!=", "ne", ">", "gt", "greaterthan", ">=", "ge", "<", "lt", "lessthan", "<=", "le"),
)
METHODS: Final = frozenset(
    name for kind in (str, dict, list) for name in dir(kind) if not name.startswith("_") and name != "index"
)
# The filters that replace Python methods of other names.
_FILTER_FOR: Final = {
    "format": "fill(name=value)",
    "format_map": "fill(name=value)",
    "replace": 'replace("old", "new")',
    "split": 'split(" ")',
    "join": 'join(", ")',
    "strip": "trim",
    "title": "capitalize",
    "get": "default(value)",
    "count": "length",
}
# Text of the content or typed at the front desk is never read as HTML.
ESCAPED: Final = "text is always escaped; write HTML in the template itself"


def suggest_filter(method: str) -> str:
    """Return a hint with the filter that replaces a Python method."""
    known = {*FILTERS, *OWN_FILTERS}
    replacement = _FILTER_FOR.get(method, method)
    return f"write value | {replacement}" if replacement.partition("(")[0] in known else list_names(known)


def list_names(known: Iterable[str]) -> str:
    """Return a hint with the names that are available."""
    return f"available: {', '.join(sorted(known))}"
