"""Kept: what was made before, as long as there is room; the least recently used goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Kept(Generic[_Key, _Value]):
    """Values by key, safe for threads; `size_of` gives the size of a value, and all together have at most `room`."""

    def __init__(self, room: int, size_of: Callable[[_Value], int] = lambda _: 1) -> None:
        """Start with nothing; sizes are in bytes, or each value counts as one."""
        self._room = room
        self._size_of = size_of
        self._values: OrderedDict[_Key, _Value] = OrderedDict()
        self._used = 0
        self._lock = Lock()

    def get(self, key: _Key) -> _Value | None:
        """Give a value that is still there."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: _Key, value: _Value) -> None:
        """Keep a value; one that is larger than all the room is not kept."""
        with self._lock:
            if key in self._values:
                self._used -= self._size_of(self._values.pop(key))
            size = self._size_of(value)
            if size > self._room:
                return
            self._values[key] = value
            self._used += size
            while self._used > self._room:
                _, gone = self._values.popitem(last=False)
                self._used -= self._size_of(gone)

    @property
    def used(self) -> int:
        """How much room is taken."""
        return self._used
