"""Template values that several documents share: one object for equal ones, so that kept fragments are found by them."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from handouts.compose.template_functions import Plain
from handouts.system.cache import Cache

_Value = TypeVar("_Value")
_CAPACITY = 20_000  # lists and dictionaries; a document has some 300
_BUILT_CAPACITY = 2_000


class SharedValues:
    """Values that nothing may change; the least recently used are dropped."""

    def __init__(self) -> None:
        """Create an empty cache."""
        self._shared: Cache[Hashable, Plain] = Cache(_CAPACITY)
        self._built: Cache[Hashable, tuple[tuple[object, ...], object]] = Cache(_BUILT_CAPACITY)

    def build(self, objects: tuple[object, ...], terms: Hashable, build: Callable[[], _Value]) -> _Value:
        """Return what was built for these objects, compared by identity, and terms."""
        key = (*map(id, objects), terms)
        built = self._built.get(key)
        if built is None:
            built = objects, build()  # with the objects, so that no others get their ids
            self._built.put(key, built)
        return cast("_Value", built[1])

    def share(self, value: Plain) -> Plain:
        """Return a value, with the objects of equal values of the same types in place of its lists and dictionaries."""
        return self._share(value)[0]

    def _share(self, value: Plain) -> tuple[Plain, Hashable]:
        """Return a shared value, and what identifies it as long as something holds it."""
        if isinstance(value, dict):
            pairs = [(name, *self._share(one)) for name, one in value.items()]
            copy: Plain = {name: one for name, one, _ in pairs}
            key: Hashable = dict, tuple((name, identity) for name, _, identity in pairs)
        elif isinstance(value, list):
            items = [self._share(one) for one in value]
            copy = [one for one, _ in items]
            key = list, tuple(identity for _, identity in items)
        else:
            return value, (type(value), repr(value) if isinstance(value, float) else value)
        shared = self._shared.get(key)
        if shared is None:
            shared = copy
            self._shared.put(key, shared)
        return shared, id(shared)
