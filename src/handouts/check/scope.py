"""The part of a project that is checked: all of it, or the handouts and practices that are named."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from handouts.build.plan.request import check_known, match_names
from handouts.model.library import Handout, Library, Practice
from handouts.problems.problem import Problem

_FOLDER_DEPTH: Final = 3  # of the folder of a handout or practice: content/handouts/<id>


@dataclass(frozen=True, slots=True)
class Scope:
    """Ids or patterns of handouts and practices; without any, the whole project is checked."""

    handouts: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the whole project is checked."""
        return not (self.handouts or self.practices)

    def check_names(self, library: Library) -> None:
        """Raise UnknownNameError if a name matches neither a readable nor a broken handout or practice."""
        handouts = {handout.id for handout in library.handouts} | {name for name, _ in library.broken_handouts}
        practices = library.practices.keys() | library.broken_practices.keys() | library.abstract_practices
        check_known("handout", self.handouts, handouts)
        check_known("practice", self.practices, practices)

    def includes_handout(self, name: str) -> bool:
        """Return whether a handout is checked."""
        return self.is_whole or bool(match_names(self.handouts, {name}))

    def select_handouts(self, library: Library) -> tuple[Handout, ...]:
        """Return the handouts to check."""
        return tuple(handout for handout in library.handouts if self.includes_handout(handout.id))

    def select_practices(self, library: Library) -> tuple[Practice, ...]:
        """Return the practices to check."""
        return tuple(
            practice
            for name, practice in library.practices.items()
            if self.is_whole or match_names(self.practices, {name})
        )

    def select_problems(self, library: Library, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems found while reading that are about what is checked, or about the project itself."""
        return tuple(problem for problem in problems if self.is_whole or self._includes(problem, library))

    def _includes(self, problem: Problem, library: Library) -> bool:
        steps = PurePosixPath(problem.place.file).parts if problem.place else ()
        if len(steps) > _FOLDER_DEPTH and steps[:2] == ("content", "handouts"):
            return bool(match_names(self.handouts, {steps[2]}))
        if len(steps) > _FOLDER_DEPTH and steps[:2] == ("content", "practices"):
            return bool(match_names(self.practices, self._find_practices_using(steps[2], library)))
        return True

    def _find_practices_using(self, folder: str, library: Library) -> set[str]:
        """Return the practice of a folder; for one that others extend, also the broken ones that may do so."""
        return {folder, *library.broken_practices} if folder in library.abstract_practices else {folder}
