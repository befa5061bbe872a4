"""Batch: a plan run through an executor, one outcome for each output; one that fails never stops the others."""

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from handouts.build.gate import Gate
from handouts.build.manifest.manifest import FailedRow, Row, is_current
from handouts.build.plan.output import Output
from handouts.build.plan.plan import Planned
from handouts.build.rebuild_reason import reason
from handouts.build.typeset import Typeset, typeset
from handouts.compose.composer import Composer
from handouts.model.document import Composed
from handouts.model.library import Library
from handouts.model.project import Project
from handouts.numbering.number import Numbered, Numbering
from handouts.problems.problem import Problem, error, errors_of, has_errors
from handouts.provenance.build_key import Sources
from handouts.schema.report import ProblemReport
from handouts.system.write import write_whole
from handouts.workers.errors import TimedOutError, UnfitWorkerError, WorkerDiedError

Status = Literal["built", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Order:
    """How a plan is to be run: into which folder or one file, by what engine, what is there already, and how strictly.

    `engine` are the versions that outputs depend on, empty for a file that no manifest has; `done` holds the manifest
    rows of outputs that need not be made again; a release has a `gate`. A dry run makes nothing.
    """

    folder: Path
    at_once: int
    file: Path | None = None
    engine: Mapping[str, str] = field(default_factory=dict)
    done: Mapping[str, Row] = field(default_factory=dict)
    gate: Gate | None = None
    dry_run: bool = False

    def path(self, path: PurePosixPath) -> Path:
        """Return the path that an output is written to."""
        return self.file or self.folder / path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one output; `row` is there unless it failed. It took so many seconds to make.

    In a dry run, what is to be built has a reason and no row. Of an output whose sources could not be read, nothing is
    `planned`, and the path may not be known. `stale` are files of earlier builds that stay in place of a failed output.
    """

    output: Output
    path: Path | None
    status: Status
    problems: tuple[Problem, ...]
    planned: Planned | None = None
    row: Row | None = None
    seconds: float = 0.0
    reason: str = ""
    stale: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Prepared:
    planned: Planned
    numbered: Numbered
    composed: Composed | None
    digest: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Timed:
    made: Typeset
    seconds: float


def run(
    project: Project, library: Library, planned: Iterable[Planned], order: Order, executor: Executor
) -> Iterator[Outcome]:
    """Compose each output here, have it typeset by the executor, and write it; give outcomes as they come."""
    composer, numbering = Composer(project, library.references), Numbering()
    sources = Sources(composer, order.engine) if order.engine else None
    running: dict[Future[_Timed], _Prepared] = {}
    for item in planned:
        numbered = numbering(item.selection, item.practice.inserts)
        digest = sources.digest(numbered, item.practice, item.edition) if sources else ""
        row = order.done.get(str(item.path))
        is_done = row is not None and is_current(order.folder, row, digest)
        is_only_told = is_done or order.dry_run
        prepared = _prepare(composer, item, numbered, digest, order, is_done=is_only_told)
        path = order.path(item.path)
        if has_errors(prepared.problems) or (prepared.composed is None and not is_only_told):
            yield Outcome(item.output, path, "failed", prepared.problems, item)
        elif order.dry_run and not is_done:
            why = reason(row, composer.digests.contents(numbered, item.practice), digest, path)
            yield Outcome(item.output, path, "built", prepared.problems, item, reason=why)
        elif prepared.composed is None:
            yield _unchanged(prepared, row, order)
        else:
            running[executor.submit(_timed, prepared.composed)] = prepared
        # A short queue keeps the workers busy and the memory flat.
        while len(running) > 2 * order.at_once:
            yield from _finished(running, order)
    while running:
        yield from _finished(running, order)


def _prepare(
    composer: Composer, planned: Planned, numbered: Numbered, digest: str, order: Order, *, is_done: bool
) -> _Prepared:
    """Compose an output that is to be made; of one that is done, give what has to be told again."""
    practice, edition = planned.practice, planned.edition
    composed, problems = (
        (None, composer.findings(numbered, practice, edition))
        if is_done
        else composer.compose(numbered, practice, edition)
    )
    if order.gate:
        refused = order.gate.refusals(numbered, practice)
        said = {(problem.code, problem.place) for problem in refused}
        others = order.gate.with_severities(problems)
        problems = (*(p for p in others if (p.code, p.place) not in said), *refused)
    return _Prepared(planned, numbered, composed, digest, problems)


def _unchanged(prepared: _Prepared, row: Row | None, order: Order) -> Outcome:
    """Return the outcome of a file that is up to date: in a release it fails by what is an error there."""
    found = _told_again(prepared.problems, row)
    problems = order.gate.with_severities(found) if order.gate else found
    planned = prepared.planned
    path = order.path(planned.path)
    if has_errors(problems):
        return Outcome(planned.output, path, "failed", problems, planned)
    return Outcome(planned.output, path, "unchanged", problems, planned, row)


def _told_again(found: tuple[Problem, ...], row: Row | None) -> tuple[Problem, ...]:
    """Give what composing finds, and what was found on the pages when they were made."""
    known = {(problem.code, problem.message) for problem in found}
    then = [told.problem() for told in row.problems] if row else []
    return (*found, *(problem for problem in then if (problem.code, problem.message) not in known))


def _timed(composed: Composed) -> _Timed:
    """Typeset in a worker, and tell how long it took there."""
    began = time.perf_counter()
    made = typeset(composed)
    return _Timed(made, time.perf_counter() - began)


def _finished(running: dict[Future[_Timed], _Prepared], order: Order) -> Iterator[Outcome]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield _outcome(running.pop(future), future, order)


def _outcome(prepared: _Prepared, future: Future[_Timed], order: Order) -> Outcome:
    planned = prepared.planned
    path = order.path(planned.path)
    failed = Outcome(planned.output, path, "failed", prepared.problems, planned)
    try:
        timed = future.result()
    except Exception as broken:  # noqa: BLE001 - whatever the engine raises must not stop the other outputs
        return replace(failed, problems=(*prepared.problems, _failure(str(planned.path), broken)))
    made = timed.made
    found = order.gate.with_severities(made.problems) if order.gate else made.problems
    problems = (*prepared.problems, *found)
    failed = replace(failed, problems=problems, seconds=timed.seconds)
    if has_errors(problems):
        return failed
    try:
        write_whole(path, made.content)
    except OSError as refused:
        problem = error("not-written", f"{path} cannot be written: {refused.strerror}")
        return replace(failed, problems=(*problems, problem))
    row = _row(prepared, made, problems)
    return Outcome(planned.output, path, "built", problems, planned, row, timed.seconds)


def _failure(name: str, broken: Exception) -> Problem:
    match broken:
        case TimedOutError():
            return error("timed-out", f"making {name} took too long and was ended", None, "see `--timeout`")
        case WorkerDiedError():
            return error("worker-died", f"the process that made {name} died", None, "run `handouts doctor`")
        case UnfitWorkerError():
            return error("unfit-worker", str(broken), None, "give all workers the same folder and the same versions")
    return error("not-rendered", f"{name} could not be rendered: {type(broken).__name__}: {broken}")


def failed_row(outcome: Outcome) -> FailedRow:
    """Record a failed output for the manifest."""
    output = outcome.output
    return FailedRow(
        path=str(output.path or ""),
        handout=output.handout,
        practice=output.practice,
        language=output.language,
        format=output.format,
        sections=output.sections,
        problems=tuple(ProblemReport.of(problem) for problem in errors_of(outcome.problems)),
    )


def _row(prepared: _Prepared, made: Typeset, problems: tuple[Problem, ...]) -> Row:
    planned = prepared.planned
    return Row(
        path=str(planned.path),
        sha256=hashlib.sha256(made.content).hexdigest(),
        size=len(made.content),
        pages=made.pages,
        handout=planned.selection.handout.id,
        version=planned.selection.handout.front.version,
        practice=planned.practice.id,
        language=planned.selection.handout.language,
        format=planned.edition.format.name,
        sections=tuple(section.id for section in planned.selection.sections),
        references=prepared.numbered.listed,
        digest=prepared.digest,
        made_from=prepared.composed.made_from if prepared.composed else None,
        problems=tuple(ProblemReport.of(problem) for problem in problems),
    )
