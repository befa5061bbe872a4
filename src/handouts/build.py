"""Build: a request carried out from reading to the manifest. Every face makes this one call."""

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from handouts.batch import Order, Outcome, engine_versions, run
from handouts.events import Finished, PlanMade, Watch, unwatched
from handouts.library import Library
from handouts.manifest import Row, read_manifest, write_manifest
from handouts.plan import Planned, plan, unread_handouts
from handouts.problem import Problem, error, has_errors, warning
from handouts.project import Project
from handouts.read import read
from handouts.request import Request, entries, matching
from handouts.words import FileKind

_NOT_WRITTEN = "not-written"
_ENDINGS = frozenset(f".{kind}" for kind in get_args(FileKind))


class OneFileError(Exception):
    """One file was named for what is several outputs, or for another kind of file: `planned` are the outputs."""

    def __init__(self, message: str, planned: tuple[Planned, ...]) -> None:
        """Keep what was planned."""
        super().__init__(message)
        self.planned = planned


@dataclass(frozen=True, slots=True)
class Way:
    """How to build: where to (None: the project's output folder), how many at once, and how strictly.

    An output that ends as one of the made files does (.pdf, .html, .txt) is a file, unless it is a folder or
    `as_folder` says that one is meant.
    """

    output: Path | None = None
    as_folder: bool = False
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
        """Tell whether all was built and recorded; what is broken elsewhere in the project is not counted."""
        built = bool(self.outcomes) and not self.unread and all(o.status != "failed" for o in self.outcomes)
        return built and all(problem.code != _NOT_WRITTEN for problem in self.problems)


def build(project: Project, request: Request, way: Way, executor: Executor, watch: Watch = unwatched) -> Report:
    """Read the project, plan the request, run the plan, and write the manifest; tell `watch` how it goes.

    Raise UnknownNameError, EmptySelectionError or OneFileError for a request that cannot be meant.
    """
    reading = read(project)
    problems = list(reading.problems)
    if reading.library is None:
        return Report(tuple(problems))
    planned = plan(reading.library, request)
    if not planned and not has_errors(problems):
        problems.append(_nothing(reading.library))
    one_file = _one_file(way)
    if one_file and len(planned) > 1:
        raise OneFileError(f"{one_file} is one file, but these are {len(planned)} outputs", planned)
    if one_file and planned and planned[0].path.suffix != one_file.suffix.lower():
        kind = planned[0].edition.format.name
        message = f"{one_file} cannot be in the format {kind}, whose files end in {planned[0].path.suffix}"
        raise OneFileError(message, planned)
    folder = project.output if way.output is None else way.output
    rows = {} if one_file else read_manifest(folder, problems)
    done = {} if way.force or one_file else rows
    order = Order(folder, way.at_once, one_file, done, way.release_on)
    problems.extend(_unreadable(project))
    position = {item.path: index for index, item in enumerate(planned)}
    watch(PlanMade(len(planned)))
    outcomes: list[Outcome] = []
    for outcome in run(project, reading.library, planned, order, executor):
        outcomes.append(outcome)
        watch(Finished(outcome, len(outcomes), len(planned)))
    # They come as they are done; people and scripts get them as planned.
    outcomes.sort(key=lambda outcome: position[outcome.planned.path])
    if not one_file:
        problems.extend(_write_manifest(folder, rows, outcomes))
    return Report(tuple(problems), tuple(outcomes), _unread(reading.library, request))


def _unread(library: Library, request: Request) -> tuple[str, ...]:
    """Name what a request means, in its choice or by not choosing, among what could not be read."""
    handouts: list[str] = []
    practices: set[str] = set()
    for entry in entries(library.settings, request):
        handouts += [f"{name} ({language})" for name, language in unread_handouts(library, entry)]
        practices |= matching(entry.practices or ["*"], library.broken_practices)
    return (*dict.fromkeys(handouts), *sorted(practices))


def _one_file(way: Way) -> Path | None:
    if way.output is None or way.as_folder or way.output.suffix.lower() not in _ENDINGS or way.output.is_dir():
        return None
    return way.output


def _unreadable(project: Project) -> Iterable[Problem]:
    """Warn of files in styles/ that cannot be read: prints go on, and fail if they need one."""
    for path in sorted((project.root / "styles").rglob("*")):
        try:
            if path.is_file():
                with path.open("rb") as file:
                    file.read(1)
        except OSError as refused:
            message = f"the file cannot be read: {refused.strerror}"
            yield warning("unreadable-file", message, project.place(path))


def _nothing(library: Library) -> Problem:
    if library.handouts and library.practices:
        return error("nothing-to-build", "no handout fits all that was asked for", None, "see `handouts list sections`")
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
        return (error(_NOT_WRITTEN, f"the manifest in {folder} cannot be written: {refused.strerror}"),)
    return ()
