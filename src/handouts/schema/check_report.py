"""The JSON object of `handouts check --format json`."""

import datetime as dt

from pydantic import Field

from handouts.schema.base import Schema
from handouts.schema.report import ProblemReport


class AcceptedReport(ProblemReport):
    """A finding that is accepted, and why."""

    reason: str


class CheckReport(Schema):
    """What a check found; `ok` is what the exit code tells."""

    ok: bool
    today: dt.date = Field(description="The day as of which dates were looked at.")
    findings: tuple[ProblemReport, ...]
    accepted: tuple[AcceptedReport, ...]
