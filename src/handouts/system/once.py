"""Once: what is worked out a single time for each object, however often it is asked for."""

from collections.abc import Callable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Value = TypeVar("Value")


class OnceEach(Generic[Thing, Value]):
    """A function of one object that remembers its results by the object itself, so that no object is compared.

    It keeps the objects, so it lives no longer than a run; with `most`, those that it met last.
    """

    def __init__(self, work_out: Callable[[Thing], Value], most: int | None = None) -> None:
        """Take the function."""
        self._most = most
        self._work_out = work_out
        self._known: dict[int, tuple[Thing, Value]] = {}

    def __call__(self, thing: Thing) -> Value:
        """Give the value for an object."""
        known = self._known.get(id(thing))
        if known is None:
            if len(self._known) == self._most:
                del self._known[next(iter(self._known))]
            known = self._known[id(thing)] = (thing, self._work_out(thing))
        return known[1]
