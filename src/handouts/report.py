"""A report as the JSON object that scripts read."""

from handouts.batch import Outcome
from handouts.build import Report
from handouts.schema.report import BuildReport, OutputReport, ProblemReport


def as_json(report: Report) -> str:
    """Write a report as one JSON object (`handouts schema report`)."""
    whole = BuildReport(
        ok=report.ok,
        problems=tuple(ProblemReport.of(problem) for problem in report.problems),
        outputs=tuple(_output(outcome) for outcome in report.outcomes),
    )
    return whole.model_dump_json(indent=2)


def _output(outcome: Outcome) -> OutputReport:
    planned, row = outcome.planned, outcome.row
    return OutputReport(
        path=str(outcome.path),
        status=outcome.status,
        handout=planned.selection.handout.id,
        practice=planned.practice.id,
        language=planned.selection.handout.language,
        format=planned.edition.format.name,
        sections=tuple(section.id for section in planned.selection.sections),
        references=row.references if row else (),
        pages=row.pages if row else 0,
        size=row.size if row else 0,
        sha256=row.sha256 if row else "",
        problems=tuple(ProblemReport.of(problem) for problem in outcome.problems),
    )
