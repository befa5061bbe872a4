"""Rules: each describes one kind of problem, with its message and the reason why it matters.

A rule is declared in the module that reports it, or in `rules.py` of its room if several modules report it or if they
take long to import. `handouts check --explain` and docs/checks.md show all of them.
"""

from dataclasses import dataclass

from handouts.problems.problem import Place, Problem, Severity, escape_invalid_bytes


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of problem, and the message that reports it.

    `title` names it in a few words, `why` says why it matters, `source` cites the authority for it.
    `message` and `hint` are format strings: the values passed to `at` replace their fields.
    """

    code: str
    severity: Severity
    title: str
    why: str
    source: str
    message: str
    hint: str = ""

    def at(self, place: Place | None, *, hint: str | None = None, **values: object) -> Problem:
        """Return a problem of this rule at a place; `hint` takes the place of the rule's own."""
        shown = self.hint.format(**values) if hint is None else hint
        return Problem(
            self.severity,
            self.code,
            escape_invalid_bytes(self.message.format(**values)),
            place,
            escape_invalid_bytes(shown),
        )
