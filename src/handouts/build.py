"""Build: a request carried out from reading to the manifest. Every face makes this one call."""

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from handouts.batch import Order, Outcome, engine_versions, run
from handouts.library import Library
from handouts.manifest import Row, read_manifest, write_manifest
from handouts.plan import Request, plan
from handouts.problem import Problem, error, has_errors
from handouts.project import Project
from handouts.read import read


class OneFileError(Exception):
    """One file was named for what is several outputs."""


@dataclass(frozen=True, slots=True)
class Way:
    """How to build: where to (None: the project's output folder), how many at once, and how strictly."""

    output: Path | None = None
    at_once: int = 1
    force: bool = False
    release_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a request: problems of the project as a whole, and an outcome for each output.

    `unread` names the handouts and practices that were asked for but could not be read.
    """

    problems: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem once."""
        return tuple(dict.fromkeys([*self.problems, *(p for outcome in self.outcomes for p in outcome.problems)]))

    @property
    def ok(self) -> bool:
        """Tell whether all that was asked for was built; what is broken elsewhere in the project is not counted."""
        return bool(self.outcomes) and not self.unread and all(o.status != "failed" for o in self.outcomes)


def build(project: Project, request: Request, way: Way, executor: Executor) -> Report:
    """Read the project, plan the request, run the plan, and write the manifest.

    Raise UnknownNameError, EmptySelectionError or OneFileError for a request that cannot be meant.
    """
    reading = read(project)
    problems = list(reading.problems)
    if reading.library is None:
        return Report(tuple(problems))
    planned = plan(reading.library, request)
    if not planned and not has_errors(problems):
        problems.append(_nothing(reading.library))
    one_file = way.output if way.output and way.output.suffix.lower() == ".pdf" and not way.output.is_dir() else None
    if one_file and len(planned) > 1:
        raise OneFileError(f"{one_file} is one file, but these are {len(planned)} outputs")
    folder = project.output if way.output is None else way.output
    rows = {} if one_file else read_manifest(folder, problems)
    done = {} if way.force or one_file else rows
    order = Order(folder, way.at_once, one_file, done, way.release_on)
    outcomes = tuple(run(project, reading.library, planned, order, executor))
    if not one_file:
        problems.extend(_write_manifest(folder, rows, outcomes))
    return Report(tuple(problems), outcomes, _unread(reading.library, request))


def _unread(library: Library, request: Request) -> tuple[str, ...]:
    """Name what a request means, in its choice or by not choosing, among what could not be read."""
    handouts = library.broken_handouts & set(request.handouts or library.broken_handouts)
    practices = library.broken_practices & set(request.practices or library.broken_practices)
    return (*sorted(handouts), *sorted(practices))


def _nothing(library: Library) -> Problem:
    what = "practice" if library.handouts else "handout"
    return error("nothing-to-build", f"there is no {what} to build", None, f"`handouts new {what} ID` makes one")


def _write_manifest(folder: Path, rows: dict[str, Row], outcomes: Iterable[Outcome]) -> Iterable[Problem]:
    built = {outcome.row.path: outcome.row for outcome in outcomes if outcome.row}
    kept = {path: row for path, row in rows.items() if (folder / path).is_file()}
    merged = {**kept, **built}
    if merged == rows or not merged:
        return ()
    try:
        write_manifest(folder, merged.values(), engine_versions())
    except OSError as refused:
        return (error("not-written", f"the manifest in {folder} cannot be written: {refused.strerror}"),)
    return ()
