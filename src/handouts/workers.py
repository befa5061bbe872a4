"""Who typesets: worker processes for many documents, this process for a single one."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from handouts.typeset import warm_up

Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")

# A worker is replaced after so many documents, for its memory grows slowly.
_DOCUMENTS_EACH = 200
MOST_WORKERS = 61  # what Windows can wait for


class _Here(Executor):
    """Does each task at once in this process: a single document would wait longer for a worker to start."""

    def submit(
        self, fn: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as failed:  # noqa: BLE001 - told to whoever asks the future
            future.set_exception(failed)
        return future


def workers(documents: int, at_once: int) -> Executor:
    """Give an executor for so many documents, so many of them at once.

    Processes are started fresh, so that no state of this one is copied into WeasyPrint, and only once there is a task.
    """
    if documents == 1:
        return _Here()
    import multiprocessing  # noqa: PLC0415 - not needed for a single document, whose reader waits
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - likewise

    return ProcessPoolExecutor(
        min(documents, at_once, MOST_WORKERS) or 1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=warm_up,
        max_tasks_per_child=_DOCUMENTS_EACH,
    )
