"""The order in which outputs are made, by which workers lay out little more than once."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Final

from handouts.build.plan.plan import Planned

_BEGUN_PER_JOB: Final = 2


def order_outputs(planned: Iterable[Planned], jobs: int) -> Iterator[Planned]:
    """Yield outputs for so many jobs at once: those that differ only in the practice one after another.

    Workers keep what they laid out for them. The first outputs of a few bodies come before all others of these bodies;
    else several workers would lay out the same body at the same time.
    """
    ordered = sorted(planned, key=lambda item: (item.name, item.practice.id))
    bodies = [tuple(items) for _, items in groupby(ordered, key=lambda item: item.name)]
    count = _BEGUN_PER_JOB * jobs
    for begun in (bodies[start : start + count] for start in range(0, len(bodies), count)):
        yield from (first for first, *_ in begun)
        yield from chain.from_iterable(others for _, *others in begun)
