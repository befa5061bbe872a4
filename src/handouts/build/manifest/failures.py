"""Failures: outputs that a manifest records as failed, until a later build makes them or no longer plans them."""

from collections.abc import Callable, Collection
from pathlib import PurePosixPath

from handouts.build.manifest.manifest import FailedRow
from handouts.build.manifest.prune import is_asked_for
from handouts.build.plan.output import Output
from handouts.build.plan.request import Request
from handouts.build.plan.shard import Shard
from handouts.model.library import Library


def settled_by(
    outputs: Collection[Output], library: Library, request: Request, shard: Shard | None
) -> Callable[[FailedRow], bool]:
    """Return a function: does this build settle a failure of an earlier one? `outputs` are all that it plans.

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
        if request.set_name is not None and is_asked_for(row, request):
            return True
        # Without a path, the sections or the format were not known.
        if not row.path and (not row.format or has_sections):
            return not row.format or (row.practice, row.handout, row.language, row.format) in ids
        return (row.handout, row.language) not in handouts or row.practice not in practices

    return is_settled
