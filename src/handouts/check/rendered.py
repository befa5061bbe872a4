"""Checks pages: lays out the outputs in a temporary folder and collects the problems found on them."""

import tempfile
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path, PurePosixPath

from handouts.build.destination import Destination
from handouts.build.options import BuildOptions
from handouts.build.outcome import Finished, OnEvent, Outcome, PlanMade, ignore_event
from handouts.build.plan.plan import Planned, plan
from handouts.build.plan.request import Request
from handouts.build.run_plan import run_plan
from handouts.check.rules.sets import drop_bad_entries
from handouts.check.scope import Scope
from handouts.model.library import Library
from handouts.model.print_options import PrintOptions
from handouts.model.project import Project
from handouts.problems.collector import Problems
from handouts.provenance.versions import read_engine_versions


def make_page_check(  # noqa: PLR0913 - what it lays out, and how
    project: Project,
    scope: Scope,
    executor: Executor,
    at_once: int,
    prints: PrintOptions,
    *,
    bodies: Path | None = None,
    on_event: OnEvent = ignore_event,
) -> Callable[[Library, Problems], None]:
    """Return a function that lays out the outputs of a scope and adds the problems found on their pages.

    Paper and ink are those of `prints`, or else those of the sets and practices.

    What is laid out for many practices is kept for the next check or build in the folder `bodies`, if there is one.
    """

    def check_pages(library: Library, problems: Problems) -> None:
        with tempfile.TemporaryDirectory(prefix="handouts-check-") as folder:
            planned = _plan_outputs(library, scope, prints)
            position: dict[PurePosixPath | None, int] = {item.path: index for index, item in enumerate(planned)}
            on_event(PlanMade(len(planned)))
            options = BuildOptions(jobs=at_once, advise_on_layout=True, bodies=bodies)
            destination = Destination(Path(folder), engine=read_engine_versions())
            outcomes: list[Outcome] = []
            for outcome in run_plan(project, library, planned, destination, options, executor):
                outcomes.append(outcome)
                # Problems are not shown here: the severities of the project are applied to them first.
                on_event(Finished(replace(outcome, problems=()), len(outcomes), len(planned)))
            for outcome in sorted(outcomes, key=lambda outcome: position[outcome.output.path]):
                for problem in outcome.problems:
                    problems.add(replace(problem, message=f"{outcome.output.path}: {problem.message}"))

    return check_pages


def _plan_outputs(library: Library, scope: Scope, prints: PrintOptions) -> tuple[Planned, ...]:
    """Plan the outputs of all sets of handouts.yaml, or in the default format if there are no sets."""
    everything = Request(scope.handouts, scope.practices, options=prints)
    requests = [replace(everything, set_name=name) for name in library.settings.sets]
    plannable = drop_bad_entries(library)  # check_sets reports the others
    outputs = [item for request in requests or [everything] for item in plan(plannable, request)]
    return tuple({item.path: item for item in outputs}.values())
