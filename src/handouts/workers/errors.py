"""Why a task of a worker process has no result of its own."""


class WorkerDiedError(Exception):
    """A worker process died before it returned a result."""


class TimedOutError(Exception):
    """A task took longer than its time limit, and its process was ended."""


class UnfitWorkerError(Exception):
    """A worker would make something else than this machine: other versions, other files, or several at once."""
