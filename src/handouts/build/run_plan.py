"""Runs a plan: has an executor make each output, and writes it. Failures do not stop other outputs."""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from typing import Final

from handouts.build.destination import Destination
from handouts.build.manifest.manifest import Row, find_reason_to_build, is_current
from handouts.build.options import BuildOptions
from handouts.build.outcome import Outcome, Status
from handouts.build.output_gate import OutputGate
from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import Planned
from handouts.build.print_task import MadePrint, PrintTasks, make_print_in_worker, typeset_composed
from handouts.build.rules import (
    NOT_RENDERED,
    NOT_WRITTEN,
    TIMED_OUT,
    TOO_MUCH_MEMORY,
    UNFIT_WORKER,
    WORKER_DIED,
)
from handouts.build.typeset import FinishedFile
from handouts.compose.composer import ComposeOptions
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.numbering.number import Numbered
from handouts.problems.command_rules import NO_ENGINE
from handouts.problems.problem import Problem, has_errors
from handouts.schema.provenance import Provenance
from handouts.schema.report import ProblemReport
from handouts.system.write import write_whole
from handouts.workers.errors import TimedOutError, UnfitWorkerError, UnpreparedWorkerError, WorkerDiedError

_QUEUED_PER_JOB: Final = 2  # a short queue keeps the workers busy and the memory flat


@dataclass(frozen=True, slots=True)
class _Item:
    """A planned output, and the errors because of which it must not be made."""

    planned: Planned
    numbered: Numbered
    build_key: str
    refusals: tuple[Problem, ...]


def run_plan(
    project: Project,
    library: Library,
    planned: Iterable[Planned],
    destination: Destination,
    options: BuildOptions,
    executor: Executor,
) -> Iterator[Outcome]:
    """Make each output that is not up to date; yield outcomes as they become available.

    The executor runs the functions of `print_task.py`. Outputs that the gate of the destination refuses fail.
    """
    compose_options = ComposeOptions(
        mark_drafts=library.settings.release == "required",
        advise_on_layout=options.advise_on_layout,
        timeout=options.timeout,
    )
    pipeline = Pipeline(project, library.references, compose_options)
    kept = options.find_kept_files(destination.engine)
    tasks = PrintTasks(project, library.references, compose_options, pipeline, kept)
    return _Run(pipeline, tasks, destination, options, executor).run(planned)


class _Run:
    def __init__(
        self,
        pipeline: Pipeline,
        tasks: PrintTasks,
        destination: Destination,
        options: BuildOptions,
        executor: Executor,
    ) -> None:
        self._pipeline = pipeline
        self._tasks = tasks
        self._build_keys = pipeline.build_keys(destination.engine) if destination.engine else None
        self._destination = destination
        self._options = options
        self._executor = executor
        expired_by = options.today if options.prune else None
        self._gate = OutputGate(destination.gate, destination.codes, expired_by)
        self._running: dict[Future[MadePrint], _Item] = {}
        self._composed_here = 0

    def run(self, planned: Iterable[Planned]) -> Iterator[Outcome]:
        for output in planned:
            numbered = self._pipeline.number(output)
            key = self._build_keys.build_key(numbered, output.practice, output.edition) if self._build_keys else ""
            item = _Item(output, numbered, key, self._gate.find_refusals(output, numbered))
            row = self._destination.rows.get(str(output.path))
            if row is not None and is_current(self._destination.folder, row, key):
                yield self._keep(item, row)
            elif self._options.dry_run:
                yield self._predict(item, row)
            elif has_errors(item.refusals) or self._composed_here < self._options.jobs:
                # Workers are still starting. For an output that is refused, only its problems are of interest.
                yield from self._compose_here(item)
            else:
                self._running[self._executor.submit(make_print_in_worker, self._tasks.make_task(output, numbered))] = (
                    item
                )
            while len(self._running) > _QUEUED_PER_JOB * self._options.jobs:
                yield from self._collect_finished()
        while self._running:
            yield from self._collect_finished()

    def _compose_here(self, item: _Item) -> Iterator[Outcome]:
        """Compose an output in this process and have it typeset; yield its outcome if it has errors."""
        planned = item.planned
        composition = self._pipeline.compose(item.numbered, planned.practice, planned.edition)
        problems = self._gate.apply(item.numbered, item.refusals, composition.problems)
        if composition.document is None or has_errors(problems):
            yield self._make_outcome(item, "failed", problems)
            return
        self._composed_here += 1
        made = self._executor.submit(typeset_composed, composition.document, composition.problems, self._tasks.bodies)
        self._running[made] = item

    def _find_problems(self, item: _Item) -> tuple[Problem, ...]:
        """Find the problems of an output without making it."""
        planned = item.planned
        problems = self._pipeline.find_problems(item.numbered, planned.practice, planned.edition)
        return self._gate.apply(item.numbered, item.refusals, problems)

    def _keep(self, item: _Item, row: Row) -> Outcome:
        """Return the outcome of an up-to-date file, which the gate can still refuse."""
        problems = self._gate.apply_severities(item.numbered, _add_earlier_problems(self._find_problems(item), row))
        problems = (*problems, *self._gate.record_code(row.made_from, problems))
        outcome = self._make_outcome(item, "failed", problems)
        return outcome if has_errors(problems) else replace(outcome, status="unchanged", row=row)

    def _predict(self, item: _Item, row: Row | None) -> Outcome:
        """Return the outcome that a dry run expects of an output that is not up to date."""
        problems = self._find_problems(item)
        outcome = self._make_outcome(item, "failed", problems)
        if has_errors(problems):
            return outcome
        contents = self._pipeline.digests.digest_contents(item.numbered, item.planned.practice)
        path = self._destination.path(item.planned.path)
        return replace(outcome, status="built", reason=find_reason_to_build(row, contents, item.build_key, path))

    def _make_outcome(self, item: _Item, status: Status, problems: tuple[Problem, ...]) -> Outcome:
        planned = item.planned
        return Outcome(planned.output, self._destination.path(planned.path), status, problems, planned)

    def _collect_finished(self) -> Iterator[Outcome]:
        done, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in done:
            yield self._write(self._running.pop(future), future)

    def _write(self, item: _Item, future: Future[MadePrint]) -> Outcome:
        """Write the file that a worker made, and return the outcome."""
        path = self._destination.path(item.planned.path)
        try:
            made = future.result()
        except Exception as broken:  # noqa: BLE001 - whatever the engine raises must not stop the other outputs
            # Templates are not filled again here: one of them may be what ended the worker.
            failure = _make_failure_problem(str(item.planned.path), broken)
            return self._make_outcome(item, "failed", (*self._find_problems(item), failure))
        problems = self._gate.apply(item.numbered, item.refusals, made.problems)
        if made.file is None or has_errors(problems):
            return self._make_outcome(item, "failed", problems)
        problems = (*problems, *self._gate.apply_severities(item.numbered, made.file.problems))
        problems = (*problems, *self._gate.record_code(made.made_from, problems))
        failed_outcome = replace(self._make_outcome(item, "failed", problems), seconds=made.seconds)
        if has_errors(problems):
            return failed_outcome
        try:
            write_whole(path, made.file.content)
        except OSError as refused:
            not_written = NOT_WRITTEN.at(None, path=path, reason=refused.strerror)
            return replace(failed_outcome, problems=(*problems, not_written))
        row = _make_row(item, made.file, made.made_from, problems)
        return replace(failed_outcome, status="built", row=row)


def _add_earlier_problems(problems: tuple[Problem, ...], row: Row) -> tuple[Problem, ...]:
    """Return the problems found now, followed by those found on the pages when they were made."""
    current = {(problem.code, problem.message) for problem in problems}
    earlier = (report.problem() for report in row.problems)
    return (*problems, *(problem for problem in earlier if (problem.code, problem.message) not in current))


def _make_failure_problem(name: str, broken: Exception) -> Problem:
    """Return the problem of an output whose worker raised an exception."""
    match broken:
        case TimedOutError():
            return TIMED_OUT.at(None, name=name)
        case WorkerDiedError():
            return WORKER_DIED.at(None, name=name)
        case UnpreparedWorkerError():
            return NO_ENGINE.at(None, reason=broken)
        case MemoryError():
            return TOO_MUCH_MEMORY.at(None, name=name)
        case UnfitWorkerError():
            return UNFIT_WORKER.at(None, reason=broken)
    reason = f"{type(broken).__name__}: {broken}"
    if isinstance(broken, RecursionError | SyntaxError):  # selectors of style sheets become Python expressions
        reason = "its elements or styles are nested too deeply"
    return NOT_RENDERED.at(None, name=name, reason=reason)


def _make_row(item: _Item, file: FinishedFile, made_from: Provenance | None, problems: tuple[Problem, ...]) -> Row:
    planned = item.planned
    return Row(
        path=str(planned.path),
        sha256=hashlib.sha256(file.content).hexdigest(),
        size=len(file.content),
        pages=file.pages,
        version=planned.selection.handout.front.version,
        **planned.output.ids,
        references=item.numbered.listed,
        digest=item.build_key,
        made_from=made_from,
        problems=tuple(ProblemReport.of(problem) for problem in problems),
    )
