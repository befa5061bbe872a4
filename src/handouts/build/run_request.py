"""Builds a request: reads the project, plans, runs the plan, and writes the manifest."""

import datetime as dt
from collections.abc import Collection, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import chain

from handouts.build.destination import Destination, open_destination
from handouts.build.manifest.earlier_builds import (
    StaleFiles,
    find_expired_rows,
    find_unplanned_rows,
    make_resolved_check,
    prune,
)
from handouts.build.manifest.ledger import Ledger
from handouts.build.manifest.manifest import Row
from handouts.build.options import BuildOptions
from handouts.build.outcome import Finished, OnEvent, Outcome, PlanMade, ignore_event
from handouts.build.plan.choose import check_names
from handouts.build.plan.order import order_outputs
from handouts.build.plan.output import Output
from handouts.build.plan.plan import Planned, plan_by_language
from handouts.build.plan.request import Request, Shard
from handouts.build.plan.unread import Unread, find_unread_outputs, remove_set
from handouts.build.report import Report
from handouts.build.rules import EXPIRED_FILE, NO_MATCHING_HANDOUT, NOTHING_TO_BUILD, UNREADABLE_STYLE
from handouts.build.run_plan import run_plan
from handouts.model.library import Library, Reading
from handouts.model.project import SETTINGS_FILE, Project
from handouts.numbering.select import ChoiceError
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem, select_errors
from handouts.provenance.code_ledger import CodeLedger
from handouts.read.elsewhere import reads_elsewhere
from handouts.read.project import read_project


@dataclass(frozen=True, slots=True)
class _Plan:
    """The outputs to be made, those that cannot be read, and those left out because of their language."""

    planned: tuple[Planned, ...]
    unread: tuple[Unread, ...]
    left_out: tuple[Planned, ...]

    @property
    def count(self) -> int:
        """How many outputs there are, with those that cannot be read."""
        return len(self.planned) + len(self.unread)

    def list_outputs(self) -> tuple[Output, ...]:
        """Return all outputs, with those that cannot be read."""
        return (*(item.output for item in self.planned), *(item.output for item in self.unread))

    def take_shard(self, shard: Shard | None) -> "_Plan":
        """Return the part of the plan that is in a shard; all of it for None."""
        if shard is None:
            return self
        planned = tuple(item for item in self.planned if shard.holds(item.path))
        return replace(
            self, planned=planned, unread=tuple(item for item in self.unread if shard.holds(item.output.key))
        )


@dataclass(frozen=True, slots=True)
class _OldFiles:
    """The rows of files that an earlier build made: those without a plan, and those that have expired."""

    unplanned: tuple[Row, ...] = ()
    expired: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, each path once."""
        return tuple({row.path: row for row in (*self.unplanned, *self.expired)}.values())

    def without(self, removed: Collection[str]) -> "_OldFiles":
        """Return those whose paths were not removed."""
        unplanned = tuple(row for row in self.unplanned if row.path not in removed)
        return _OldFiles(unplanned, tuple(row for row in self.expired if row.path not in removed))


def build(
    project: Project,
    request: Request,
    options: BuildOptions,
    executor: Executor,
    on_event: OnEvent = ignore_event,
) -> Report:
    """Read a project and build the outputs of a request; see `build_reading`."""
    # Read: every file of the project. Broken sources are known by name, so that their outputs are reported as failed.
    return build_reading(project, read_project(project), request, options, executor, on_event)


def build_reading(
    project: Project,
    reading: Reading,
    request: Request,
    options: BuildOptions,
    executor: Executor,
    on_event: OnEvent,
) -> Report:
    """Build the outputs of a request from a project as it was read, and report each event as it happens.

    The executor runs the functions of `print_task.py`. Raises ChoiceError or DestinationError for a request that
    matches nothing or contradicts itself, or whose outputs would be written somewhere else.
    """
    problems = Problems(reading.problems)
    library = reading.library or reading.outline
    if library is None:
        return Report(problems.as_tuple())
    # Plan: which outputs the request means, for which practices, and the file that each is written to.
    plan = _plan(reading, library, request, problems)
    outputs = plan.list_outputs()
    _report_unreadable_styles(project, problems)
    destination, ledger = open_destination(project, options, plan.planned, problems)
    part = plan.take_shard(options.shard)
    on_event(PlanMade(part.count))
    # Run: in an order in which workers find what they laid out before.
    ordered = order_outputs(part.planned, lambda item: item.name, lambda item: item.practice.id)
    if options.gate and (options.release or library.settings.release == "required"):
        gate = options.gate(project, library, reading.problems, allow_drafts=not options.release)
        codes = None
        if options.today and not options.dry_run:
            codes = CodeLedger(project, options.today, problems)
        destination = replace(destination, gate=gate, codes=codes)
    running = run_plan(project, library, ordered, destination, options, executor)
    failing = (_make_unread_outcome(item, destination, is_alone=plan.count == 1) for item in part.unread)
    stale = StaleFiles(destination.folder, ledger.rows if ledger else {}, outputs)
    reported = (replace(outcome, stale=stale.find_for(outcome)) for outcome in chain(failing, running))
    recording = None if options.dry_run else ledger
    outcomes = _collect_outcomes(reported, part.count, recording, on_event)
    # Clean up: remove files that are no longer planned, and write the manifest.
    old = _find_old_files(ledger, plan, library, request, outcomes, options.today) if ledger else _OldFiles()
    pruned = prune(destination.folder, old.rows if options.prune and not options.dry_run else (), problems)
    left = old.without(pruned)
    for row in left.expired:
        path = destination.folder / row.path
        problems.add(EXPIRED_FILE.at(None, path=path, date=row.made_from.review_due if row.made_from else ""))
    if recording:
        # Outputs of other shards are in the manifests of those shards, so that the manifests can be merged.
        other_shards = {str(item.path) for item in plan.planned} - {str(item.path) for item in part.planned}
        recording.remove_rows([*pruned, *other_shards])
        recording.resolve_failures(make_resolved_check(outputs, library, request, options.shard))
        recording.save(problems)
    order = {output.key: index for index, output in enumerate(outputs)}
    outcomes.sort(key=lambda outcome: order[outcome.output.key])
    sources = (source for item in part.unread for source in (item.sources if reading.library else (SETTINGS_FILE,)))
    return Report(
        problems.as_tuple(),
        tuple(outcomes),
        tuple(dict.fromkeys(sources)),
        tuple(row.path for row in left.unplanned),
        pruned,
        tuple(row.path for row in left.expired),
        planned=plan.count,
        other_language=len(plan.left_out),
        reads_elsewhere=reads_elsewhere(library),
    )


def _plan(reading: Reading, library: Library, request: Request, problems: Problems) -> _Plan:
    """Plan a request; without settings, the formats of a set are not known and nothing can be made."""
    has_settings = reading.library is not None
    request = request if has_settings else remove_set(request)
    errors = select_errors(problems)
    try:
        if not has_settings:
            request = replace(request, packs=())
            check_names(library, replace(request, formats=()))
        planned, left_out = plan_by_language(library, request) if has_settings else ((), ())
        unread = find_unread_outputs(library, request, has_others=bool(planned))
    except ChoiceError as choice_error:
        choice_error.problems = errors
        raise
    if not planned and not errors:
        problems.add(_explain_empty_plan(library))
    return _Plan(planned, unread, left_out)


def _explain_empty_plan(library: Library) -> Problem:
    if library.handouts and library.practices:
        return NO_MATCHING_HANDOUT.at(None)
    return NOTHING_TO_BUILD.at(None, kind="practice" if library.handouts else "handout")


def _report_unreadable_styles(project: Project, problems: Problems) -> None:
    """Warn of files in styles/ that cannot be read: prints go on, and fail if they need one."""
    for path in sorted((project.root / "styles").rglob("*")):
        try:
            if path.is_file():
                with path.open("rb") as file:
                    file.read(1)
        except OSError as refused:
            problems.add(UNREADABLE_STYLE.at(project.place(path), reason=refused.strerror))


def _make_unread_outcome(item: Unread, destination: Destination, *, is_alone: bool) -> Outcome:
    if destination.file:
        return Outcome(item.output, destination.file if is_alone else None, "failed", item.problems)
    path = destination.path(item.output.path) if item.output.path else None
    return Outcome(item.output, path, "failed", item.problems)


def _collect_outcomes(
    running: Iterable[Outcome], count: int, ledger: Ledger | None, on_event: OnEvent
) -> list[Outcome]:
    """Collect and record outcomes as they come; what is finished is recorded even if the build is interrupted."""
    outcomes: list[Outcome] = []
    try:
        for outcome in running:
            if ledger and outcome.status == "failed":
                ledger.add_failure(outcome.failed_row)
            if ledger and outcome.row and outcome.status == "built":
                ledger.add(outcome.row)
            outcomes.append(outcome)
            on_event(Finished(outcome, len(outcomes), count))
    except BaseException:
        if ledger:
            ledger.save(Problems())
        raise
    return outcomes


def _find_old_files(
    ledger: Ledger, plan: _Plan, library: Library, request: Request, outcomes: Iterable[Outcome], today: dt.date | None
) -> _OldFiles:
    """Return files of earlier builds that the request would not make any more, and all files that have expired."""
    unplanned = find_unplanned_rows(ledger.rows, plan.planned, library, request) if plan.planned else ()
    # Files in two languages, made before practices had a language.
    mixed = (ledger.rows[str(item.path)] for item in plan.left_out if str(item.path) in ledger.rows)
    built = {outcome.row.path: outcome.row for outcome in outcomes if outcome.row}
    return _OldFiles(
        tuple({row.path: row for row in (*unplanned, *mixed)}.values()),
        find_expired_rows({**ledger.rows, **built}, today),
    )
