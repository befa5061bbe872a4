"""Findings for programs: one JSON object, and annotations of GitHub Actions."""

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from handouts.check.run import Findings
from handouts.problems.github import format_annotation
from handouts.schema.check_report import AcceptedReport, CheckReport
from handouts.schema.report import ProblemReport


def findings_to_json(findings: Findings, today: dt.date, *, ok: bool) -> str:
    """Return findings as one JSON object (`handouts schema check`)."""
    report = CheckReport(
        ok=ok,
        today=today,
        findings=tuple(ProblemReport.of(problem) for problem in findings.open),
        accepted=tuple(
            AcceptedReport(**ProblemReport.of(problem).model_dump(), reason=reason)
            for problem, reason in findings.accepted
        ),
    )
    return report.model_dump_json(indent=2)


def findings_to_annotations(findings: Findings, folder: PurePosixPath) -> Iterator[str]:
    """Yield each open finding as an annotation of GitHub Actions, and each accepted one as a notice.

    `folder` is that of the project in its repository.
    """
    for problem in findings.open:
        yield format_annotation(problem, folder)
    for problem, reason in findings.accepted:
        yield format_annotation(problem, folder, "notice", after=f" (accepted: {reason})")
