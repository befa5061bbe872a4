"""The lines of `handouts build --progress json`: one JSON object for each event."""

from typing import Annotated, Literal

from pydantic import Field, RootModel

from handouts.schema.base import Schema
from handouts.schema.report import OutputReport, ProblemReport, TotalsReport


class PlanEvent(Schema):
    """The first line: how many outputs are planned."""

    event: Literal["plan"] = "plan"
    outputs: int


class FinishedEvent(Schema):
    """A line for each finished output; `done` of `total` are finished."""

    event: Literal["finished"] = "finished"
    done: int
    total: int
    output: OutputReport


class EndEvent(Schema):
    """The last line: totals, and the problems of the project as a whole."""

    event: Literal["end"] = "end"
    ok: bool
    totals: TotalsReport
    problems: tuple[ProblemReport, ...]


class BuildEvent(RootModel[Annotated[PlanEvent | FinishedEvent | EndEvent, Field(discriminator="event")]]):
    """One line of the output."""
