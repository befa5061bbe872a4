"""Caches that cannot grow without bound: the least recently used values by key, and results by object identity."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar, TypeVarTuple

_Key = TypeVar("_Key", bound=Hashable)
_Objects = TypeVarTuple("_Objects")
_Value = TypeVar("_Value")


class Cache(Generic[_Key, _Value]):
    """The most recently used values by key; thread-safe.

    The sizes of all values together never exceed `capacity`. Without `size_of`, each value has size 1.
    """

    def __init__(self, capacity: int, size_of: Callable[[_Value], int] = lambda _: 1) -> None:
        """Create an empty cache."""
        self._capacity = capacity
        self._size_of = size_of
        self._values: OrderedDict[_Key, _Value] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    @property
    def size(self) -> int:
        """The sizes of all values together."""
        return self._size

    def get(self, key: _Key) -> _Value | None:
        """Return the value of a key and mark it as used; None if there is none."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: _Key, value: _Value) -> None:
        """Store a value and drop the least recently used ones; a value larger than the capacity is not stored."""
        with self._lock:
            self._remove(key)
            size = self._size_of(value)
            if size > self._capacity:
                return
            self._values[key] = value
            self._size += size
            while self._size > self._capacity:
                _, dropped = self._values.popitem(last=False)
                self._size -= self._size_of(dropped)

    def pop(self, key: _Key) -> _Value | None:
        """Remove a value and return it; None if there is none."""
        with self._lock:
            return self._remove(key)

    def clear(self) -> None:
        """Remove all values."""
        with self._lock:
            self._values.clear()
            self._size = 0

    def _remove(self, key: _Key) -> _Value | None:
        value = self._values.pop(key, None)
        if value is not None:
            self._size -= self._size_of(value)
        return value


class IdentityMemo(Generic[*_Objects, _Value]):
    """A function that is called once for the same objects, compared by identity instead of by value.

    Holds references to the objects, so that no other object gets the id of one of them. With `capacity`, the oldest
    result is dropped when there are more. Thread-safe, except that two threads may call the function for the same ones.
    """

    def __init__(self, function: Callable[[*_Objects], _Value], capacity: int | None = None) -> None:
        """Create a memo without results."""
        self._capacity = capacity
        self._function = function
        self._results: dict[tuple[int, ...], tuple[tuple[*_Objects], _Value]] = {}
        self._lock = Lock()

    def __call__(self, *arguments: *_Objects) -> _Value:
        """Return the result for objects."""
        key = tuple(map(id, arguments))
        stored = self._results.get(key)
        if stored is None:
            stored = (arguments, self._function(*arguments))
            with self._lock:
                if len(self._results) == self._capacity:
                    del self._results[next(iter(self._results))]
                self._results[key] = stored
        return stored[1]
