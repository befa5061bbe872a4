"""Outcomes: the result of each output of a build, the events that report them, and their totals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from handouts.build.manifest.manifest import FailedRow, Row
from handouts.build.plan.output import Output
from handouts.problems.problem import Problem, select_errors
from handouts.schema.report import ProblemReport

if TYPE_CHECKING:
    from handouts.build.plan.plan import Planned

Status = Literal["built", "unchanged", "failed"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one output; `seconds` is how long its layout took.

    `row` is its row of the manifest, None if it failed. In a dry run, an output that would be built has a `reason` and
    no row. If a source could not be read, `planned` is None and the path may not be known. `stale` are files of earlier
    builds that stay in place of a failed output.
    """

    output: Output
    path: Path | None
    status: Status
    problems: tuple[Problem, ...]
    planned: "Planned | None" = None
    row: Row | None = None
    seconds: float = 0.0
    reason: str = ""
    stale: tuple[Path, ...] = ()

    @property
    def failed_row(self) -> FailedRow:
        """The record of a failed output for the manifest."""
        problems = tuple(ProblemReport.of(problem) for problem in select_errors(self.problems))
        return FailedRow(path=str(self.output.path or ""), **self.output.ids, problems=problems)


@dataclass(frozen=True, slots=True)
class PlanMade:
    """The first event: the number of planned outputs."""

    count: int


@dataclass(frozen=True, slots=True)
class Finished:
    """One output is finished; `done` of `total` are."""

    outcome: Outcome
    done: int
    total: int


Event = PlanMade | Finished
OnEvent = Callable[[Event], None]


def ignore_event(_event: Event) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many outputs, pages and bytes; failed outputs have neither pages nor bytes."""

    outputs: int = 0
    pages: int = 0
    size: int = 0

    def plus(self, outcome: Outcome) -> "Totals":
        """Return the totals with one more output."""
        pages, size = (outcome.row.pages, outcome.row.size) if outcome.row else (0, 0)
        return Totals(self.outputs + 1, self.pages + pages, self.size + size)


def count_by_status(outcomes: Iterable[Outcome]) -> dict[Status, Totals]:
    """Return the totals of outcomes for each status."""
    totals = dict.fromkeys(STATUSES, Totals())
    for outcome in outcomes:
        totals[outcome.status] = totals[outcome.status].plus(outcome)
    return totals


def add_up(parts: Iterable[Totals]) -> Totals:
    """Return the sum of totals."""
    summands = tuple(parts)
    return Totals(sum(p.outputs for p in summands), sum(p.pages for p in summands), sum(p.size for p in summands))
