"""Totals: how much came of a build, counted while it runs or at its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from handouts.build.run import Outcome, Status

STATUSES: Final[tuple[Status, ...]] = ("built", "unchanged", "failed")


@dataclass(frozen=True, slots=True)
class Totals:
    """How many outputs, pages and bytes; those that failed have neither pages nor bytes."""

    outputs: int = 0
    pages: int = 0
    size: int = 0

    def with_one(self, outcome: Outcome) -> "Totals":
        """Count one more output."""
        pages, size = (outcome.row.pages, outcome.row.size) if outcome.row else (0, 0)
        return Totals(self.outputs + 1, self.pages + pages, self.size + size)


def totals(outcomes: Iterable[Outcome]) -> dict[Status, Totals]:
    """Count outcomes by what became of them."""
    counted = dict.fromkeys(STATUSES, Totals())
    for outcome in outcomes:
        counted[outcome.status] = counted[outcome.status].with_one(outcome)
    return counted


def whole(counted: Iterable[Totals]) -> Totals:
    """Add totals up."""
    parts = tuple(counted)
    return Totals(sum(p.outputs for p in parts), sum(p.pages for p in parts), sum(p.size for p in parts))
