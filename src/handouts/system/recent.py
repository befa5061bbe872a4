"""Values that are kept while they are used: so many, and no more, for the memory of a worker must not grow."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Recent(Generic[_Value]):
    """So many of the values that were used last."""

    def __init__(self, most: int) -> None:
        """Begin with none."""
        self._most = most
        self._values: OrderedDict[Hashable, _Value] = OrderedDict()

    def keep(self, key: Hashable, value: _Value) -> None:
        """Keep a value, and forget that which has not been used for the longest time."""
        self._values[key] = value
        if len(self._values) > self._most:
            self._values.popitem(last=False)

    def take(self, key: Hashable) -> _Value | None:
        """Give a value away; whoever took it may keep it again."""
        return self._values.pop(key, None)

    def clear(self) -> None:
        """Forget all."""
        self._values.clear()
