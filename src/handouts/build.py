"""Build: a request carried out from reading to the manifest. Every face makes this one call."""

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from handouts.batch import Order, Outcome, run
from handouts.batch.events import Finished, PlanMade, Watch, unwatched
from handouts.engine import engine_versions
from handouts.library import Library
from handouts.manifest.ledger import Ledger
from handouts.manifest.prune import no_longer_planned, prune
from handouts.manifest.revision import git_revision
from handouts.plan import Planned, plan_by_language, unread_handouts, unread_practices
from handouts.plan.request import Request, entries
from handouts.plan.shard import Shard
from handouts.problem import Problem, error, has_errors, warning
from handouts.project import Project
from handouts.read import read
from handouts.select import ChoiceError
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

    `prune` says to remove what is no longer in the plan; a shard is the part of the plan that is built here; a dry run
    makes and removes nothing. An output that ends as one of the made files does (.pdf, .html, .txt) is a file, unless
    it is a folder or `as_folder` says that one is meant.
    """

    output: Path | None = None
    as_folder: bool = False
    at_once: int = 1
    force: bool = False
    release_on: dt.date | None = None
    prune: bool = False
    shard: Shard | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a request: problems of the project as a whole, and an outcome for each output.

    `unread` names the handouts and practices that were asked for but could not be read; `left` and `removed` are the
    paths of outputs that are no longer in the plan. So many outputs were planned in all, those of other shards too;
    so many were left out of the plan because the practice's texts are in another language.
    """

    problems: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...] = ()
    unread: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    planned: int = 0
    other_language: int = 0

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem once."""
        return tuple(dict.fromkeys([*self.problems, *(p for outcome in self.outcomes for p in outcome.problems)]))

    @property
    def ok(self) -> bool:
        """Tell whether all was built and recorded; what is broken elsewhere in the project is not counted."""
        built = bool(self.planned) and not self.unread and all(o.status != "failed" for o in self.outcomes)
        return built and all(problem.code != _NOT_WRITTEN for problem in self.problems)


def build(project: Project, request: Request, way: Way, executor: Executor, watch: Watch = unwatched) -> Report:
    """Read the project, plan the request, run the plan, and write the manifest; tell `watch` how it goes.

    Raise ChoiceError or OneFileError for a request that cannot be meant.
    """
    reading = read(project)
    problems = list(reading.problems)
    if reading.library is None:
        return Report(tuple(problems))
    planned, left_out = _planned(reading.library, request, problems)
    one_file = _one_file(way, planned)
    folder = project.output if way.output is None else way.output
    # A file outside any output folder has no manifest, so nothing will ever be compared with it.
    ledger = None if one_file else Ledger(folder, engine_versions(), git_revision(project.root), way.shard)
    problems.extend(ledger.problems if ledger else ())
    gate = None
    if way.release_on:
        from handouts.check.release import ReleaseGate  # noqa: PLC0415 - the rules take long to load

        gate = ReleaseGate(project, reading.library, reading.problems, way.release_on)
    order = Order(
        folder,
        way.at_once,
        one_file,
        engine=ledger.engine if ledger else {},
        done=ledger.rows if ledger and not way.force else {},
        gate=gate,
        dry_run=way.dry_run,
    )
    problems.extend(_unreadable(project))
    here = [item for item in planned if way.shard is None or way.shard.holds(item.path)]
    watch(PlanMade(len(here)))
    # What is alike but for the practice comes one after another: workers keep what they found for the one before.
    alike = sorted(here, key=lambda item: (item.name, item.practice.id))
    running = run(project, reading.library, alike, order, executor)
    outcomes = _watched(running, len(here), None if way.dry_run else ledger, watch)
    gone = no_longer_planned(ledger.rows, planned, reading.library, request) if ledger and planned else ()
    if ledger:
        # Files in two languages, made before practices had one.
        mixed = (ledger.rows[str(item.path)] for item in left_out if str(item.path) in ledger.rows)
        gone = tuple({row.path: row for row in (*gone, *mixed)}.values())
    pruned = prune(folder, gone if way.prune and not way.dry_run else ())
    problems.extend(pruned.problems)
    if ledger and not way.dry_run:
        # What another shard builds is in that one's manifest, so that their manifests can be merged.
        elsewhere = {str(item.path) for item in planned} - {str(item.path) for item in here}
        ledger.strike([*pruned.removed, *elsewhere])
        problems.extend(ledger.save())
    # They come as they are done; people and scripts get them as planned.
    position = {item.path: index for index, item in enumerate(planned)}
    outcomes.sort(key=lambda outcome: position[outcome.planned.path])
    left = tuple(row.path for row in gone if row.path not in pruned.removed)
    unread = _unread(reading.library, request)
    return Report(
        tuple(problems), tuple(outcomes), unread, left, pruned.removed, len(planned), other_language=len(left_out)
    )


def _planned(
    library: Library, request: Request, problems: list[Problem]
) -> tuple[tuple[Planned, ...], tuple[Planned, ...]]:
    """Return the plan, and what is left out of it because of its language."""
    errors = tuple(problem for problem in problems if has_errors([problem]))
    try:
        planned, left_out = plan_by_language(library, request)
    except ChoiceError as meaningless:
        meaningless.problems = errors
        raise
    if not planned and not errors:
        problems.append(_nothing(library))
    return planned, left_out


def _watched(running: Iterable[Outcome], count: int, ledger: Ledger | None, watch: Watch) -> list[Outcome]:
    """Collect outcomes as they come; what is done is written down also if this is interrupted."""
    outcomes: list[Outcome] = []
    try:
        for outcome in running:
            if ledger and outcome.row and outcome.status == "built":
                ledger.add(outcome.row)
            outcomes.append(outcome)
            watch(Finished(outcome, len(outcomes), count))
    except BaseException:
        if ledger:
            ledger.save()
        raise
    return outcomes


def _unread(library: Library, request: Request) -> tuple[str, ...]:
    """Name what a request means, in its choice or by not choosing, among what could not be read."""
    handouts: list[str] = []
    practices: set[str] = set()
    for entry in entries(library.settings, request):
        handouts += [f"{name} ({language})" for name, language in unread_handouts(library, entry)]
        practices.update(unread_practices(library, entry))
    return (*dict.fromkeys(handouts), *sorted(practices))


def _one_file(way: Way, planned: tuple[Planned, ...]) -> Path | None:
    """Give the file that is meant by the output, if it is one; raise OneFileError if it cannot be."""
    file = way.output
    if file is None or way.as_folder or file.suffix.lower() not in _ENDINGS or file.is_dir():
        return None
    if len(planned) > 1:
        raise OneFileError(f"{file} is one file, but these are {len(planned)} outputs", planned)
    if planned and planned[0].path.suffix != file.suffix.lower():
        kind = planned[0].edition.format.name
        message = f"{file} cannot be in the format {kind}, whose files end in {planned[0].path.suffix}"
        raise OneFileError(message, planned)
    return file


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
