"""Checks pages: lays out the outputs in a temporary folder and collects the problems found on them."""

import tempfile
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path, PurePosixPath

from handouts.build.options import BuildOptions, Destination
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.build.run_plan import run_plan
from handouts.check.rules.sets import drop_bad_entries
from handouts.check.scope import Scope
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.problems.collector import Problems


def make_page_check(
    project: Project, scope: Scope, executor: Executor, at_once: int
) -> Callable[[Library, Problems], None]:
    """Return a function that lays out the outputs of a scope and adds the problems found on their pages."""

    def check_pages(library: Library, problems: Problems) -> None:
        with tempfile.TemporaryDirectory(prefix="handouts-check-") as folder:
            planned = _plan_outputs(library, scope)
            position: dict[PurePosixPath | None, int] = {item.path: index for index, item in enumerate(planned)}
            options = BuildOptions(jobs=at_once, advise_on_layout=True)
            outcomes = run_plan(project, library, planned, Destination(Path(folder)), options, executor)
            for outcome in sorted(outcomes, key=lambda outcome: position[outcome.output.path]):
                for problem in outcome.problems:
                    problems.add(replace(problem, message=f"{outcome.output.path}: {problem.message}"))

    return check_pages


def _plan_outputs(library: Library, scope: Scope) -> tuple[Planned, ...]:
    """Plan the outputs of all sets of handouts.yaml, or in the default format if there are no sets."""
    requests = [Request(scope.handouts, scope.practices, set_name=name) for name in library.settings.sets]
    plannable = drop_bad_entries(library)  # check_sets reports the others
    outputs = [
        item for request in requests or [Request(scope.handouts, scope.practices)] for item in plan(plannable, request)
    ]
    return tuple({item.path: item for item in outputs}.values())
