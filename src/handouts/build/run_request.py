"""Builds a request: reads the project, plans, runs the plan, and writes the manifest."""

import datetime as dt
import os
import re
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final, get_args

from handouts.build.manifest.earlier_builds import (
    StaleFiles,
    find_expired_rows,
    find_unplanned_rows,
    make_resolved_check,
    prune,
)
from handouts.build.manifest.ledger import Ledger
from handouts.build.manifest.manifest import Row
from handouts.build.options import BuildOptions, Destination
from handouts.build.outcome import Finished, OnEvent, Outcome, PlanMade, ignore_event
from handouts.build.plan.order import order_outputs
from handouts.build.plan.plan import Planned, check_names, plan_by_language
from handouts.build.plan.request import Request
from handouts.build.plan.unread import Unread, find_unread_outputs, remove_set
from handouts.build.report import Report
from handouts.build.rules import EXPIRED_FILE, NO_MATCHING_HANDOUT, NOTHING_TO_BUILD, UNREADABLE_STYLE
from handouts.build.run_plan import run_plan
from handouts.model.library import Library, Reading
from handouts.model.project import SETTINGS_FILE, Project
from handouts.numbering.select import ChoiceError
from handouts.problems.collector import Problems
from handouts.problems.exceptions import HandoutsError
from handouts.problems.problem import Problem, select_errors
from handouts.provenance.code_ledger import CodeLedger
from handouts.provenance.versions import read_engine_versions, read_git_revision
from handouts.read.elsewhere import reads_elsewhere
from handouts.read.project import read_project
from handouts.schema.print_terms import FileKind

_FILE_ENDING: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}")
_SUFFIXES: Final = frozenset(f".{kind}" for kind in get_args(FileKind))


class DestinationError(HandoutsError):
    """The outputs cannot be written to the file or folder that was named, or that is there."""


class OneFileError(DestinationError):
    """One file was named for several outputs, or for another kind of file: `planned` are the outputs."""

    def __init__(self, message: str, planned: tuple[Planned, ...]) -> None:
        """Store the planned outputs."""
        super().__init__(message)
        self.planned = planned


@dataclass(frozen=True, slots=True)
class _Plan:
    """The outputs to be made, those that cannot be read, and those left out because of their language."""

    planned: tuple[Planned, ...]
    unread: tuple[Unread, ...]
    left_out: tuple[Planned, ...]


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
    on_event: OnEvent = ignore_event,
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
    outputs = [*(item.output for item in plan.planned), *(item.output for item in plan.unread)]
    destination, ledger = _open_destination(project, options, plan.planned, problems)
    shard_planned = [item for item in plan.planned if options.shard is None or options.shard.holds(item.path)]
    unread = [item for item in plan.unread if options.shard is None or options.shard.holds(item.output.key)]
    on_event(PlanMade(len(shard_planned) + len(unread)))
    # Run: in an order in which workers find what they laid out before.
    ordered = order_outputs(shard_planned, lambda item: item.name, lambda item: item.practice.id)
    if options.gate and (options.release or library.settings.release == "required"):
        gate = options.gate(project, library, reading.problems, allow_drafts=not options.release)
        codes = None
        if options.today and not options.dry_run:
            codes = CodeLedger(project, options.today, problems)
        destination = replace(destination, gate=gate, codes=codes)
    running = run_plan(project, library, ordered, destination, options, executor)
    failing = (_make_unread_outcome(item, destination, is_alone=len(outputs) == 1) for item in unread)
    stale = StaleFiles(destination.folder, ledger.rows if ledger else {}, outputs)
    reported = (replace(outcome, stale=stale.find_for(outcome)) for outcome in chain(failing, running))
    outcomes = _watch(reported, len(shard_planned) + len(unread), None if options.dry_run else ledger, on_event)
    # Clean up: remove files that are no longer planned, and write the manifest.
    unplanned = _find_files_without_plan(ledger, plan, library, request) if ledger else ()
    expired = _find_expired_files(ledger, outcomes, options.today) if ledger else ()
    to_remove = {row.path: row for row in (*unplanned, *expired)} if options.prune and not options.dry_run else {}
    pruned = prune(destination.folder, to_remove.values(), problems)
    for row in (row for row in expired if row.path not in pruned):
        path = destination.folder / row.path
        problems.add(EXPIRED_FILE.at(None, path=path, date=row.made_from.review_due if row.made_from else ""))
    if ledger and not options.dry_run:
        # Outputs of other shards are in the manifests of those shards, so that the manifests can be merged.
        other_shards = {str(item.path) for item in plan.planned} - {str(item.path) for item in shard_planned}
        ledger.remove_rows([*pruned, *other_shards])
        ledger.resolve_failures(make_resolved_check(outputs, library, request, options.shard))
        ledger.save(problems)
    order = {output.key: index for index, output in enumerate(outputs)}
    outcomes.sort(key=lambda outcome: order[outcome.output.key])
    sources = (source for item in unread for source in (item.sources if reading.library else (SETTINGS_FILE,)))
    return Report(
        problems.as_tuple(),
        tuple(outcomes),
        tuple(dict.fromkeys(sources)),
        tuple(row.path for row in unplanned if row.path not in pruned),
        pruned,
        tuple(row.path for row in expired if row.path not in pruned),
        planned=len(outputs),
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


def _open_destination(
    project: Project, options: BuildOptions, planned: tuple[Planned, ...], problems: Problems
) -> tuple[Destination, Ledger | None]:
    """Return where the outputs go, and the ledger of the folder; None for a single file."""
    _report_unreadable_styles(project, problems)
    folder = project.output if options.output is None else options.output
    file = _choose_single_file(options, planned)
    if file:
        return Destination(folder, file), None
    _refuse_links(project, options, folder, planned)
    ledger = Ledger(folder, read_engine_versions(), read_git_revision(project.root), options.shard, problems)
    rows = {} if options.force else ledger.rows
    return Destination(folder, None, ledger.engine, rows), ledger


def _choose_single_file(options: BuildOptions, planned: tuple[Planned, ...]) -> Path | None:
    """Return the file that `output` names, None for a folder. Raises OneFileError if the plan does not fit in it."""
    file = options.output
    if file is None or options.is_folder or file.is_dir():
        return None
    if file.suffix.lower() not in _SUFFIXES:
        if _FILE_ENDING.fullmatch(file.suffix):
            endings = ", ".join(sorted(_SUFFIXES))
            raise DestinationError(
                f"no output ends in {file.suffix}, only in {endings}; for a folder, write {file}{os.sep}"
            )
        return None
    if len(planned) > 1:
        raise OneFileError(f"{file} is one file, but these are {len(planned)} outputs", planned)
    if planned and planned[0].path.suffix != file.suffix.lower():
        kind = planned[0].edition.format.name
        message = f"{file} cannot be in the format {kind}, whose files end in {planned[0].path.suffix}"
        raise OneFileError(message, planned)
    return file


def _refuse_links(project: Project, options: BuildOptions, folder: Path, planned: tuple[Planned, ...]) -> None:
    """Raise DestinationError if a symbolic link leads out of the project, or out of the folder that was named."""
    inside = project.root.resolve() if options.output is None else folder.resolve()
    for path in {folder, *(folder / item.path.parent for item in planned)}:
        target = path.resolve()
        if not target.is_relative_to(inside):
            raise DestinationError(f"{path} is a link to {target}: remove it, or name that folder with --output")


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


def _watch(running: Iterable[Outcome], count: int, ledger: Ledger | None, on_event: OnEvent) -> list[Outcome]:
    """Collect outcomes as they come; finished outputs are recorded even if the build is interrupted."""
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


def _find_expired_files(ledger: Ledger, outcomes: Iterable[Outcome], today: dt.date | None) -> tuple[Row, ...]:
    """Return the rows of files in the folder that have expired by a day, with those that were built just now."""
    built = {outcome.row.path: outcome.row for outcome in outcomes if outcome.row}
    return find_expired_rows({**ledger.rows, **built}, today)


def _find_files_without_plan(ledger: Ledger, plan: _Plan, library: Library, request: Request) -> tuple[Row, ...]:
    """Return the rows of files that an earlier build made and that the request would not make any more."""
    unplanned = find_unplanned_rows(ledger.rows, plan.planned, library, request) if plan.planned else ()
    # Files in two languages, made before practices had a language.
    mixed = (ledger.rows[str(item.path)] for item in plan.left_out if str(item.path) in ledger.rows)
    return tuple({row.path: row for row in (*unplanned, *mixed)}.values())
