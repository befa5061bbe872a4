"""Events: what a build tells while it runs, to whoever watches it."""

from collections.abc import Callable
from dataclasses import dataclass

from handouts.build.run import Outcome


@dataclass(frozen=True, slots=True)
class PlanMade:
    """It is known how many outputs there will be; this comes first."""

    count: int


@dataclass(frozen=True, slots=True)
class Finished:
    """One output is done; `done` counts it, and `total` is the count of the plan."""

    outcome: Outcome
    done: int
    total: int


Event = PlanMade | Finished
Watch = Callable[[Event], None]


def unwatched(_event: Event) -> None:
    """Watch nothing."""
