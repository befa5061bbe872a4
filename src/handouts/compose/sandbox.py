"""The Jinja2 environment of templates: plain data, and closed lists of functions, filters and tests.

Projects bring templates of their own, so a template is not trusted. It reaches keys of dictionaries, items of lists,
macros, blocks and loops. No attribute or method of any other Python object can be read or called. Jinja2's own sandbox
stands behind this as a second wall.
"""

from collections.abc import Collection
from types import MethodType
from typing import Any, Final

from jinja2 import BaseLoader, BytecodeCache, StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from markupsafe import Markup

from handouts.compose.template_functions import TemplateFunction, fill, split
from handouts.problems.problem import did_you_mean

# Without those that hide text, depend on chance, show Python objects or turn escaping off.
_FILTERS: Final = (
    *("batch", "capitalize", "default", "e", "escape", "first", "int", "items", "join", "last", "length", "list"),
    *("lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr"),
    *("slice", "sort", "sum", "trim", "unique", "upper"),
)
_OWN_FILTERS: Final = {"fill": fill, "split": split}
_TESTS: Final = (
    *("boolean", "defined", "divisibleby", "even", "false", "float", "in", "integer", "iterable", "lower", "mapping"),
    *("none", "number", "odd", "sequence", "string", "true", "undefined", "upper"),
    *("==", "eq", "equalto", "!=", "ne", ">", "gt", "greaterthan", ">=", "ge", "<", "lt", "lessthan", "<=", "le"),
)
_LOOP: Final = (
    *("changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length"),
    *("nextitem", "previtem", "revindex", "revindex0"),
)
_CALLABLE: Final = frozenset({TemplateFunction, Macro, BlockReference, LoopContext})
_INDEXED: Final = frozenset({list, tuple, str, Markup})
_PRINTED: Final = frozenset({str, Markup, int, float, bool})
_METHODS: Final = frozenset(
    name for kind in (str, dict, list) for name in dir(kind) if not name.startswith("_") and name != "index"
)
# Filters that do what a method of another name does.
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
# Text of content, and what is typed at the front desk, is never taken for HTML.
_ESCAPED: Final = "text is always escaped; write HTML in the template itself"


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Compiles and fills templates. The second line of an error's text, if there is one, says what to do."""

    def __init__(self, loader: BaseLoader, compiled: BytecodeCache) -> None:
        """Create an environment that takes templates from a loader, and keeps compiled ones in a cache."""
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_printed,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled,
        )
        self.code_generator_class = _Compiler
        self.filters = {name: self.filters[name] for name in _FILTERS} | _OWN_FILTERS
        self.tests = {name: self.tests[name] for name in _TESTS}
        self.globals = {"range": TemplateFunction("range", safe_range)}

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - whatever a template has
        """Return a key of a dictionary, or a public member of a loop, block or imported template."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if isinstance(obj, Undefined):
            return obj[attribute]  # raises the error that says what is not defined
        if _is_public(obj, attribute):
            return super().getattr(obj, attribute)
        if type(obj) is TemplateReference:
            try:
                return obj[attribute]
            except KeyError:
                pass
        return self._missing(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - whatever a template has
        """Return a key of a dictionary or an item of a list or text."""
        if isinstance(obj, Undefined):
            return obj[argument]
        kind = type(obj)
        if kind is dict or (kind in _INDEXED and isinstance(argument, int)):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        elif isinstance(argument, str) and (_is_public(obj, argument) or type(obj) is TemplateReference):
            return self.getattr(obj, argument)
        # What was looked up may be what was typed for a patient, so it is not quoted.
        return self.undefined("there is no such key or item", obj=obj, name="")

    def call(self, context: Context, obj: Any, /, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as inherited
        """Call a function that templates are given, a macro, a block or a loop; raise SecurityError for others."""
        of_loop = type(obj) is MethodType and type(obj.__self__) is LoopContext
        if type(obj) in _CALLABLE or of_loop or isinstance(obj, Undefined):
            return super().call(context, obj, *args, **named)
        raise SecurityError("this cannot be called\ntemplates can call functions, macros and blocks, and use filters")

    def _missing(self, obj: object, name: str) -> Undefined:
        if type(obj) is dict:
            hint = did_you_mean(name, (key for key in obj if isinstance(key, str)))
        else:
            hint = _instead_of(name) if name in _METHODS else ""
        return self.undefined(f'there is no "{name}" here\n{hint}', obj=obj, name=name)


class _Compiler(CodeGenerator):
    """Refuses what is not on the lists when a template is compiled: also where it would rarely be run."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - as inherited
        """Check all of a template, then compile it."""
        with_members = {"self", "loop", *(one.target for one in node.find_all(nodes.Import))}
        for call in node.find_all(nodes.Call):
            self._check_call(call, with_members)
        for filtered in node.find_all(nodes.Filter):
            self._check_name("filter", filtered, self.environment.filters)
        for tested in node.find_all(nodes.Test):
            self._check_name("test", tested, self.environment.tests)
        for one in node.find_all(nodes.NSRef):
            message = f'"{one.name}.{one.attr}" cannot be set: values never change'
            self.fail(f"{message}\nset a name of its own: {{% set name = value %}}", one.lineno)
        for scope in node.find_all(nodes.ScopedEvalContextModifier):
            self.fail(f"autoescape is not available\n{_ESCAPED}", scope.lineno)
        super().visit_Template(node, frame)

    def _check_call(self, call: nodes.Call, with_members: set[str]) -> None:
        called = call.node
        if not isinstance(called, nodes.Getattr) or called.attr not in _METHODS:
            return
        if not isinstance(called.node, nodes.Name) or called.node.name not in with_members:
            message = f'".{called.attr}(...)" is not available: values in templates have no methods'
            self.fail(f"{message}\n{_instead_of(called.attr)}", call.lineno)

    def _check_name(self, what: str, node: nodes.Filter | nodes.Test, known: Collection[str]) -> None:
        if node.name not in known:
            hint = _ESCAPED if node.name == "safe" else did_you_mean(node.name, known)
            self.fail(f'there is no {what} "{node.name}"\n{hint or _list(known)}', node.lineno)


def _is_public(obj: object, attribute: str) -> bool:
    """Tell whether templates can use an attribute of a value that Jinja2 itself makes."""
    if type(obj) is LoopContext:
        return attribute in _LOOP
    if type(obj) is TemplateModule:
        return attribute in vars(obj) and not attribute.startswith("_")
    return type(obj) is BlockReference and attribute == "super"


def _instead_of(method: str) -> str:
    """Return a hint that names the filter to use in place of a Python method."""
    known = {*_FILTERS, *_OWN_FILTERS}
    written = _FILTER_FOR.get(method, method)
    return f"write value | {written}" if written.partition("(")[0] in known else _list(known)


def _list(known: Collection[str]) -> str:
    return f"there are: {', '.join(sorted(known))}"


def _printed(value: object) -> object:
    """Return what can be printed; raise TypeError for other values, so that no Python notation gets on a page."""
    if type(value) in _PRINTED or isinstance(value, Undefined):
        return value
    if value is None:
        raise TypeError("this has no value\nprint it within {% if ... %}, or with | default(text, true)")
    if isinstance(value, dict):
        raise TypeError("several values cannot be printed at once\nname one of them, or loop over them")
    if isinstance(value, list | tuple):
        raise TypeError('a list cannot be printed\nwrite list | join(", "), or loop over it')
    raise TypeError("only text and numbers can be printed\ncall a function, macro or block with (); join a list")
