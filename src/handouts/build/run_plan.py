"""Run a plan: compose each output, have it laid out by an executor, and write it. One that fails stops no other."""

import hashlib
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from typing import Final

from handouts.build.manifest.manifest import Row, is_current, reason_to_build
from handouts.build.options import BuildOptions, Destination
from handouts.build.outcome import Outcome, Status
from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import Planned
from handouts.build.rules import NOT_RENDERED, NOT_WRITTEN, TIMED_OUT, UNFIT_WORKER, WORKER_DIED
from handouts.build.typeset import FinishedFile, typeset
from handouts.model.document import Composed
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.numbering.number import Numbered
from handouts.problems.problem import Problem, has_errors
from handouts.schema.report import ProblemReport
from handouts.system.write import write_whole
from handouts.workers.errors import TimedOutError, UnfitWorkerError, WorkerDiedError

_QUEUED_PER_JOB: Final = 2  # a short queue keeps the workers busy and the memory flat


@dataclass(frozen=True, slots=True)
class _Composed:
    """An output that was composed, or that need not be; `document` is None then, and after errors."""

    planned: Planned
    numbered: Numbered
    document: Composed | None
    build_key: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _TimedFile:
    file: FinishedFile
    seconds: float


def run_plan(
    project: Project,
    library: Library,
    planned: Iterable[Planned],
    destination: Destination,
    options: BuildOptions,
    executor: Executor,
) -> Iterator[Outcome]:
    """Make each output that is not up to date; yield outcomes as they come.

    The executor carries out `typeset`. What the gate of the destination refuses fails.
    """
    return _Run(Pipeline(project, library.references), destination, options, executor).outcomes(planned)


class _Run:
    def __init__(self, pipeline: Pipeline, destination: Destination, options: BuildOptions, executor: Executor) -> None:
        self._pipeline = pipeline
        self._build_keys = pipeline.build_keys(destination.engine) if destination.engine else None
        self._destination = destination
        self._options = options
        self._executor = executor
        self._gate = destination.gate
        self._running: dict[Future[_TimedFile], _Composed] = {}

    def outcomes(self, planned: Iterable[Planned]) -> Iterator[Outcome]:
        for item in planned:
            numbered = self._pipeline.number(item)
            key = self._build_keys.build_key(numbered, item.practice, item.edition) if self._build_keys else ""
            row = self._destination.rows.get(str(item.path))
            if row is not None and is_current(self._destination.folder, row, key):
                yield self._unchanged(self._look_through(item, numbered, key), row)
            elif self._options.dry_run:
                yield self._foretold(self._look_through(item, numbered, key), row)
            else:
                composed = self._compose(item, numbered, key)
                if composed.document is None or has_errors(composed.problems):
                    yield self._outcome(composed, "failed")
                else:
                    self._running[self._executor.submit(_timed_typeset, composed.document)] = composed
            while len(self._running) > _QUEUED_PER_JOB * self._options.jobs:
                yield from self._finished()
        while self._running:
            yield from self._finished()

    def _compose(self, item: Planned, numbered: Numbered, key: str) -> _Composed:
        composition = self._pipeline.compose(numbered, item.practice, item.edition)
        problems = self._judge(item, numbered, composition.problems)
        return _Composed(item, numbered, composition.document, key, problems)

    def _look_through(self, item: Planned, numbered: Numbered, key: str) -> _Composed:
        """Find the problems of an output that is not to be made now."""
        found = self._pipeline.find_problems(numbered, item.practice, item.edition).problems
        return _Composed(item, numbered, None, key, self._judge(item, numbered, found))

    def _judge(self, item: Planned, numbered: Numbered, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Add what the gate refuses, and leave out what it reports too."""
        if self._gate is None:
            return problems
        refused = self._gate.refusals(numbered, item.practice)
        known = {(problem.code, problem.place) for problem in refused}
        others = (p for p in self._gate.with_severities(problems) if (p.code, p.place) not in known)
        return (*others, *refused)

    def _with_severities(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        return self._gate.with_severities(problems) if self._gate else problems

    def _unchanged(self, composed: _Composed, row: Row) -> Outcome:
        """Return the outcome of a file that is up to date: the gate can refuse it all the same."""
        problems = self._with_severities(_with_earlier_problems(composed.problems, row))
        outcome = self._outcome(replace(composed, problems=problems), "failed")
        return outcome if has_errors(problems) else replace(outcome, status="unchanged", row=row)

    def _foretold(self, composed: _Composed, row: Row | None) -> Outcome:
        """Return the outcome that a dry run expects of an output that is not up to date."""
        outcome = self._outcome(composed, "failed")
        if has_errors(composed.problems):
            return outcome
        contents = self._pipeline.digests.contents(composed.numbered, composed.planned.practice)
        path = self._destination.path(composed.planned.path)
        return replace(outcome, status="built", reason=reason_to_build(row, contents, composed.build_key, path))

    def _outcome(self, composed: _Composed, status: Status) -> Outcome:
        planned = composed.planned
        return Outcome(planned.output, self._destination.path(planned.path), status, composed.problems, planned)

    def _finished(self) -> Iterator[Outcome]:
        done, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in done:
            yield self._written(self._running.pop(future), future)

    def _written(self, composed: _Composed, future: Future[_TimedFile]) -> Outcome:
        """Write the file that a worker made, and return the outcome."""
        failed = self._outcome(composed, "failed")
        path = self._destination.path(composed.planned.path)
        try:
            timed = future.result()
        except Exception as broken:  # noqa: BLE001 - whatever the engine raises must not stop the other outputs
            return replace(failed, problems=(*composed.problems, _failure(str(composed.planned.path), broken)))
        problems = (*composed.problems, *self._with_severities(timed.file.problems))
        failed = replace(failed, problems=problems, seconds=timed.seconds)
        if has_errors(problems):
            return failed
        try:
            write_whole(path, timed.file.content)
        except OSError as refused:
            return replace(failed, problems=(*problems, NOT_WRITTEN.at(None, path=path, reason=refused.strerror)))
        return replace(failed, status="built", row=_row(composed, timed.file, problems))


def _timed_typeset(document: Composed) -> _TimedFile:
    """Typeset in a worker, and measure how long it took there."""
    began = time.perf_counter()
    file = typeset(document)
    return _TimedFile(file, time.perf_counter() - began)


def _with_earlier_problems(found: tuple[Problem, ...], row: Row) -> tuple[Problem, ...]:
    """Return what was found now, and what was found on the pages when they were made."""
    known = {(problem.code, problem.message) for problem in found}
    earlier = (report.problem() for report in row.problems)
    return (*found, *(problem for problem in earlier if (problem.code, problem.message) not in known))


def _failure(name: str, broken: Exception) -> Problem:
    """Return the problem of an output whose worker raised an exception."""
    match broken:
        case TimedOutError():
            return TIMED_OUT.at(None, name=name)
        case WorkerDiedError():
            return WORKER_DIED.at(None, name=name)
        case UnfitWorkerError():
            return UNFIT_WORKER.at(None, reason=broken)
    return NOT_RENDERED.at(None, name=name, reason=f"{type(broken).__name__}: {broken}")


def _row(composed: _Composed, file: FinishedFile, problems: tuple[Problem, ...]) -> Row:
    planned = composed.planned
    return Row(
        path=str(planned.path),
        sha256=hashlib.sha256(file.content).hexdigest(),
        size=len(file.content),
        pages=file.pages,
        version=planned.selection.handout.front.version,
        **planned.output.ids,
        references=composed.numbered.listed,
        digest=composed.build_key,
        made_from=composed.document.made_from if composed.document else None,
        problems=tuple(ProblemReport.of(problem) for problem in problems),
    )
