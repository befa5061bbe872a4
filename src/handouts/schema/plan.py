"""The JSON object of `handouts build --dry-run --json`."""

from typing import Literal

from handouts.schema.base import Schema
from handouts.schema.report import ProblemReport


class PlannedReport(Schema):
    """What would become of one output, and why; those to be built may still fail.

    If its source cannot be read, `path` can be empty and `sections` is: they depend on the source.
    """

    path: str
    action: Literal["build", "keep", "fail"]
    reason: str
    handout: str
    practice: str
    language: str
    format: str
    sections: tuple[str, ...]
    problems: tuple[ProblemReport, ...]


class PlanReport(Schema):
    """What a build would do; `ok` is what the exit code tells.

    `left` are the paths of outputs that are no longer in the plan, in the output folder.
    """

    ok: bool
    build: int
    keep: int
    fail: int
    problems: tuple[ProblemReport, ...]
    outputs: tuple[PlannedReport, ...]
    left: tuple[str, ...]
