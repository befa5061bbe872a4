"""The order in which outputs are made, by which workers lay out little more than once."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby
from typing import Final, TypeVar

_Item = TypeVar("_Item")
_BEGUN: Final = 8  # bodies: enough for as many workers


def order_outputs(
    outputs: Iterable[_Item], name_of: Callable[[_Item], str], practice_of: Callable[[_Item], str]
) -> Iterator[_Item]:
    """Yield outputs by their names and practices: those that differ only in the practice one after another.

    Workers keep what they laid out for them. The first outputs of a few bodies come before all others of these bodies;
    else several workers would lay out the same body at the same time.
    """
    ordered = sorted(outputs, key=lambda item: (name_of(item), practice_of(item)))
    bodies = [tuple(items) for _, items in groupby(ordered, key=name_of)]
    for begun in (bodies[start : start + _BEGUN] for start in range(0, len(bodies), _BEGUN)):
        yield from (first for first, *_ in begun)
        yield from chain.from_iterable(others for _, *others in begun)
