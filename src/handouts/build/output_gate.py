"""What keeps an output from being made or handed out: the release gate, and the date on which its handout expired."""

import datetime as dt
from dataclasses import dataclass, replace

from handouts.build.options import ReleaseGate
from handouts.build.plan.plan import Planned
from handouts.build.rules import EXPIRED_FILE
from handouts.numbering.number import Numbered
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, Severity, has_errors
from handouts.provenance.code_ledger import CodeLedger
from handouts.schema.provenance import Provenance


@dataclass(frozen=True, slots=True)
class OutputGate:
    """The release gate of a run, if it has one, and the ledger for the print codes of what it lets through.

    Without a gate, only outputs of handouts that have expired by a day are refused (`expired_by`; None: none are).
    """

    gate: ReleaseGate | None
    codes: CodeLedger | None
    expired_by: dt.date | None

    def find_refusals(self, planned: Planned, numbered: Numbered) -> tuple[Problem, ...]:
        """Return the errors because of which an output must not be made."""
        if self.gate is None:
            return self._find_expiry(planned)
        return self.gate.find_refusals(numbered, planned.practice)

    def _find_expiry(self, planned: Planned) -> tuple[Problem, ...]:
        """Return an error if `--prune` would remove the output at once, because its handout has expired."""
        handout = planned.selection.handout
        front = handout.front
        if self.expired_by is None or front.status == "draft" or front.review_due >= self.expired_by:
            return ()
        expired = EXPIRED_FILE.at(handout.place, path=planned.path, date=front.review_due)
        return (replace(expired, severity=Severity.ERROR),)

    def apply(
        self, numbered: Numbered, refusals: tuple[Problem, ...], problems: tuple[Problem, ...]
    ) -> tuple[Problem, ...]:
        """Add the refusals of an output to its problems, and drop those that the gate reports as well."""
        refused_places = {(problem.code, problem.place) for problem in refusals} if self.gate else set()
        with_severities = self.apply_severities(numbered, problems)
        return (*(p for p in with_severities if (p.code, p.place) not in refused_places), *refusals)

    def apply_severities(self, numbered: Numbered, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Return the problems of an output; warnings that the settings make errors become errors."""
        return self.gate.apply_severities(numbered, problems) if self.gate else problems

    def record_code(self, made_from: Provenance | None, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Record the print code of a release, unless it has errors; return the errors that keep it from being made."""
        recording = Problems()
        if self.codes and made_from and made_from.status == "approved" and not has_errors(problems):
            self.codes.record(made_from, recording)
        return recording.as_tuple()
