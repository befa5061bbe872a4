"""The Jinja2 environment of templates: plain data, and closed lists of functions, filters and tests.

Projects can have their own templates, so templates are not trusted. They can use keys of dictionaries, items of lists,
macros, blocks and loops, but no attribute or method of any other Python object. Jinja2's own sandbox is a second
defense.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from types import CodeType, MethodType
from typing import Any, Final

from jinja2 import BaseLoader, StrictUndefined, Template, Undefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import missing
from markupsafe import Markup

from handouts.compose.kept_fragments import LONGEST_FRAGMENT, Fragment, KeptFragments, Uses
from handouts.compose.template_compiler import TemplateCompiler
from handouts.compose.template_functions import TemplateFunction
from handouts.compose.template_limits import TemplateLimits
from handouts.compose.template_names import FILTERS, METHODS, OWN_FILTERS, TESTS, suggest_filter
from handouts.problems.problem import did_you_mean

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
_RANGE: Final = TemplateFunction("range", safe_range)


class _Template(Template):
    """A template whose module is made anew for each import, so that what is used in it is noted each time."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        self._module = None
        return super()._get_default_module(ctx)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Compiles and fills templates; the second line of an error text, if any, is a hint.

    It fills one document at a time. `uses` is what the templates use that run now.
    """

    template_class = _Template

    def __init__(self, loader: BaseLoader, fragments: KeptFragments | None = None) -> None:
        """Create an environment that loads templates with a loader, and keeps included ones as `fragments`."""
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_check_printable,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.code_generator_class = TemplateCompiler
        self._limits = TemplateLimits()
        known = {name: self.filters[name] for name in FILTERS} | OWN_FILTERS
        self.filters = {name: self._limits.limit_filter(name, known[name]) for name in known}
        self.tests = {name: self.tests[name] for name in TESTS}
        self.globals = {"range": _RANGE}
        self.uses = Uses()
        self._fragments = fragments
        self._shareable: Collection[int] = ()

    def start_document(self, shareable: Collection[int]) -> Uses:
        """Start a document, and return the object in which its uses are noted.

        Fragments are kept if they use no lists and dictionaries but those whose ids are `shareable`: these must never
        change.
        """
        self._limits.restart()
        self._shareable = shareable
        self.uses = Uses()
        return self.uses

    def fill_include(
        self, name: str, parent: str, context: Context, local_values: Mapping[str, object]
    ) -> Iterator[str]:
        """Yield the text of an included template, as one piece unless it is very long.

        It was kept if it used the same values in another document; then its cost is counted as if it was filled now.
        """
        values = context.get_all()
        if local_values:
            values = {**values, **{key: one for key, one in local_values.items() if one is not missing}}
        kept = self._fragments.find(name, values) if self._fragments else None
        if kept and self._limits.can_spend(kept.spent):
            self._limits.spend(kept.spent)
            self.uses.add(kept.uses)
            yield kept.text
            return
        outer, self.uses = self.uses, Uses()
        before = self._limits.spent
        try:
            parts, length = [], 0
            template = self.get_template(name, parent)
            stream = template.root_render_func(template.new_context(values, shared=True))
            for part in stream:
                parts.append(part)
                length += len(part)
                if length > LONGEST_FRAGMENT:
                    break
            text = "".join(parts)
            if length > LONGEST_FRAGMENT:
                yield text
                yield from stream
                return
            spent = self._limits.spent[0] - before[0], self._limits.spent[1] - before[1]
            if self._fragments:
                self._fragments.keep(name, Fragment(text, self.uses, spent), values, self._shareable)
        finally:
            outer.add(self.uses)
            self.uses = outer
        yield text

    def _load_template(self, name: str, globals: Any) -> Template:  # noqa: A002, ANN401 - as inherited
        self.uses.templates[name] = None
        return super()._load_template(name, globals)

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
            hint = suggest_filter(name) if name in METHODS else ""
        return self.undefined(f'there is no "{name}" here\n{hint}', obj=obj, name=name)


@lru_cache(_COMPILED_CAPACITY)
def _compile(source: str, name: str | None, filename: str | None) -> CodeType:
    return ImmutableSandboxedEnvironment.compile(TemplateEnvironment(BaseLoader()), source, name, filename)


def _is_public(obj: object, attribute: str) -> bool:
    """Return whether templates can use an attribute of an object that Jinja2 creates."""
    if type(obj) is LoopContext:
        return attribute in _LOOP
    if type(obj) is TemplateModule:
        return attribute in vars(obj) and not attribute.startswith("_")
    return type(obj) is BlockReference and attribute == "super"


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
