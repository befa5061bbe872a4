"""Reports as JSON objects that scripts read: of a build, of a dry run, and of each event."""

from collections.abc import Iterator
from typing import Final, Literal

from handouts.build.outcome import Event, Outcome, PlanMade, Status, add_up, count_by_status
from handouts.build.run_request import Report
from handouts.problems.problem import Severity
from handouts.schema.events import EndEvent, FinishedEvent, PlanEvent
from handouts.schema.plan import PlannedReport, PlanReport
from handouts.schema.report import BuildReport, OutputReport, ProblemReport, TotalsReport

Action = Literal["build", "keep", "fail"]

_ACTIONS: Final[dict[Status, Action]] = {"built": "build", "unchanged": "keep", "failed": "fail"}


def build_json(report: Report, seconds: float) -> str:
    """Return a report as one JSON object (`handouts schema report`) of a command that took `seconds`."""
    built = BuildReport(
        ok=report.ok,
        totals=_count_totals(report, seconds),
        problems=tuple(ProblemReport.of(problem) for problem in report.problems),
        outputs=tuple(_report_output(outcome) for outcome in report.outcomes),
        left=report.left,
        removed=report.removed,
        expired=report.expired,
        other_language=report.other_language,
    )
    return built.model_dump_json(indent=2)


def format_event(event: Event) -> str:
    """Return an event as one line of JSON (`handouts schema events`)."""
    if isinstance(event, PlanMade):
        return PlanEvent(outputs=event.count).model_dump_json()
    return FinishedEvent(done=event.done, total=event.total, output=_report_output(event.outcome)).model_dump_json()


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


def _report_output(outcome: Outcome) -> OutputReport:
    output, row = outcome.output, outcome.row
    return OutputReport(
        path=str(outcome.path or ""),
        status=outcome.status,
        **output.ids,
        references=row.references if row else (),
        pages=row.pages if row else 0,
        size=row.size if row else 0,
        sha256=row.sha256 if row else "",
        seconds=round(outcome.seconds, 3),
        stale=tuple(map(str, outcome.stale)),
        problems=tuple(ProblemReport.of(problem) for problem in outcome.problems),
    )


def predict_actions(report: Report, *, forced: bool) -> Iterator[tuple[Outcome, Action, str]]:
    """Yield each output with the action that a build would take, and why; `forced` also builds current outputs."""
    for outcome in report.outcomes:
        reasons: dict[Status, str] = {
            "built": "forced" if forced and outcome.reason != "new" else outcome.reason,
            "unchanged": "up to date",
            "failed": ", ".join(dict.fromkeys(p.code for p in outcome.problems if p.severity is Severity.ERROR)),
        }
        yield outcome, _ACTIONS[outcome.status], reasons[outcome.status]


def dry_run_json(report: Report, *, forced: bool) -> str:
    """Return the report of a dry run as one JSON object (`handouts schema plan`)."""
    outputs = tuple(_report_planned_output(*row) for row in predict_actions(report, forced=forced))
    actions = [output.action for output in outputs]
    problems = tuple(ProblemReport.of(problem) for problem in report.problems)
    counts = {action: actions.count(action) for action in _ACTIONS.values()}
    plan_report = PlanReport(ok=report.ok, **counts, problems=problems, outputs=outputs, left=report.left)
    return plan_report.model_dump_json(indent=2)


def _report_planned_output(outcome: Outcome, action: Action, reason: str) -> PlannedReport:
    output = outcome.output
    return PlannedReport(
        path=str(outcome.path or ""),
        action=action,
        reason=reason,
        **output.ids,
        problems=tuple(ProblemReport.of(problem) for problem in outcome.problems),
    )
