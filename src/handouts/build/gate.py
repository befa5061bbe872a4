"""What a batch asks before it makes an output that is to be released."""

from collections.abc import Iterable
from typing import Protocol

from handouts.model.library import Practice
from handouts.numbering.number import Numbered
from handouts.problems.problem import Problem


class Gate(Protocol):
    """Decides what may be released. The rules are not of this package, so that builds without them stay light."""

    def refusals(self, numbered: Numbered, practice: Practice) -> tuple[Problem, ...]:
        """Return the errors of what an output is made from."""

    def with_severities(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return what was found while an output was made, with warnings that count as errors as such."""
