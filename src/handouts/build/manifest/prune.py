"""Prune: outputs of an earlier plan that no plan has any more, found and removed."""

import contextlib
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from handouts.build.manifest.manifest import FailedRow, Row
from handouts.build.plan.plan import Planned
from handouts.build.plan.request import Request, matching
from handouts.model.library import Library
from handouts.problems.problem import Problem, warning


@dataclass(frozen=True, slots=True)
class Pruned:
    """Paths of outputs that were removed, and problems with those that could not be."""

    removed: tuple[str, ...]
    problems: tuple[Problem, ...]


def no_longer_planned(
    rows: Mapping[str, Row], planned: Collection[Planned], library: Library, request: Request
) -> tuple[Row, ...]:
    """Give the outputs that a request would have made once, and now would not.

    A set names all that belongs into a folder, so whatever it does not name is meant, within the handouts, practices
    and languages that are asked for. Without a set, what was not asked for may still be wanted: only outputs are meant
    whose handout or practice is gone. What merely cannot be read is never meant.
    """
    paths = {str(item.path) for item in planned}
    handouts = {(handout.id, handout.language) for handout in library.handouts}
    gone: list[Row] = []
    for path, row in sorted(rows.items()):
        if path in paths or not is_asked_for(row, request) or _is_broken(row, library):
            continue
        is_there = (row.handout, row.language) in handouts and row.practice in library.practices
        if request.set_name is not None or not is_there:
            gone.append(row)
    return tuple(gone)


def prune(folder: Path, rows: Iterable[Row]) -> Pruned:
    """Remove the files of rows, and folders that are empty then; a file that somebody changed stays, with a warning."""
    removed: list[str] = []
    problems: list[Problem] = []
    for row in rows:
        path = folder / row.path
        try:
            kept = _reason_to_keep(folder, path, row)
            if kept is None:
                path.unlink()
        except OSError as refused:
            kept = refused.strerror or str(refused)
        if kept is None:
            removed.append(row.path)
            with contextlib.suppress(OSError):  # other files are in it
                path.parent.rmdir()
        else:
            problems.append(
                warning("not-removed", f"{path} is not removed: {kept}", None, "look at it, then remove it")
            )
    return Pruned(tuple(removed), tuple(problems))


def is_asked_for(row: Row | FailedRow, request: Request) -> bool:
    """Tell whether an output is of the handouts, practices and languages of a request."""
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
