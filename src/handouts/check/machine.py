"""Findings for machines: one JSON object, and the annotations of GitHub Actions."""

import datetime as dt
from collections.abc import Iterator

from handouts.check.run import Findings
from handouts.problem import Place, Problem
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


def annotations(findings: Findings) -> Iterator[str]:
    """Write each open finding as a workflow command of GitHub Actions; accepted ones as notices."""
    for problem in findings.open:
        yield _command(problem.severity.value, problem, "")
    for problem, reason in findings.accepted:
        yield _command("notice", problem, f" (accepted: {reason})")


def _command(name: str, problem: Problem, after: str) -> str:
    place = problem.place or Place("")
    values = {"file": place.file, "line": place.line, "col": place.column, "title": problem.code}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in values.items() if value)
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"::{name} {properties}::{_data(problem.message + hint + after)}"


def _data(text: str) -> str:
    # As actions/toolkit escapes: packages/core/src/command.ts.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
