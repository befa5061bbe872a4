"""Batch: a plan run through an executor, one outcome for each output; one that fails never stops the others."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from handouts.compose import Composer
from handouts.document import Composed
from handouts.library import Library
from handouts.manifest import Row, is_current, source_digest
from handouts.number import Numbered, number
from handouts.plan import Planned
from handouts.problem import Problem, error, has_errors
from handouts.project import Project
from handouts.release import release_problems
from handouts.typeset import Typeset, typeset
from handouts.workers.lasting import TimedOutError, WorkerDiedError
from handouts.write import write_whole

Status = Literal["built", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Order:
    """How a plan is to be run: into which folder or one file, what is there already, and how strictly.

    `done` holds the manifest rows of outputs that need not be made again; `release_on` is the day of a release.
    """

    folder: Path
    at_once: int
    file: Path | None = None
    done: Mapping[str, Row] = field(default_factory=dict)
    release_on: dt.date | None = None

    def path(self, planned: Planned) -> Path:
        """Give the path that an output is written to."""
        return self.file or self.folder / planned.path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one planned output; `row` is there unless it failed."""

    planned: Planned
    path: Path
    status: Status
    problems: tuple[Problem, ...]
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class _Prepared:
    planned: Planned
    numbered: Numbered
    composed: Composed | None
    digest: str
    problems: tuple[Problem, ...]


def engine_versions() -> dict[str, str]:
    """Give the versions of what decides how a page looks, and a digest of this tool's own code."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    return {**{name: version(name) for name in ("handouts", "weasyprint", "pydyf")}, "code": code.hexdigest()[:12]}


def run(
    project: Project, library: Library, planned: Iterable[Planned], order: Order, executor: Executor
) -> Iterator[Outcome]:
    """Compose each output here, have it typeset by the executor, and write it; give outcomes as they come."""
    # A file outside any output folder has no manifest, so nothing will ever be compared with it.
    engine = None if order.file else engine_versions()
    composer = Composer(project, library.references)
    running: dict[Future[Typeset], _Prepared] = {}
    for item in planned:
        prepared = _prepare(composer, library, item, order, engine)
        row = order.done.get(str(item.path))
        if prepared.composed is None or has_errors(prepared.problems):
            yield Outcome(item, order.path(item), "failed", prepared.problems)
        elif is_current(order.folder, row, prepared.digest):
            yield Outcome(item, order.path(item), "unchanged", prepared.problems, row)
        else:
            running[executor.submit(typeset, prepared.composed)] = prepared
        # A short queue keeps the workers busy and the memory flat.
        while len(running) > 2 * order.at_once:
            yield from _finished(running, order)
    while running:
        yield from _finished(running, order)


def _prepare(
    composer: Composer, library: Library, planned: Planned, order: Order, engine: dict[str, str] | None
) -> _Prepared:
    numbered = number(planned.selection, planned.practice.inserts)
    composed, problems = composer.compose(numbered, planned.practice, planned.edition)
    if order.release_on:
        refused = release_problems(numbered, library.references, order.release_on)
        said = {(problem.code, problem.place) for problem in refused}
        problems = (*(p for p in problems if (p.code, p.place) not in said), *refused)
    digest = source_digest(composed, engine) if composed and engine else ""
    return _Prepared(planned, numbered, composed, digest, problems)


def _finished(running: dict[Future[Typeset], _Prepared], order: Order) -> Iterator[Outcome]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield _outcome(running.pop(future), future, order)


def _outcome(prepared: _Prepared, future: Future[Typeset], order: Order) -> Outcome:
    path = order.path(prepared.planned)
    failed = Outcome(prepared.planned, path, "failed", prepared.problems)
    try:
        made = future.result()
    except TimedOutError:
        problem = error("timed-out", f"making {path.name} took too long and was ended", None, "see `--timeout`")
        return replace(failed, problems=(*prepared.problems, problem))
    except WorkerDiedError:
        problem = error("worker-died", f"the process that made {path.name} died", None, "run `handouts doctor`")
        return replace(failed, problems=(*prepared.problems, problem))
    except Exception as broken:  # noqa: BLE001 - whatever the engine raises must not stop the other outputs
        problem = error("not-rendered", f"{path.name} could not be rendered: {type(broken).__name__}: {broken}")
        return replace(failed, problems=(*prepared.problems, problem))
    problems = (*prepared.problems, *made.problems)
    if has_errors(problems):
        return replace(failed, problems=problems)
    try:
        write_whole(path, made.content)
    except OSError as refused:
        problem = error("not-written", f"{path} cannot be written: {refused.strerror}")
        return replace(failed, problems=(*problems, problem))
    return Outcome(prepared.planned, path, "built", problems, _row(prepared, made, problems))


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
        problems=tuple(str(problem) for problem in problems),
    )
