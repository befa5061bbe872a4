"""Runs a plan: composes each output, has an executor lay it out, and writes it. Failures do not stop other outputs."""

import hashlib
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from handouts.build.manifest.manifest import Row, find_reason_to_build, is_current
from handouts.build.options import BuildOptions, Destination
from handouts.build.outcome import Outcome, Status
from handouts.build.pipeline import Pipeline
from handouts.build.plan.plan import Planned
from handouts.build.rules import (
    EXPIRED_FILE,
    NOT_RENDERED,
    NOT_WRITTEN,
    TIMED_OUT,
    TOO_MUCH_MEMORY,
    UNFIT_WORKER,
    WORKER_DIED,
)
from handouts.build.typeset import FinishedFile, typeset
from handouts.compose.composer import ComposeOptions
from handouts.model.document import Composed
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.numbering.number import Numbered
from handouts.problems.collector import Problems
from handouts.problems.command_rules import NO_ENGINE
from handouts.problems.problem import Problem, Severity, has_errors
from handouts.schema.provenance import Provenance
from handouts.schema.report import ProblemReport
from handouts.system.digests import digest
from handouts.system.write import write_whole
from handouts.workers.errors import TimedOutError, UnfitWorkerError, UnpreparedWorkerError, WorkerDiedError

_QUEUED_PER_JOB: Final = 2  # a short queue keeps the workers busy and the memory flat


@dataclass(frozen=True, slots=True)
class _Composed:
    """A composed output; `document` is None if the output need not be made, and after errors."""

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
    """Make each output that is not up to date; yield outcomes as they become available.

    The executor runs `typeset`. Outputs that the gate of the destination refuses fail.
    """
    compose_options = ComposeOptions(
        mark_drafts=library.settings.release == "required",
        advise_on_layout=options.advise_on_layout,
        timeout=options.timeout,
    )
    pipeline = Pipeline(project, library.references, compose_options)
    return _Run(pipeline, destination, options, executor).run(planned)


class _Run:
    def __init__(self, pipeline: Pipeline, destination: Destination, options: BuildOptions, executor: Executor) -> None:
        self._pipeline = pipeline
        self._build_keys = pipeline.build_keys(destination.engine) if destination.engine else None
        self._destination = destination
        self._options = options
        self._executor = executor
        self._gate = destination.gate
        # What other versions of the engine laid out is not used.
        engine = digest(dict(destination.engine)) if destination.engine else ""
        self._bodies = options.bodies / engine if options.bodies and engine else None
        self._running: dict[Future[_TimedFile], _Composed] = {}

    def run(self, planned: Iterable[Planned]) -> Iterator[Outcome]:
        for item in planned:
            numbered = self._pipeline.number(item)
            key = self._build_keys.build_key(numbered, item.practice, item.edition) if self._build_keys else ""
            row = self._destination.rows.get(str(item.path))
            if row is not None and is_current(self._destination.folder, row, key):
                yield self._keep(self._check_without_making(item, numbered, key), row)
            elif self._options.dry_run:
                yield self._predict(self._check_without_making(item, numbered, key), row)
            else:
                composed = self._compose(item, numbered, key)
                if composed.document is None or has_errors(composed.problems):
                    yield self._make_outcome(composed, "failed")
                else:
                    self._running[self._executor.submit(_typeset_timed, composed.document, self._bodies)] = composed
            while len(self._running) > _QUEUED_PER_JOB * self._options.jobs:
                yield from self._collect_finished()
        while self._running:
            yield from self._collect_finished()

    def _compose(self, item: Planned, numbered: Numbered, key: str) -> _Composed:
        composition = self._pipeline.compose(numbered, item.practice, item.edition)
        problems = self._apply_gate(item, numbered, composition.problems)
        return _Composed(item, numbered, composition.document, key, problems)

    def _check_without_making(self, item: Planned, numbered: Numbered, key: str) -> _Composed:
        """Find the problems of an output without making it."""
        problems = self._pipeline.find_problems(numbered, item.practice, item.edition)
        return _Composed(item, numbered, None, key, self._apply_gate(item, numbered, problems))

    def _apply_gate(self, item: Planned, numbered: Numbered, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Add the refusals of the gate, and drop problems that it reports as well."""
        if self._gate is None:
            return (*problems, *self._find_expiry(item))
        refusals = self._gate.find_refusals(numbered, item.practice)
        refused_places = {(problem.code, problem.place) for problem in refusals}
        others = (p for p in self._gate.apply_severities(numbered, problems) if (p.code, p.place) not in refused_places)
        return (*others, *refusals)

    def _find_expiry(self, item: Planned) -> tuple[Problem, ...]:
        """Return an error if `--prune` would remove the output at once, because its handout has expired."""
        front, today = item.selection.handout.front, self._options.today
        if not self._options.prune or today is None or front.status == "draft" or front.review_due >= today:
            return ()
        expired = EXPIRED_FILE.at(item.selection.handout.place, path=item.path, date=front.review_due)
        return (replace(expired, severity=Severity.ERROR),)

    def _apply_severities(self, numbered: Numbered, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        return self._gate.apply_severities(numbered, problems) if self._gate else problems

    def _keep(self, composed: _Composed, row: Row) -> Outcome:
        """Return the outcome of an up-to-date file, which the gate can still refuse."""
        problems = self._apply_severities(composed.numbered, _add_earlier_problems(composed.problems, row))
        problems = (*problems, *self._record_code(row.made_from, problems))
        outcome = self._make_outcome(replace(composed, problems=problems), "failed")
        return outcome if has_errors(problems) else replace(outcome, status="unchanged", row=row)

    def _record_code(self, made_from: Provenance | None, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Record the print code of a release, unless it has errors; return the errors that keep it from being made."""
        codes = self._destination.codes
        recording = Problems()
        if codes and made_from and made_from.status == "approved" and not has_errors(problems):
            codes.record(made_from, recording)
        return recording.as_tuple()

    def _predict(self, composed: _Composed, row: Row | None) -> Outcome:
        """Return the outcome that a dry run expects of an output that is not up to date."""
        outcome = self._make_outcome(composed, "failed")
        if has_errors(composed.problems):
            return outcome
        contents = self._pipeline.digests.digest_contents(composed.numbered, composed.planned.practice)
        path = self._destination.path(composed.planned.path)
        return replace(outcome, status="built", reason=find_reason_to_build(row, contents, composed.build_key, path))

    def _make_outcome(self, composed: _Composed, status: Status) -> Outcome:
        planned = composed.planned
        return Outcome(planned.output, self._destination.path(planned.path), status, composed.problems, planned)

    def _collect_finished(self) -> Iterator[Outcome]:
        done, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in done:
            yield self._write(self._running.pop(future), future)

    def _write(self, composed: _Composed, future: Future[_TimedFile]) -> Outcome:
        """Write the file that a worker made, and return the outcome."""
        failed_outcome = self._make_outcome(composed, "failed")
        path = self._destination.path(composed.planned.path)
        try:
            timed = future.result()
        except Exception as broken:  # noqa: BLE001 - whatever the engine raises must not stop the other outputs
            return replace(
                failed_outcome, problems=(*composed.problems, _make_failure_problem(str(composed.planned.path), broken))
            )
        problems = (*composed.problems, *self._apply_severities(composed.numbered, timed.file.problems))
        made_from = composed.document.made_from if composed.document else None
        problems = (*problems, *self._record_code(made_from, problems))
        failed_outcome = replace(failed_outcome, problems=problems, seconds=timed.seconds)
        if has_errors(problems):
            return failed_outcome
        try:
            write_whole(path, timed.file.content)
        except OSError as refused:
            return replace(
                failed_outcome, problems=(*problems, NOT_WRITTEN.at(None, path=path, reason=refused.strerror))
            )
        return replace(failed_outcome, status="built", row=_make_row(composed, timed.file, problems))


def _typeset_timed(document: Composed, bodies: Path | None) -> _TimedFile:
    """Typeset a document in a worker, and measure how long it takes there."""
    began = time.perf_counter()
    file = typeset(document, bodies)
    return _TimedFile(file, time.perf_counter() - began)


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


def _make_row(composed: _Composed, file: FinishedFile, problems: tuple[Problem, ...]) -> Row:
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
