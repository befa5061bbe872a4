"""Problems told once each, as soon as they are known: for people, or as annotations of GitHub."""

from collections.abc import Callable, Iterable
from pathlib import Path

from handouts.cli.output.problems import folder_in_repository, problem_lines, say
from handouts.problems.problem import Problem


class Telling:
    """Tells the problems of a project on stderr, and remembers which it told."""

    def __init__(self, root: Path, *, annotate: bool = False) -> None:
        """Tell with the lines of the files below the project's root, or as annotations."""
        self._root = root
        self._annotate = annotate
        self._told: set[Problem] = set()

    def tell(self, problems: Iterable[Problem], write: Callable[[str], None] = say) -> None:
        """Write each problem that was not told yet, line by line."""
        for problem in problems:
            if problem in self._told:
                continue
            self._told.add(problem)
            if self._annotate:
                from handouts.problems.github import annotation

                write(annotation(problem, folder_in_repository(self._root)))
                continue
            for line in problem_lines(problem, self._root):
                write(line)
