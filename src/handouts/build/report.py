"""The report of a build: what became of a request as a whole."""

from dataclasses import dataclass

from handouts.build.outcome import Outcome
from handouts.build.rules import NOT_WRITTEN
from handouts.problems.problem import Problem


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a request: problems of the project as a whole, and an outcome for each output.

    `unread` names the sources whose errors kept outputs from being planned; `left` and `removed` are the paths of
    outputs that are no longer in the plan, `expired` those of files whose review is overdue. `planned` counts all
    outputs of the plan, also those of other shards and those that could not be read; `other_language` counts those left
    out of it because the practice's texts are in another language. `reads_elsewhere` says that texts or pictures are
    used from other folders of the project than sources belong in.
    """

    problems: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...] = ()
    unread: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    planned: int = 0
    other_language: int = 0
    reads_elsewhere: bool = False

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem once."""
        return tuple(dict.fromkeys([*self.problems, *(p for outcome in self.outcomes for p in outcome.problems)]))

    @property
    def ok(self) -> bool:
        """Whether everything was built and recorded; errors elsewhere in the project do not count."""
        built = bool(self.planned) and all(outcome.status != "failed" for outcome in self.outcomes)
        return built and all(problem.code != NOT_WRITTEN.code for problem in self.problems)
