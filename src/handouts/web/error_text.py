"""Plain: why a print cannot be made, in the words of the front desk; the author's words stand below."""

from collections.abc import Iterable
from dataclasses import dataclass

from handouts.problems.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Reason:
    """What is wrong, and what to do about it here."""

    what: str
    cure: str


_TOO_LONG = Reason("There is more text than fits on this format.", "Leave out some sections, or choose another format.")
_REASONS = {
    "overfull": _TOO_LONG,
    "no-panel": _TOO_LONG,
    "missing-glyph": Reason(
        "A letter on it cannot be printed: no font has it.", "If it is in what you typed, write it in another way."
    ),
    "other-language": Reason(
        "The practice's own texts, such as the emergency line, are in another language than this handout.",
        "Choose another language, or a practice that has its texts in this one.",
    ),
    "wrong-direction": Reason(
        "This language is written in a direction that printed pages cannot show yet.",
        "Choose the web page or plain text as the format.",
    ),
    "timed-out": Reason("Making it took too long.", "Leave out some sections, or choose another format."),
    "worker-died": Reason("Making it failed on this computer.", "Try again, or tell who looks after this computer."),
    "not-rendered": Reason("Making it failed on this computer.", "Try again, or tell who looks after this computer."),
}
_OTHER = Reason("Something is wrong in the files that it is made from.", "Tell the author: what is wrong stands below.")


def reasons(problems: Iterable[Problem]) -> tuple[Reason, ...]:
    """Give the reason of each error, each once."""
    errors = (problem for problem in problems if problem.severity is Severity.ERROR)
    return tuple(dict.fromkeys(_REASONS.get(problem.code, _OTHER) for problem in errors))
