"""Forecast: the report of a dry run, in words that do not say that anything was made."""

from collections.abc import Iterator
from typing import Final, Literal

from handouts.build.pipeline import Report
from handouts.build.run import Outcome, Status
from handouts.problems.problem import Severity
from handouts.schema.plan import PlannedReport, PlanReport
from handouts.schema.report import ProblemReport

Action = Literal["build", "keep", "fail"]

_ACTIONS: Final[dict[Status, Action]] = {"built": "build", "unchanged": "keep", "failed": "fail"}


def forecast(report: Report, *, forced: bool) -> Iterator[tuple[Outcome, Action, str]]:
    """Give each output with what would become of it, and why; forced is what is made though it may be up to date."""
    for outcome in report.outcomes:
        reasons: dict[Status, str] = {
            "built": "forced" if forced and outcome.reason != "new" else outcome.reason,
            "unchanged": "up to date",
            "failed": ", ".join(dict.fromkeys(p.code for p in outcome.problems if p.severity is Severity.ERROR)),
        }
        yield outcome, _ACTIONS[outcome.status], reasons[outcome.status]


def forecast_json(report: Report, *, forced: bool) -> str:
    """Write a forecast as one JSON object (`handouts schema plan`)."""
    outputs = tuple(_output(*row) for row in forecast(report, forced=forced))
    actions = [output.action for output in outputs]
    problems = tuple(ProblemReport.of(problem) for problem in report.problems)
    counts = {action: actions.count(action) for action in _ACTIONS.values()}
    whole = PlanReport(ok=report.ok, **counts, problems=problems, outputs=outputs, left=report.left)
    return whole.model_dump_json(indent=2)


def _output(outcome: Outcome, action: Action, reason: str) -> PlannedReport:
    output = outcome.output
    return PlannedReport(
        path=str(outcome.path or ""),
        action=action,
        reason=reason,
        handout=output.handout,
        practice=output.practice,
        language=output.language,
        format=output.format,
        sections=output.sections,
        problems=tuple(ProblemReport.of(problem) for problem in outcome.problems),
    )
