"""Verdicts as the JSON object that scripts read."""

from collections.abc import Sequence

from handouts.schema.verification import VerdictReport, VerificationReport
from handouts.verify.verifier import Verdict


def as_json(verdicts: Sequence[Verdict]) -> str:
    """Write verdicts as one JSON object (`handouts schema verification`)."""
    reports = tuple(
        VerdictReport(
            asked=verdict.asked,
            status=verdict.status,
            changed=verdict.changed,
            version=verdict.version,
            reason=verdict.reason,
            draft=verdict.draft,
            overdue_since=verdict.overdue_since,
            made_from=verdict.made_from,
        )
        for verdict in verdicts
    )
    ok = all(verdict.ok for verdict in verdicts)
    return VerificationReport(ok=ok, verdicts=reports).model_dump_json(indent=2)
