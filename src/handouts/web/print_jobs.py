"""Print jobs of the page: each click sends one, in the background, and its status can be queried."""

import threading
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from handouts.printing.job import PATIENCE, Progress, submit_pdf, watch_job
from handouts.printing.queues import NO_SUCH_PRINTER, find_printers
from handouts.printing.ticket import Ticket, paper_name
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.schema.print_terms import Paper
from handouts.system.cache import Cache
from handouts.web.running_prints import BusyError

JobProgress: TypeAlias = Literal["sending", "sent", "refused"] | Progress

_MAX_RUNNING: Final = 8  # threads; each runs until the printer has accepted its job and is seen to print it
_MAX_REMEMBERED: Final = 2_000


@dataclass(frozen=True, slots=True)
class PrintJob:
    """The status of a job, without anything about its content but the number of pages.

    `progress` is "refused" if the printer did not accept the job, "sent" while it is watched, then that of PrintedJob.
    """

    printer: str
    paper: Paper
    pages: int
    copies: int
    progress: JobProgress = "sending"
    problems: tuple[Problem, ...] = ()

    @property
    def is_final(self) -> bool:
        """Whether the status will not change any more."""
        return self.progress not in {"sending", "sent"}


class PrintJobs:
    """The latest jobs, by the id of the click that sent them. Safe for threads. Files are held only while sending."""

    def __init__(self) -> None:
        """Start without jobs."""
        self._lock = threading.Lock()
        self._free_threads = threading.BoundedSemaphore(_MAX_RUNNING)
        self._by_click: Cache[str, PrintJob] = Cache(_MAX_REMEMBERED)

    def get(self, click: str) -> PrintJob | None:
        """Return the status of the job that a click has sent."""
        return self._by_click.get(click)

    def start(self, click: str, job: PrintJob, pdf: bytes, ticket: Ticket) -> PrintJob:
        """Send a file in a thread, and return the status at once; a click that has sent a job sends no other.

        Raises BusyError if too many jobs are being sent.
        """
        with self._lock:
            previous = self._by_click.get(click)
            if previous:
                return previous
            if not self._free_threads.acquire(blocking=False):
                raise BusyError
            self._by_click.put(click, job)
        threading.Thread(target=self._send, args=(click, job, pdf, ticket), name="print-job", daemon=True).start()
        return job

    def _send(self, click: str, job: PrintJob, pdf: bytes, ticket: Ticket) -> None:
        problems = Problems()
        # The status becomes final whatever happens here, so that nobody waits forever.
        progress: JobProgress = "refused"
        try:
            printer = next((queue for queue in find_printers(problems) if queue.name == job.printer), None)
            if printer is None:
                if not problems:
                    problems.add(NO_SUCH_PRINTER.at(None, hint="choose another printer", printer=job.printer))
                return
            number = submit_pdf(printer, pdf, ticket, problems)
            if number is None:
                return
            self._by_click.put(click, replace(job, progress="sent", problems=problems.as_tuple()))
            progress = "waiting"
            progress = watch_job(printer, number, paper_name(job.paper), PATIENCE, problems).progress
        finally:
            self._by_click.put(click, replace(job, progress=progress, problems=problems.as_tuple()))
            self._free_threads.release()
