"""Files and failures of earlier builds: finds those that are stale, resolved or no longer planned."""

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from handouts.build.manifest.manifest import FailedRow, Row
from handouts.build.outcome import Outcome
from handouts.build.plan.output import Output
from handouts.build.plan.plan import Planned
from handouts.build.plan.request import Request, Shard, match_names
from handouts.build.rules import NOT_REMOVED
from handouts.model.library import Library
from handouts.problems.collector import Problems
from handouts.system.regular_file import read_regular_file


class StaleFiles:
    """Finds files of earlier builds that stay in place of an output that failed."""

    def __init__(self, folder: Path, rows: Mapping[str, Row], outputs: Iterable[Output]) -> None:
        """Index the rows whose path no output of this build has."""
        planned_paths = {str(output.path) for output in outputs}
        self._folder = folder
        self._unplanned_paths: dict[tuple[str, ...], list[str]] = {}
        for path, row in rows.items():
            if path not in planned_paths:
                self._unplanned_paths.setdefault((row.practice, row.handout, row.language, row.format), []).append(path)

    def find_for(self, outcome: Outcome) -> tuple[Path, ...]:
        """Return the stale files of an outcome, none unless it failed.

        If the path of its output is not known, each file of the same practice, handout, language and format is stale.
        """
        if outcome.status != "failed":
            return ()
        output = outcome.output
        unplanned_paths = self._unplanned_paths.get(
            (output.practice, output.handout, output.language, output.format), ()
        )
        paths = [outcome.path] if outcome.path else [self._folder / path for path in unplanned_paths]
        return tuple(path for path in paths if path.is_file())


def make_resolved_check(
    outputs: Collection[Output], library: Library, request: Request, shard: Shard | None
) -> Callable[[FailedRow], bool]:
    """Return a check whether this build resolves a failure of an earlier one; `outputs` are all planned ones.

    A set names everything that belongs in a folder, so it resolves each failure within the request. Without a set, it
    resolves failures of the outputs of this build, and those whose handout or practice no longer exists.
    """
    keys = {str(output.key) for output in outputs}
    ids = {(output.practice, output.handout, output.language, output.format) for output in outputs}
    known = {*library.broken_handouts, *((handout.id, handout.language) for handout in library.handouts)}
    handouts = known | {(pack, language) for pack in library.settings.packs for _, language in known}
    practices = {*library.practices, *library.broken_practices}
    has_sections = bool(request.sections or request.left_out)

    def is_resolved(row: FailedRow) -> bool:
        if row.key in keys or (shard is not None and not shard.holds(PurePosixPath(row.key))):
            return True
        if request.set_name is not None and is_in_request(row, request):
            return True
        # Without a path, the sections or the format are not known.
        if not row.path and (not row.format or has_sections):
            return not row.format or (row.practice, row.handout, row.language, row.format) in ids
        return (row.handout, row.language) not in handouts or row.practice not in practices

    return is_resolved


def find_unplanned_rows(
    rows: Mapping[str, Row], planned: Collection[Planned], library: Library, request: Request
) -> tuple[Row, ...]:
    """Return the rows of outputs that the request made in an earlier build and would no longer make.

    A set names everything that belongs in a folder, so any other output of the handouts, practices and languages of
    the request is no longer planned. Without a set, outputs that were not requested may still be wanted: only those
    whose handout or practice no longer exists are returned. Outputs whose sources cannot be read never are.
    """
    paths = {str(item.path) for item in planned}
    packs = library.settings.packs
    handouts = {(handout.id, handout.language) for handout in library.handouts}
    unplanned: list[Row] = []
    for path, row in sorted(rows.items()):
        if path in paths or not is_in_request(row, request) or _is_broken(row, library):
            continue
        exists = (row.handout, row.language) in handouts or row.handout in packs
        still_exists = exists and row.practice in library.practices
        # A set says nothing about packs.
        if (request.set_name is not None and row.handout not in packs) or not still_exists:
            unplanned.append(row)
    return tuple(unplanned)


def find_expired_rows(rows: Mapping[str, Row], today: dt.date | None) -> tuple[Row, ...]:
    """Return the rows of files of approved handouts whose review was due before a day, whatever is requested now."""
    return tuple(row for _, row in sorted(rows.items()) if today and _is_expired(row, today))


def _is_expired(row: Row, today: dt.date) -> bool:
    printed = row.made_from
    return bool(printed and printed.status == "approved" and printed.review_due and printed.review_due < today)


def prune(folder: Path, rows: Iterable[Row], problems: Problems) -> tuple[str, ...]:
    """Remove the files of rows, and folders that become empty; return the paths of the removed files.

    A file that was changed since it was built is kept, and a warning is added.
    """
    removed: list[str] = []
    for row in rows:
        path = folder / row.path
        try:
            reason = _find_reason_to_keep(folder, path, row)
            if reason is None:
                path.unlink()
        except OSError as refused:
            reason = refused.strerror or str(refused)
        if reason is None:
            removed.append(row.path)
            with contextlib.suppress(OSError):  # other files are in it
                path.parent.rmdir()
        else:
            problems.add(NOT_REMOVED.at(None, path=path, reason=reason))
    return tuple(removed)


def is_in_request(row: Row | FailedRow, request: Request) -> bool:
    """Return whether an output is of the handouts, practices and languages of a request."""
    return (
        (not request.handouts or bool(match_names(request.handouts, [row.handout])))
        and (not request.practices or bool(match_names(request.practices, [row.practice])))
        and (not request.languages or row.language in request.languages)
    )


def _is_broken(row: Row, library: Library) -> bool:
    return (row.handout, row.language) in library.broken_handouts or row.practice in library.broken_practices


def _find_reason_to_keep(folder: Path, path: Path, row: Row) -> str | None:
    if not path.resolve().is_relative_to(folder.resolve()):
        return "it lies outside the folder"
    if hashlib.sha256(read_regular_file(path)).hexdigest() != row.sha256:
        return "it is not as it was built"
    return None
