"""Collects the problems of a stage, so that one never hides another."""

from collections.abc import Iterable, Iterator

from handouts.problems.problem import Problem, Severity


class Problems:
    """Collects problems in the order in which they are found.

    A function that may find problems takes the collector as its last parameter; a stage returns `as_tuple()` with its
    result. To know whether one step found errors, pass it a separate collector and extend the outer one with it.
    """

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        """Start with some problems."""
        self._problems = list(problems)

    def add(self, problem: Problem) -> None:
        """Add one problem."""
        self._problems.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add several problems."""
        self._problems.extend(problems)

    @property
    def has_errors(self) -> bool:
        """Whether any of them is an error."""
        return any(problem.severity is Severity.ERROR for problem in self._problems)

    def as_tuple(self) -> tuple[Problem, ...]:
        """Return the problems found so far."""
        return tuple(self._problems)

    def __iter__(self) -> Iterator[Problem]:
        """Iterate over the problems found so far."""
        return iter(self._problems)

    def __len__(self) -> int:
        """Return how many problems were found so far."""
        return len(self._problems)
