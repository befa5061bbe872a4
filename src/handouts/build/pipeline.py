"""Build: a request carried out from reading to the manifest. Every face makes this one call."""

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import get_args

from handouts.build.events import Finished, PlanMade, Watch, unwatched
from handouts.build.gate import Gate
from handouts.build.manifest.failures import settled_by
from handouts.build.manifest.ledger import Ledger
from handouts.build.manifest.prune import no_longer_planned, prune
from handouts.build.manifest.revision import git_revision
from handouts.build.plan.plan import Planned, check_names, plan_by_language
from handouts.build.plan.request import Request
from handouts.build.plan.shard import Shard
from handouts.build.plan.unread import Unread, unread_outputs, without_settings
from handouts.build.run import Order, Outcome, failed_row, run
from handouts.build.stale_files import StaleFiles
from handouts.model.library import Library
from handouts.model.project import SETTINGS_FILE, Project
from handouts.numbering.select import ChoiceError
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem, error, errors_of, warning
from handouts.provenance.engine_versions import engine_versions
from handouts.read.project import read_project
from handouts.schema.print_terms import FileKind

_NOT_WRITTEN = "not-written"
_ENDINGS = frozenset(f".{kind}" for kind in get_args(FileKind))


class OneFileError(HandoutsError):
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

    `unread` names the sources whose errors kept outputs from being planned; `left` and `removed` are the paths of
    outputs that are no longer in the plan. So many outputs were planned in all, those of other shards and those that
    could not be read too; so many were left out of the plan because the practice's texts are in another language.
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
        built = bool(self.planned) and all(outcome.status != "failed" for outcome in self.outcomes)
        return built and all(problem.code != _NOT_WRITTEN for problem in self.problems)


def build(project: Project, request: Request, way: Way, executor: Executor, watch: Watch = unwatched) -> Report:
    """Read the project, plan the request, run the plan, and write the manifest; tell `watch` how it goes.

    Raise ChoiceError or OneFileError for a request that cannot be meant.
    """
    reading = read_project(project)
    problems = list(reading.problems)
    library = reading.library or reading.outline
    if library is None:
        return Report(tuple(problems))
    if reading.library is None:
        request = without_settings(request)
    planned, unread, left_out = _planned(library, request, problems, has_settings=reading.library is not None)
    one_file = _one_file(way, planned)
    folder = project.output if way.output is None else way.output
    # A file outside any output folder has no manifest, so nothing will ever be compared with it.
    ledger = None if one_file else Ledger(folder, engine_versions(), git_revision(project.root), way.shard)
    problems.extend(ledger.problems if ledger else ())
    order = Order(
        folder,
        way.at_once,
        one_file,
        engine=ledger.engine if ledger else {},
        done=ledger.rows if ledger and not way.force else {},
        gate=_release_gate(project, library, reading.problems, way.release_on) if way.release_on else None,
        dry_run=way.dry_run,
    )
    problems.extend(_unreadable(project))
    here = [item for item in planned if way.shard is None or way.shard.holds(item.path)]
    unread_here = [item for item in unread if way.shard is None or way.shard.holds(item.output.key)]
    count = len(here) + len(unread_here)
    watch(PlanMade(count))
    # What is alike but for the practice comes one after another: workers keep what they found for the one before.
    alike = sorted(here, key=lambda item: (item.name, item.practice.id))
    running = run(project, library, alike, order, executor)
    outputs = [*(item.output for item in planned), *(item.output for item in unread)]
    failing = (_unread_outcome(item, order, is_alone=len(outputs) == 1) for item in unread_here)
    stale = StaleFiles(folder, ledger.rows if ledger else {}, outputs)
    found = (replace(one, stale=stale.of(one)) for one in chain(failing, running))
    outcomes = _watched(found, count, None if way.dry_run else ledger, watch)
    gone = no_longer_planned(ledger.rows, planned, library, request) if ledger and planned else ()
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
        ledger.settle(settled_by(outputs, library, request, way.shard))
        problems.extend(ledger.save())
    # They come as they are done; people and scripts get them as planned.
    position = {output.key: index for index, output in enumerate(outputs)}
    outcomes.sort(key=lambda outcome: position[outcome.output.key])
    left = tuple(row.path for row in gone if row.path not in pruned.removed)
    sources = [source for item in unread_here for source in (item.sources if reading.library else (SETTINGS_FILE,))]
    return Report(
        tuple(problems),
        tuple(outcomes),
        tuple(dict.fromkeys(sources)),
        left,
        pruned.removed,
        planned=len(outputs),
        other_language=len(left_out),
    )


def _release_gate(project: Project, library: Library, problems: tuple[Problem, ...], today: dt.date) -> Gate:
    from handouts.check.release import ReleaseGate  # noqa: PLC0415 - the rules take long to load

    return ReleaseGate(project, library, problems, today)


def _planned(
    library: Library, request: Request, problems: list[Problem], *, has_settings: bool
) -> tuple[tuple[Planned, ...], tuple[Unread, ...], tuple[Planned, ...]]:
    """Plan a request: the outputs to be made, those that cannot be read, and those left out by their language."""
    errors = errors_of(problems)
    try:
        if not has_settings:
            check_names(library, replace(request, formats=("handout",)))
        planned, left_out = plan_by_language(library, request) if has_settings else ((), ())
        unread = unread_outputs(library, request, has_others=bool(planned))
    except ChoiceError as meaningless:
        meaningless.problems = errors
        raise
    if not planned and not errors:
        problems.append(_nothing(library))
    return planned, unread, left_out


def _unread_outcome(item: Unread, order: Order, *, is_alone: bool) -> Outcome:
    path = item.output.path
    if order.file:
        return Outcome(item.output, order.file if is_alone else None, "failed", item.problems)
    return Outcome(item.output, order.path(path) if path else None, "failed", item.problems)


def _watched(running: Iterable[Outcome], count: int, ledger: Ledger | None, watch: Watch) -> list[Outcome]:
    """Collect outcomes as they come; what is done is written down also if this is interrupted."""
    outcomes: list[Outcome] = []
    try:
        for outcome in running:
            if ledger and outcome.status == "failed":
                ledger.fail(failed_row(outcome))
            if ledger and outcome.row and outcome.status == "built":
                ledger.add(outcome.row)
            outcomes.append(outcome)
            watch(Finished(outcome, len(outcomes), count))
    except BaseException:
        if ledger:
            ledger.save()
        raise
    return outcomes


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
