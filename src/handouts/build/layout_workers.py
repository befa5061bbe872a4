"""Worker processes that lay out documents, with WeasyPrint loaded before the first one arrives."""

from concurrent.futures import Executor

from handouts.build.typeset import warm_up
from handouts.workers.pool import start_pool, start_pool_early


def start_layout_workers(at_once: int, limit: float | None = None, *, ahead: bool = False) -> Executor:
    """Return an executor for `typeset`; see `start_pool`."""
    return start_pool(warm_up, at_once, limit, ahead=ahead)


def start_layout_workers_early(at_once: int, limit: float | None = None) -> Executor:
    """Return an executor for `typeset` that loads WeasyPrint while the caller reads; see `start_pool_early`."""
    return start_pool_early(warm_up, at_once, limit)
