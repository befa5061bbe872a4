"""The JSON object of `handouts check --format json`."""

import datetime as dt

from pydantic import Field

from handouts.schema.base import Schema
from handouts.schema.report import ProblemReport


class AcceptedReport(ProblemReport):
    """An accepted finding, and the reason why."""

    reason: str


class CheckReport(Schema):
    """The findings of a check; `ok` is false if the exit code is 1."""

    ok: bool
    today: dt.date = Field(description="The day that dates were compared with.")
    findings: tuple[ProblemReport, ...]
    accepted: tuple[AcceptedReport, ...]
