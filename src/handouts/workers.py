"""Who typesets: worker processes, started fresh for many documents and ahead of time for a single one."""

import multiprocessing
from concurrent.futures import Executor, ProcessPoolExecutor

from handouts.typeset import warm_up

# A worker is replaced after so many documents, for its memory grows slowly.
_DOCUMENTS_EACH = 200
_MOST_WORKERS = 61  # what Windows can wait for


def workers(at_once: int) -> Executor:
    """Give an executor of so many processes; they are started once there is a task for them.

    They are spawned, not forked, so that no state of this process is copied into WeasyPrint.
    """
    return ProcessPoolExecutor(
        min(at_once, _MOST_WORKERS),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=warm_up,
        max_tasks_per_child=_DOCUMENTS_EACH,
    )


def worker_ahead() -> Executor:
    """Give an executor of one process that starts to import WeasyPrint at once, while the caller reads and composes.

    To be called early, when this process has one thread and little loaded: then it is forked where the system can,
    which saves the fifth of a second that a fresh one takes to start.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        ahead = workers(1)
    else:
        ahead = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork"), initializer=warm_up)
    ahead.submit(int)  # any task starts the process
    return ahead
