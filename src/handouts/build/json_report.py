"""Reports as JSON objects that scripts read: of a build, of a dry run, and of each event.

Paths of files are relative to the project if they are in it, wherever the command runs, and else absolute.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

from handouts.build.outcome import Event, Outcome, PlanMade, Status, add_up, count_by_status
from handouts.build.report import Report
from handouts.model.project import Project
from handouts.problems.problem import Severity
from handouts.schema.events import EndEvent, FinishedEvent, PlanEvent
from handouts.schema.plan import PlannedReport, PlanReport
from handouts.schema.report import BuildReport, OutputReport, ProblemReport, TotalsReport

Action = Literal["build", "keep", "fail"]

_ACTIONS: Final[dict[Status, Action]] = {"built": "build", "unchanged": "keep", "failed": "fail"}


def format_report(report: Report, seconds: float, project: Project) -> str:
    """Return a report as one JSON object (`handouts schema report`) of a command that took `seconds`."""
    built = BuildReport(
        ok=report.ok,
        totals=_count_totals(report, seconds),
        problems=tuple(ProblemReport.of(problem) for problem in report.problems),
        outputs=tuple(_report_output(outcome, project) for outcome in report.outcomes),
        left=report.left,
        removed=report.removed,
        expired=report.expired,
        other_language=report.other_language,
    )
    return built.model_dump_json(indent=2)


def format_event(event: Event, project: Project) -> str:
    """Return an event as one line of JSON (`handouts schema events`)."""
    if isinstance(event, PlanMade):
        return PlanEvent(outputs=event.count).model_dump_json()
    output = _report_output(event.outcome, project)
    return FinishedEvent(done=event.done, total=event.total, output=output).model_dump_json()


def format_end(report: Report, seconds: float) -> str:
    """Return the end of a build as the last line of its events."""
    problems = tuple(ProblemReport.of(problem) for problem in report.problems)
    return EndEvent(ok=report.ok, totals=_count_totals(report, seconds), problems=problems).model_dump_json()


def _count_totals(report: Report, seconds: float) -> TotalsReport:
    totals_by_status = count_by_status(report.outcomes)
    overall = add_up(totals_by_status.values())
    return TotalsReport(
        built=totals_by_status["built"].outputs,
        unchanged=totals_by_status["unchanged"].outputs,
        failed=totals_by_status["failed"].outputs,
        pages=overall.pages,
        size=overall.size,
        seconds=round(seconds, 3),
    )


def _report_output(outcome: Outcome, project: Project) -> OutputReport:
    output, row = outcome.output, outcome.row
    return OutputReport(
        path=_report_path(outcome.path, project),
        status=outcome.status,
        **output.ids,
        references=row.references if row else (),
        pages=row.pages if row else 0,
        size=row.size if row else 0,
        sha256=row.sha256 if row else "",
        seconds=round(outcome.seconds, 3),
        stale=tuple(_report_path(path, project) for path in outcome.stale),
        problems=tuple(ProblemReport.of(problem) for problem in outcome.problems),
    )


def _report_path(path: Path | None, project: Project) -> str:
    # `-o` may be relative to a folder in the project, or lead out of it and back.
    return project.place(Path(os.path.abspath(path))).file if path else ""  # noqa: PTH100 - links stay as they are


def predict_actions(report: Report, *, forced: bool) -> Iterator[tuple[Outcome, Action, str]]:
    """Yield each output with the action that a build would take, and why; `forced` also builds current outputs."""
    for outcome in report.outcomes:
        reasons: dict[Status, str] = {
            "built": "forced" if forced and outcome.reason != "new" else outcome.reason,
            "unchanged": "up to date",
            "failed": ", ".join(dict.fromkeys(p.code for p in outcome.problems if p.severity is Severity.ERROR)),
        }
        yield outcome, _ACTIONS[outcome.status], reasons[outcome.status]


def format_dry_run(report: Report, project: Project, *, forced: bool) -> str:
    """Return the report of a dry run as one JSON object (`handouts schema plan`)."""
    outputs = tuple(_report_planned_output(*row, project) for row in predict_actions(report, forced=forced))
    actions = [output.action for output in outputs]
    problems = tuple(ProblemReport.of(problem) for problem in report.problems)
    counts = {action: actions.count(action) for action in _ACTIONS.values()}
    plan_report = PlanReport(ok=report.ok, **counts, problems=problems, outputs=outputs, left=report.left)
    return plan_report.model_dump_json(indent=2)


def _report_planned_output(outcome: Outcome, action: Action, reason: str, project: Project) -> PlannedReport:
    output = outcome.output
    return PlannedReport(
        path=_report_path(outcome.path, project),
        action=action,
        reason=reason,
        **output.ids,
        problems=tuple(ProblemReport.of(problem) for problem in outcome.problems),
    )
