"""The JSON object of `handouts build --dry-run --json`."""

from typing import Literal

from handouts.schema.base import Schema
from handouts.schema.report import ProblemReport


class PlannedReport(Schema):
    """What would happen to one output, and why; one to be built may still fail.

    `path` is relative to the project, or absolute if the output folder is not in the project.
    If its source cannot be read, `sections` is empty and `path` may be: they depend on the source.
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
    """What a build would do; `ok` is false if the exit code is 1.

    `left` are the paths of outputs in the output folder that are no longer in the plan.
    """

    ok: bool
    build: int
    keep: int
    fail: int
    problems: tuple[ProblemReport, ...]
    outputs: tuple[PlannedReport, ...]
    left: tuple[str, ...]
