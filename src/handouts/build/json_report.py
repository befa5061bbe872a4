"""A report as the JSON object that scripts read, and its events as the lines that they follow."""

from handouts.build.events import Event, PlanMade
from handouts.build.pipeline import Report
from handouts.build.run import Outcome
from handouts.build.totals import totals, whole
from handouts.schema.events import EndEvent, FinishedEvent, PlanEvent
from handouts.schema.report import BuildReport, OutputReport, ProblemReport, TotalsReport


def as_json(report: Report, seconds: float) -> str:
    """Write a report as one JSON object (`handouts schema report`); the command took so many seconds."""
    built = BuildReport(
        ok=report.ok,
        totals=_totals(report, seconds),
        problems=tuple(ProblemReport.of(problem) for problem in report.problems),
        outputs=tuple(_output(outcome) for outcome in report.outcomes),
        left=report.left,
        removed=report.removed,
        other_language=report.other_language,
    )
    return built.model_dump_json(indent=2)


def event_line(event: Event) -> str:
    """Write an event as one line of JSON (`handouts schema events`)."""
    if isinstance(event, PlanMade):
        return PlanEvent(outputs=event.count).model_dump_json()
    return FinishedEvent(done=event.done, total=event.total, output=_output(event.outcome)).model_dump_json()


def end_line(report: Report, seconds: float) -> str:
    """Write the end of a build as the last line of its events."""
    problems = tuple(ProblemReport.of(problem) for problem in report.problems)
    return EndEvent(ok=report.ok, totals=_totals(report, seconds), problems=problems).model_dump_json()


def _totals(report: Report, seconds: float) -> TotalsReport:
    counted = totals(report.outcomes)
    every = whole(counted.values())
    return TotalsReport(
        built=counted["built"].outputs,
        unchanged=counted["unchanged"].outputs,
        failed=counted["failed"].outputs,
        pages=every.pages,
        size=every.size,
        seconds=round(seconds, 3),
    )


def _output(outcome: Outcome) -> OutputReport:
    output, row = outcome.output, outcome.row
    return OutputReport(
        path=str(outcome.path or ""),
        status=outcome.status,
        handout=output.handout,
        practice=output.practice,
        language=output.language,
        format=output.format,
        sections=output.sections,
        references=row.references if row else (),
        pages=row.pages if row else 0,
        size=row.size if row else 0,
        sha256=row.sha256 if row else "",
        seconds=round(outcome.seconds, 3),
        stale=tuple(map(str, outcome.stale)),
        problems=tuple(ProblemReport.of(problem) for problem in outcome.problems),
    )
