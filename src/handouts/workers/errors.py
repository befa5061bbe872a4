"""Exceptions of tasks whose worker process returned no result."""

from handouts.problems.exceptions import HandoutsError


class WorkerError(HandoutsError):
    """A worker process returned no result."""


class WorkerDiedError(WorkerError):
    """A worker process died before it returned a result."""


class TimedOutError(WorkerError):
    """A task took longer than its time limit, and its process was ended."""


class UnpreparedWorkerError(WorkerError):
    """A worker process could not load what it needs; the text says what is missing."""


class UnfitWorkerError(WorkerError):
    """A worker would make another result than this machine: it has other versions or files, or several threads."""
