"""Keeps the text of included templates, for other documents in which they use the same values.

Templates run no code and change nothing, so the text of one follows from the templates and values that it uses. Texts
and numbers are the same if they are equal and of one type. Functions, lists and dictionaries have to be the same
objects, and nothing may change them: those that a document was given. What uses another object, such as a macro or a
list that a template made, is not kept.
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import Final

from jinja2.utils import missing
from markupsafe import Markup

from handouts.compose.template_functions import TemplateFunction
from handouts.system.cache import Cache

LONGEST_FRAGMENT: Final = 200_000
"""Characters of a text that is kept."""

_CAPACITY: Final = 20_000_000  # characters of all texts
_COST_OF_VALUES: Final = 10_000  # the values of a fragment need memory, too: this much on average
_MOST_SHAPES: Final = 8  # sets of names that a template uses
_COMPARED: Final = frozenset({str, Markup, int, bool, NoneType})
_UNCHANGING: Final = _COMPARED | {float, TemplateFunction}


@dataclass(slots=True)
class Uses:
    """The names of the values, and of the templates in the order of first use, that templates use while they run."""

    names: set[str] = field(default_factory=set)
    templates: dict[str, None] = field(default_factory=dict)

    def add(self, others: "Uses") -> None:
        """Add the uses of a template that was included."""
        self.names |= others.names
        self.templates |= others.templates


@dataclass(frozen=True, slots=True)
class Fragment:
    """The text of an included template, what it used, and the steps and cost that it took."""

    text: str
    uses: Uses
    spent: tuple[int, int]


class KeptFragments:
    """Fragments by the name of their template and the values that they used; thread-safe."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._shapes: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._kept: Cache[Hashable, tuple[Fragment, tuple[object, ...]]] = Cache(_CAPACITY, _measure)

    def find(self, template: str, values: Mapping[str, object]) -> Fragment | None:
        """Return what a template wrote when it used the same values; None if it is not known."""
        for names in self._shapes.get(template, ()):
            if kept := self._kept.get(_make_key(template, names, values)):
                return kept[0]
        return None

    def keep(self, template: str, fragment: Fragment, values: Mapping[str, object], shareable: Collection[int]) -> None:
        """Keep a fragment, unless it used a list, dictionary or other object whose id is not `shareable`."""
        names = tuple(sorted(fragment.uses.names))
        used = tuple(values.get(name, missing) for name in names)
        if not all(type(one) in _UNCHANGING or one is missing or id(one) in shareable for one in used):
            return
        shapes = self._shapes.get(template, ())
        if names not in shapes:
            if len(shapes) == _MOST_SHAPES:
                return
            self._shapes[template] = (*shapes, names)
        # With the values, so that no other objects get their ids.
        self._kept.put(_make_key(template, names, values), (fragment, used))


def _make_key(template: str, names: tuple[str, ...], values: Mapping[str, object]) -> Hashable:
    used = (values.get(name, missing) for name in names)
    return template, names, tuple((type(one), one if type(one) in _COMPARED else id(one)) for one in used)


def _measure(kept: tuple[Fragment, tuple[object, ...]]) -> int:
    return len(kept[0].text) + _COST_OF_VALUES
