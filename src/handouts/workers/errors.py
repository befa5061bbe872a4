"""Why a task of a worker process has no result of its own."""


class WorkerDiedError(Exception):
    """The process that carried out a task died, also when it had nothing else to do."""


class TimedOutError(Exception):
    """A task took longer than its time limit, and its process was ended."""


class UnfitWorkerError(Exception):
    """A worker would make something else than this machine: other versions, other files, or several at once."""
