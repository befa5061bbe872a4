"""Files and failures of earlier builds: which of them the plan of this build makes stale, settles or no longer has."""

import contextlib
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from handouts.build.manifest.manifest import FailedRow, Row
from handouts.build.outcome import Outcome
from handouts.build.plan.output import Output
from handouts.build.plan.plan import Planned
from handouts.build.plan.request import Request, Shard, matching
from handouts.build.rules import NOT_REMOVED
from handouts.model.library import Library
from handouts.problems.collector import Problems


class StaleFiles:
    """Finds files of earlier builds that stay in place of an output that failed."""

    def __init__(self, folder: Path, rows: Mapping[str, Row], outputs: Iterable[Output]) -> None:
        """Index the rows that no output of the build has the path of."""
        known = {str(output.path) for output in outputs}
        self._folder = folder
        self._others: dict[tuple[str, ...], list[str]] = {}
        for path, row in rows.items():
            if path not in known:
                self._others.setdefault((row.practice, row.handout, row.language, row.format), []).append(path)

    def of(self, outcome: Outcome) -> tuple[Path, ...]:
        """Return the stale files of an outcome, none unless it failed.

        If the path of its output is not known, each file of the same practice, handout, language and format is one.
        """
        if outcome.status != "failed":
            return ()
        output = outcome.output
        others = self._others.get((output.practice, output.handout, output.language, output.format), ())
        paths = [outcome.path] if outcome.path else [self._folder / path for path in others]
        return tuple(path for path in paths if path.is_file())


def is_settled_by(
    outputs: Collection[Output], library: Library, request: Request, shard: Shard | None
) -> Callable[[FailedRow], bool]:
    """Return a function that tells whether this build settles a failure of an earlier one; `outputs` are all planned.

    A set names all that belongs into a folder, so it settles each failure within the request. Without a set, only
    outputs of this build are settled, and those whose handout or practice is gone.
    """
    keys = {str(output.key) for output in outputs}
    ids = {(output.practice, output.handout, output.language, output.format) for output in outputs}
    handouts = {*library.broken_handouts, *((handout.id, handout.language) for handout in library.handouts)}
    practices = {*library.practices, *library.broken_practices}
    has_sections = bool(request.sections or request.left_out)

    def is_settled(row: FailedRow) -> bool:
        if row.key in keys or (shard is not None and not shard.holds(PurePosixPath(row.key))):
            return True
        if request.set_name is not None and is_in_request(row, request):
            return True
        # Without a path, the sections or the format were not known.
        if not row.path and (not row.format or has_sections):
            return not row.format or (row.practice, row.handout, row.language, row.format) in ids
        return (row.handout, row.language) not in handouts or row.practice not in practices

    return is_settled


def no_longer_planned(
    rows: Mapping[str, Row], planned: Collection[Planned], library: Library, request: Request
) -> tuple[Row, ...]:
    """Return the outputs that a request would have made once, and now would not.

    A set names everything that belongs into a folder, so whatever it does not name is no longer planned, within the
    handouts, practices and languages of the request. Without a set, what was not requested may still be wanted: only
    outputs whose handout or practice is gone are returned. Outputs of sources that cannot be read never are.
    """
    paths = {str(item.path) for item in planned}
    handouts = {(handout.id, handout.language) for handout in library.handouts}
    gone: list[Row] = []
    for path, row in sorted(rows.items()):
        if path in paths or not is_in_request(row, request) or _is_broken(row, library):
            continue
        is_there = (row.handout, row.language) in handouts and row.practice in library.practices
        if request.set_name is not None or not is_there:
            gone.append(row)
    return tuple(gone)


def prune(folder: Path, rows: Iterable[Row], problems: Problems) -> tuple[str, ...]:
    """Remove the files of rows, and folders that are empty then; return the paths of the removed files.

    A file that somebody changed stays, with a warning.
    """
    removed: list[str] = []
    for row in rows:
        path = folder / row.path
        try:
            reason = _reason_to_keep(folder, path, row)
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
        (not request.handouts or bool(matching(request.handouts, [row.handout])))
        and (not request.practices or bool(matching(request.practices, [row.practice])))
        and (not request.languages or row.language in request.languages)
    )


def _is_broken(row: Row, library: Library) -> bool:
    return (row.handout, row.language) in library.broken_handouts or row.practice in library.broken_practices


def _reason_to_keep(folder: Path, path: Path, row: Row) -> str | None:
    if not path.resolve().is_relative_to(folder.resolve()):
        return "it lies outside the folder"
    if hashlib.sha256(path.read_bytes()).hexdigest() != row.sha256:
        return "it is not as it was built"
    return None
