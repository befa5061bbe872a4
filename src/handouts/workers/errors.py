"""Why a task of a worker process has no result of its own."""

from handouts.problems.exceptions import HandoutsError


class WorkerDiedError(HandoutsError):
    """A worker process died before it returned a result."""


class TimedOutError(HandoutsError):
    """A task took longer than its time limit, and its process was ended."""


class UnfitWorkerError(HandoutsError):
    """A worker would make something else than this machine: other versions, other files, or several at once."""
