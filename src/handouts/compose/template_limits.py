"""Limits of what the template of one document may compute, so that it ends soon and needs little memory.

Each value that a template makes costs as much as it is long. A template that costs too much is an error; so no value is
ever so large that a single operation on it takes long.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from itertools import islice
from typing import Any, Final

_MAX_STEPS: Final = 200_000  # rounds of loops and calls of macros; the shipped templates have some 1,000
_MAX_COST: Final = 20_000_000  # characters; the shipped templates make some 500,000
_COST_OF_ITEM: Final = 10  # an item of a list needs more memory than a character
_LARGEST_NUMBER: Final = 1_000_000  # as an argument of a filter
_MOST_LISTS: Final = 1_000  # that `sum` joins: each is copied as often as there are others
_LONGEST_TEXT: Final = 200_000  # as an argument of a function


class TemplateLimits:
    """What one document has computed so far."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._steps = 0
        self._cost = 0

    def restart(self) -> None:
        """Start with nothing again, for another document."""
        self._steps = self._cost = 0

    @property
    def spent(self) -> tuple[int, int]:
        """The steps and the cost of all that was computed."""
        return self._steps, self._cost

    def can_spend(self, spent: tuple[int, int]) -> bool:
        """Return whether so many steps and so much cost are within the limits."""
        return self._steps + spent[0] <= _MAX_STEPS and self._cost + spent[1] <= _MAX_COST

    def spend(self, spent: tuple[int, int]) -> None:
        """Count steps and cost of what need not be computed again."""
        self._steps += spent[0]
        self._cost += spent[1]

    def count_step(self) -> None:
        """Count a round of a loop or a call of a macro. Raises ValueError if there are too many."""
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise ValueError(f"its loops and macros run more than {_MAX_STEPS:,} times\nlook for a loop within a loop")

    def count_value(self, value: Any) -> Any:  # noqa: ANN401 - any value of a template
        """Count a computed value, and return it. Raises ValueError if all of them together are too large."""
        self._add_cost(_measure(value))
        return value

    def check_texts(self, values: tuple[object, ...]) -> None:
        """Raise ValueError if a text is too long for a function, which may read it many times."""
        if any(isinstance(value, str) and len(value) > _LONGEST_TEXT for value in values):
            raise ValueError(f"a text of more than {_LONGEST_TEXT:,} characters\npass shorter ones")

    def limit_filter(self, name: str, filter_: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that counts its results, and refuses arguments for which it would take long."""

        @wraps(filter_)  # also the mark that it takes the environment or context as its first argument
        def limited(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - any value of a template
            self._check_arguments(name, (*values, *named.values()))
            result = filter_(*values, **named)
            if isinstance(result, Iterator):
                result = list(islice(result, _MAX_COST // _COST_OF_ITEM))
            return self.count_value(result)

        return limited

    def _check_arguments(self, name: str, values: tuple[Any, ...]) -> None:
        if any(isinstance(value, int) and abs(value) > _LARGEST_NUMBER for value in values[1:]):
            raise ValueError(f"the filter {name} takes no number above {_LARGEST_NUMBER:,}")
        adds_lists = any(isinstance(value, list | tuple) for value in values[2:])  # behind the environment and the list
        if name == "sum" and adds_lists and len(values[1]) > _MOST_LISTS:
            raise ValueError(f"the filter sum joins at most {_MOST_LISTS:,} lists")
        if name in {"replace", "join", "fill"}:  # each character may become a whole text
            length = 1
            for value in values:
                length *= max(1, len(value) if isinstance(value, range) else _measure(value))
            self._add_cost(length if length > _MAX_COST else 0)

    def _add_cost(self, cost: int) -> None:
        self._cost += cost
        if self._cost > _MAX_COST:
            raise ValueError(f"it makes texts and lists of more than {_MAX_COST:,} characters in all")


def _measure(value: object) -> int:
    """Return the cost of a value with all that is in it."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list | tuple):
        return sum(map(_measure, value)) + _COST_OF_ITEM * (len(value) + 1)
    if isinstance(value, dict):
        return sum(map(_measure, value.values())) + _COST_OF_ITEM * (len(value) + 1)
    return 1
