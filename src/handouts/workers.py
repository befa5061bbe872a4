"""The processes that typeset: started fresh, so that no state of the caller is copied into WeasyPrint."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from handouts.typeset import warm_up

# A worker is replaced after so many documents, for its memory grows slowly.
_DOCUMENTS_EACH = 200


@contextmanager
def workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of worker processes; the first starts importing WeasyPrint at once."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        count, mp_context=context, initializer=warm_up, max_tasks_per_child=_DOCUMENTS_EACH
    ) as pool:
        pool.submit(int)  # a first task, for workers are started by tasks
        yield pool
