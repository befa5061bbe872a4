"""The Jinja2 environment of templates: plain data, and closed lists of functions, filters and tests.

Projects can have their own templates, so templates are not trusted. They can use keys of dictionaries, items of lists,
macros, blocks and loops, but no attribute or method of any other Python object. Jinja2's own sandbox is a second
defense.
"""

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from types import CodeType, MethodType
from typing import Any, Final

from jinja2 import BaseLoader, StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from markupsafe import Markup

from handouts.compose.template_functions import TemplateFunction, fill, split
from handouts.compose.template_limits import TemplateLimits
from handouts.problems.problem import did_you_mean

# Without filters that hide text, are random, show Python objects or turn escaping off.
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
_COMPILED_CAPACITY: Final = 256  # templates; 39 are shipped
_LARGEST: Final = 1e9
_LARGEST_POWER: Final = 16
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
_ESCAPED: Final = "text is always escaped; write HTML in the template itself"


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Compiles and fills templates; the second line of an error text, if any, is a hint."""

    def __init__(self, loader: BaseLoader) -> None:
        """Create an environment that loads templates with a loader."""
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_check_printable,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.code_generator_class = _CheckingCompiler
        self._limits = TemplateLimits()
        known = {name: self.filters[name] for name in _FILTERS} | _OWN_FILTERS
        self.filters = {name: self._limits.limit_filter(name, known[name]) for name in known}
        self.tests = {name: self.tests[name] for name in _TESTS}
        self.globals = {"range": TemplateFunction("range", safe_range)}

    def compile(  # type: ignore[override] # the code of other kinds is never wanted
        self,
        source: str,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,  # noqa: ARG002, FBT001, FBT002 - as inherited
        defer_init: bool = False,  # noqa: ARG002, FBT001, FBT002 - as inherited
    ) -> CodeType:
        """Compile a template once in this process: its code depends on nothing but its text and its name."""
        return _compile(source, name, filename)

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - any value of a template
        """Calculate with numbers of usual sizes. Raises ValueError for others, and for texts that are repeated."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "+" or (operator == "%" and numbers):
            return self.count_value(super().call_binop(context, operator, left, right))
        if not numbers or abs(left) > _LARGEST or abs(right) > (_LARGEST if operator == "*" else _LARGEST_POWER):
            raise ValueError(f"{operator} is only for numbers of usual sizes\nwrite a loop to repeat a text")
        return super().call_binop(context, operator, left, right)

    def count_step(self) -> None:
        """Count a round of a loop or a call of a macro. Raises ValueError if there are too many in one document."""
        self._limits.count_step()

    def count_value(self, value: Any) -> Any:  # noqa: ANN401 - any value of a template
        """Count a computed value and return it. Raises ValueError if all in one document are too large together."""
        return self._limits.count_value(value)

    def concat(self, parts: Iterable[str]) -> str:
        """Return a text that a block, macro or include wrote, which is counted as well."""
        texts = list(parts)
        self._limits.count_value(texts)
        return "".join(texts)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - any value of a template
        """Return a key of a dictionary, or a public member of a loop, block or imported template."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if isinstance(obj, Undefined):
            return obj[attribute]  # raises the error that names the undefined value
        if _is_public(obj, attribute):
            return super().getattr(obj, attribute)
        if type(obj) is TemplateReference:
            try:
                return obj[attribute]
            except KeyError:
                pass
        return self._make_undefined(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - any value of a template
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
        # The key is not quoted, because it may be data of a patient.
        return self.undefined("there is no such key or item", obj=obj, name="")

    def call(self, context: Context, obj: Any, /, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as inherited
        """Call a template function, a macro, a block or a loop. Raises SecurityError for other values."""
        if (
            type(obj) is MethodType and obj == self.count_step
        ):  # compiled into loops and macros; templates themselves cannot name it
            return self.count_step()
        is_loop_method = type(obj) is MethodType and type(obj.__self__) is LoopContext
        if type(obj) in _CALLABLE or is_loop_method or isinstance(obj, Undefined):
            if type(obj) is TemplateFunction:
                self._limits.check_texts((*args, *named.values()))
                return self.count_value(super().call(context, obj, *args, **named))
            return super().call(context, obj, *args, **named)
        raise SecurityError("this cannot be called\ntemplates can call functions, macros and blocks, and use filters")

    def _make_undefined(self, obj: object, name: str) -> Undefined:
        if type(obj) is dict:
            hint = did_you_mean(name, (key for key in obj if isinstance(key, str)))
        else:
            hint = _suggest_filter(name) if name in _METHODS else ""
        return self.undefined(f'there is no "{name}" here\n{hint}', obj=obj, name=name)


@lru_cache(_COMPILED_CAPACITY)
def _compile(source: str, name: str | None, filename: str | None) -> CodeType:
    return ImmutableSandboxedEnvironment.compile(TemplateEnvironment(BaseLoader()), source, name, filename)


class _CheckingCompiler(CodeGenerator):
    """Rejects names that are not on the lists when a template is compiled, also in branches that rarely run.

    What a template puts together is counted.
    """

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - as inherited
        """Write the code of a ~ b."""
        self._write_counted(super().visit_Concat, node, frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802 - as inherited
        """Write the code of a list."""
        self._write_counted(super().visit_List, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802 - as inherited
        """Write the code of a tuple; one that names are assigned to is no value."""
        if node.ctx == "load":
            self._write_counted(super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802 - as inherited
        """Write the code of a dictionary."""
        self._write_counted(super().visit_Dict, node, frame)

    def _write_counted(self, write: Callable[[Any, Frame], None], node: nodes.Expr, frame: Frame) -> None:
        self.write("environment.count_value(")
        write(node, frame)
        self.write(")")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - as inherited
        """Check the whole template, then compile it."""
        names_with_members = {"self", "loop", *(statement.target for statement in node.find_all(nodes.Import))}
        for call in node.find_all(nodes.Call):
            self._check_call(call, names_with_members)
        for filtered in node.find_all(nodes.Filter):
            self._check_name("filter", filtered, self.environment.filters)
        for tested in node.find_all(nodes.Test):
            self._check_name("test", tested, self.environment.tests)
        for assignment in node.find_all(nodes.NSRef):
            message = f'"{assignment.name}.{assignment.attr}" cannot be set: values never change'
            self.fail(f"{message}\nset a name of its own: {{% set name = value %}}", assignment.lineno)
        for scope in node.find_all(nodes.ScopedEvalContextModifier):
            self.fail(f"autoescape is not available\n{_ESCAPED}", scope.lineno)
        for repeated in node.find_all((nodes.For, nodes.Macro)):
            step = nodes.Call(nodes.EnvironmentAttribute("count_step"), [], [], None, None)
            repeated.body.insert(  # type: ignore[attr-defined] # both have a body
                0, nodes.ExprStmt(step, lineno=repeated.lineno).set_environment(self.environment)
            )
        super().visit_Template(node, frame)

    def _check_call(self, call: nodes.Call, names_with_members: set[str]) -> None:
        called = call.node
        if not isinstance(called, nodes.Getattr) or called.attr not in _METHODS:
            return
        if not isinstance(called.node, nodes.Name) or called.node.name not in names_with_members:
            message = f'".{called.attr}(...)" is not available: values in templates have no methods'
            self.fail(f"{message}\n{_suggest_filter(called.attr)}", call.lineno)

    def _check_name(self, kind: str, node: nodes.Filter | nodes.Test, known: Collection[str]) -> None:
        if node.name not in known:
            hint = _ESCAPED if node.name == "safe" else did_you_mean(node.name, known)
            self.fail(f'there is no {kind} "{node.name}"\n{hint or _list_names(known)}', node.lineno)


def _is_public(obj: object, attribute: str) -> bool:
    """Return whether templates can use an attribute of an object that Jinja2 creates."""
    if type(obj) is LoopContext:
        return attribute in _LOOP
    if type(obj) is TemplateModule:
        return attribute in vars(obj) and not attribute.startswith("_")
    return type(obj) is BlockReference and attribute == "super"


def _suggest_filter(method: str) -> str:
    """Return a hint with the filter that replaces a Python method."""
    known = {*_FILTERS, *_OWN_FILTERS}
    replacement = _FILTER_FOR.get(method, method)
    return f"write value | {replacement}" if replacement.partition("(")[0] in known else _list_names(known)


def _list_names(known: Collection[str]) -> str:
    return f"available: {', '.join(sorted(known))}"


def _check_printable(value: object) -> object:
    """Return a value that can be printed. Raises TypeError for others, so that no Python notation gets on a page."""
    if type(value) in _PRINTED or isinstance(value, Undefined):
        return value
    if value is None:
        raise TypeError("this has no value\nprint it within {% if ... %}, or with | default(text, true)")
    if isinstance(value, dict):
        raise TypeError("several values cannot be printed at once\nname one of them, or loop over them")
    if isinstance(value, list | tuple):
        raise TypeError('a list cannot be printed\nwrite list | join(", "), or loop over it')
    raise TypeError("only text and numbers can be printed\ncall a function, macro or block with (); join a list")
