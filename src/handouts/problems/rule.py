"""A rule: one thing that is looked for, and why it matters."""

from dataclasses import dataclass

from handouts.problems.problem import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What `handouts check` can find: `title` says what in a few words, `why` why it matters, `source` who says so."""

    code: str
    severity: Severity
    title: str
    why: str
    source: str

    def found(self, message: str, place: Place | None = None, hint: str = "") -> Problem:
        """Make a finding of this rule."""
        return Problem(self.severity, self.code, message, place, hint)
