"""Worker processes that make prints, for layout with WeasyPrint loaded before the first one arrives."""

from concurrent.futures import Executor

from handouts.build.typeset import warm_up
from handouts.system.garbage_collection import collect_garbage_rarely
from handouts.workers.pool import start_pool, start_pool_early


def start_layout_workers(at_once: int, limit: float | None = None, *, ahead: bool = False) -> Executor:
    """Return an executor for `typeset` and the tasks of a build; see `start_pool`."""
    return start_pool(warm_up, at_once, limit, ahead=ahead)


def start_layout_workers_early(at_once: int, limit: float | None = None, *, has_pages: bool = True) -> Executor:
    """Return an executor for such tasks that loads what it needs while the caller reads; see `start_pool_early`.

    Unless a document `has_pages`, WeasyPrint is not needed; then it is loaded only if there is one after all.
    """
    return start_pool_early(warm_up if has_pages else collect_garbage_rarely, at_once, limit)


def check_layout_workers(executor: Executor) -> None:
    """Wait until a worker is ready. Raises WorkerError if none can be: a library is missing, or it died."""
    executor.submit(_do_nothing).result()


def _do_nothing() -> None:
    """Show that a worker answers."""
