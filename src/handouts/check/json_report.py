"""Findings for machines: one JSON object, and the annotations of GitHub Actions."""

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from handouts.check.run import Findings
from handouts.problems.github import annotation
from handouts.schema.check_report import AcceptedReport, CheckReport
from handouts.schema.report import ProblemReport


def as_json(findings: Findings, today: dt.date, *, ok: bool) -> str:
    """Write findings as one JSON object (`handouts schema check`)."""
    whole = CheckReport(
        ok=ok,
        today=today,
        findings=tuple(ProblemReport.of(problem) for problem in findings.open),
        accepted=tuple(
            AcceptedReport(**ProblemReport.of(problem).model_dump(), reason=reason)
            for problem, reason in findings.accepted
        ),
    )
    return whole.model_dump_json(indent=2)


def annotations(findings: Findings, folder: PurePosixPath) -> Iterator[str]:
    """Write each open finding as an annotation of GitHub Actions; accepted ones as notices.

    `folder` is where the project lies in its repository.
    """
    for problem in findings.open:
        yield annotation(problem, folder)
    for problem, reason in findings.accepted:
        yield annotation(problem, folder, "notice", after=f" (accepted: {reason})")
