"""The lines of `handouts build --progress json`: one JSON object for each event."""

from typing import Annotated, Literal

from pydantic import Field, RootModel

from handouts.schema.base import Schema
from handouts.schema.report import OutputReport, ProblemReport, TotalsReport


class PlanEvent(Schema):
    """The first line: so many outputs are planned."""

    event: Literal["plan"] = "plan"
    outputs: int


class FinishedEvent(Schema):
    """An output is done, the nth of all."""

    event: Literal["finished"] = "finished"
    done: int
    total: int
    output: OutputReport


class EndEvent(Schema):
    """The last line: what came of it, with the problems of the project as a whole."""

    event: Literal["end"] = "end"
    ok: bool
    totals: TotalsReport
    problems: tuple[ProblemReport, ...]


class BuildEvent(RootModel[Annotated[PlanEvent | FinishedEvent | EndEvent, Field(discriminator="event")]]):
    """One line."""
