"""Once: what is worked out a single time for each object, however often it is asked for."""

from collections.abc import Callable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Value = TypeVar("Value")


class OnceEach(Generic[Thing, Value]):
    """A function of one object that remembers its results by the object itself, so that no object is compared.

    It keeps the objects, so it lives no longer than a run.
    """

    def __init__(self, work_out: Callable[[Thing], Value]) -> None:
        """Take the function."""
        self._work_out = work_out
        self._known: dict[int, tuple[Thing, Value]] = {}

    def __call__(self, thing: Thing) -> Value:
        """Give the value for an object."""
        known = self._known.get(id(thing))
        if known is None:
            known = self._known[id(thing)] = (thing, self._work_out(thing))
        return known[1]
