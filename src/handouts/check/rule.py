"""What a check finds: its code, why it matters, and where the rule comes from."""

from dataclasses import dataclass

from handouts.problem import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of `handouts check`: `title` says what it finds, `why` why that matters, `source` who asks for it."""

    code: str
    severity: Severity
    title: str
    why: str
    source: str
