"""Which part of a project is checked: all of it, or the handouts and practices that are named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from handouts.build.plan.request import check_known, matching
from handouts.model.library import Handout, Library, Practice
from handouts.problems.problem import Problem

_DEEP = 3  # parts of a path below which a handout or practice lies: content/handouts/<id>


@dataclass(frozen=True, slots=True)
class Scope:
    """Ids or patterns of handouts and practices; nothing named means all, and the project as a whole."""

    handouts: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether all is checked."""
        return not (self.handouts or self.practices)

    def check_names(self, library: Library) -> None:
        """Raise UnknownNameError for a name that nothing bears, also nothing that could not be read."""
        handouts = {handout.id for handout in library.handouts} | {name for name, _ in library.broken_handouts}
        practices = library.practices.keys() | library.broken_practices.keys() | library.abstract_practices
        check_known("handout", self.handouts, handouts)
        check_known("practice", self.practices, practices)

    def has_handout(self, name: str) -> bool:
        """Tell whether a handout is to be checked."""
        return self.is_whole or bool(matching(self.handouts, {name}))

    def chosen_handouts(self, library: Library) -> tuple[Handout, ...]:
        """Give the handouts to check."""
        return tuple(handout for handout in library.handouts if self.has_handout(handout.id))

    def chosen_practices(self, library: Library) -> tuple[Practice, ...]:
        """Give the practices to check."""
        return tuple(p for name, p in library.practices.items() if self.is_whole or matching(self.practices, {name}))

    def concerned(self, library: Library, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Give the problems found while reading that concern what is checked; those of the project always do."""
        return (problem for problem in problems if self.is_whole or self._concerns(problem, library))

    def _concerns(self, problem: Problem, library: Library) -> bool:
        steps = PurePosixPath(problem.place.file).parts if problem.place else ()
        if len(steps) > _DEEP and steps[:2] == ("content", "handouts"):
            return bool(matching(self.handouts, {steps[2]}))
        if len(steps) > _DEEP and steps[:2] == ("content", "practices"):
            return bool(matching(self.practices, self._practices_of(steps[2], library)))
        return True

    def _practices_of(self, folder: str, library: Library) -> set[str]:
        """Give the practice of a folder, and those that may extend it."""
        return {folder, *library.broken_practices} if folder in library.abstract_practices else {folder}
