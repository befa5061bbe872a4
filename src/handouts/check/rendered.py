"""What is found once the documents are laid out: built into a folder that is thrown away."""

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path, PurePosixPath

from handouts.build.options import BuildOptions, Destination
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.build.run_plan import run_plan
from handouts.check.rules.sets import with_sound_sets
from handouts.check.scope import Scope
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.problems.problem import Problem


def page_finder(
    project: Project, scope: Scope, executor: Executor, at_once: int
) -> Callable[[Library], Iterator[Problem]]:
    """Give what lays out the chosen handouts: as the sets of handouts.yaml have them, or else in the usual format."""

    def pages(library: Library) -> Iterator[Problem]:
        with tempfile.TemporaryDirectory(prefix="handouts-check-") as folder:
            planned = _planned(library, scope)
            position: dict[PurePosixPath | None, int] = {item.path: index for index, item in enumerate(planned)}
            options = BuildOptions(jobs=at_once)
            outcomes = run_plan(project, library, planned, Destination(Path(folder)), options, executor)
            for outcome in sorted(outcomes, key=lambda one: position[one.output.path]):
                for problem in outcome.problems:
                    yield replace(problem, message=f"{outcome.output.path}: {problem.message}")

    return pages


def _planned(library: Library, scope: Scope) -> tuple[Planned, ...]:
    requests = [Request(scope.handouts, scope.practices, set_name=name) for name in library.settings.sets]
    sound = with_sound_sets(library)  # the others are findings of their own
    outputs = [
        item for request in requests or [Request(scope.handouts, scope.practices)] for item in plan(sound, request)
    ]
    return tuple({item.path: item for item in outputs}.values())
