"""Print jobs of the page: each click sends one, in the background; it is followed until it is printed or canceled."""

import threading
import time
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from handouts.printing.job import PATIENCE, Progress, cancel_job, check_job, submit_pdf, watch_job
from handouts.printing.printer import Printer
from handouts.printing.printer_errors import PrinterError
from handouts.printing.queues import NO_SUCH_PRINTER, find_printers
from handouts.printing.ticket import Ticket, get_paper_name
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.schema.print_terms import Paper
from handouts.system.cache import Cache
from handouts.web.running_prints import BusyError

JobProgress: TypeAlias = Literal["sending", "sent", "refused", "canceled"] | Progress

_MAX_RUNNING: Final = 8  # threads; each runs until the printer has accepted its job and is seen to print it
_MAX_REMEMBERED: Final = 2_000
_MAX_OF_VISIT: Final = 50
_LOOK_EVERY: Final = 2.0  # seconds
_FOLLOWED_FOR: Final = 8 * 60 * 60.0  # seconds: a job that waits longer than a working day is left alone


@dataclass(frozen=True, slots=True)
class PrintJob:
    """The status of a job, without anything about its content but the title of the handout and the number of pages.

    `progress` is "refused" if the printer did not accept the job, "sent" while it is watched, then that of PrintedJob.
    `number` is that of the job at the printer, 0 until it has one. `too_late` says that it could not be canceled.
    """

    printer: str
    paper: Paper
    pages: int
    copies: int
    title: str = ""
    time: str = ""
    print_code: str = ""
    progress: JobProgress = "sending"
    problems: tuple[Problem, ...] = ()
    number: int = 0
    too_late: bool = False

    @property
    def is_final(self) -> bool:
        """Whether the status will not change any more."""
        return self.progress in {"refused", "canceled", "printed", "ended"}

    @property
    def can_be_canceled(self) -> bool:
        """Whether the printer has the job, and has not printed it yet."""
        return self.number > 0 and not self.is_final

    @property
    def version(self) -> str:
        """A text that changes with what the page shows."""
        return f"{self.progress}-{len(self.problems)}-{int(self.too_late)}-{int(self.number > 0)}"


class PrintJobs:
    """The latest jobs, by the id of the click that sent them. Safe for threads. Files are held only while sending."""

    def __init__(self) -> None:
        """Start without jobs."""
        self._lock = threading.Lock()
        self._free_threads = threading.BoundedSemaphore(_MAX_RUNNING)
        self._by_click: Cache[str, PrintJob] = Cache(_MAX_REMEMBERED)
        self._by_visit: Cache[str, tuple[str, ...]] = Cache(_MAX_REMEMBERED)
        self._followed: dict[str, tuple[Printer, float]] = {}
        self._is_following = False

    def get(self, click: str) -> PrintJob | None:
        """Return the status of the job that a click has sent."""
        return self._by_click.get(click)

    def list_versions(self, visit: str) -> dict[str, str]:
        """Return the versions of the jobs that one opening of the page has sent, by click."""
        clicks = self._by_visit.get(visit) or ()
        return {click: job.version for click in clicks if (job := self._by_click.get(click))}

    def start(self, click: str, job: PrintJob, pdf: bytes, ticket: Ticket, visit: str = "") -> PrintJob:
        """Send a file in a thread, and return the status at once; a click that has sent a job sends no other.

        `visit` is the opening of the page that it was sent from. Raises BusyError if too many jobs are being sent.
        """
        with self._lock:
            previous = self._by_click.get(click)
            if previous:
                return previous
            if not self._free_threads.acquire(blocking=False):
                raise BusyError
            self._by_click.put(click, job)
            if visit:
                self._by_visit.put(visit, (*(self._by_visit.get(visit) or ()), click)[-_MAX_OF_VISIT:])
        threading.Thread(target=self._send, args=(click, job, pdf, ticket), name="print-job", daemon=True).start()
        return job

    def cancel(self, click: str) -> PrintJob | None:
        """Cancel the job of a click at its printer, and return its status; None if the click has sent none."""
        job = self._by_click.get(click)
        if job is None or not job.can_be_canceled:
            return job
        problems = Problems()
        printer = next((queue for queue in find_printers(problems) if queue.name == job.printer), None)
        is_canceled = False
        if printer is not None:
            try:
                is_canceled = cancel_job(printer, job.number)
            except PrinterError as error:
                problems.add(error.problem)
        with self._lock:
            job = self._by_click.get(click) or job
            if is_canceled:
                job = replace(job, progress="canceled", problems=())
                self._followed.pop(click, None)
            elif not job.is_final:
                job = replace(job, too_late=True, problems=problems.as_tuple())
            self._by_click.put(click, job)
        return job

    def _send(self, click: str, job: PrintJob, pdf: bytes, ticket: Ticket) -> None:
        problems = Problems()
        # The status becomes final whatever happens here, so that nobody waits forever.
        progress: JobProgress = "refused"
        number = 0
        printer = None
        try:
            printer = next((queue for queue in find_printers(problems) if queue.name == job.printer), None)
            if printer is None:
                if not problems:
                    problems.add(NO_SUCH_PRINTER.at(None, hint="choose another printer", printer=job.printer))
                return
            number = submit_pdf(printer, pdf, ticket, problems) or 0
            del pdf
            if not number:
                return
            self._update(click, replace(job, progress="sent", problems=problems.as_tuple(), number=number))
            progress = "waiting"
            progress = watch_job(printer, number, get_paper_name(job.paper), PATIENCE, problems).progress
        finally:
            done = replace(job, progress=progress, problems=problems.as_tuple(), number=number)
            self._update(click, done)
            self._free_threads.release()
            if printer is not None and not done.is_final:
                self._follow(click, printer)

    def _update(self, click: str, job: PrintJob) -> None:
        """Store the status of a job, unless it was canceled meanwhile."""
        with self._lock:
            current = self._by_click.get(click)
            if current is None or current.progress != "canceled":
                self._by_click.put(click, job)

    def _follow(self, click: str, printer: Printer) -> None:
        """Look at a job now and then until its status is final."""
        with self._lock:
            self._followed[click] = printer, time.monotonic() + _FOLLOWED_FOR
            if self._is_following:
                return
            self._is_following = True
        threading.Thread(target=self._look_at_followed, name="print-jobs", daemon=True).start()

    def _look_at_followed(self) -> None:
        while True:
            time.sleep(_LOOK_EVERY)
            with self._lock:
                now = time.monotonic()
                self._followed = {
                    click: (printer, until)
                    for click, (printer, until) in self._followed.items()
                    if now < until and (job := self._by_click.get(click)) and not job.is_final
                }
                if not self._followed:
                    self._is_following = False
                    return
                followed = dict(self._followed)
            for click, (printer, _) in followed.items():
                job = self._by_click.get(click)
                if job and not job.is_final:
                    problems = Problems()
                    seen = check_job(printer, job.number, get_paper_name(job.paper), problems)
                    self._update(click, replace(job, progress=seen.progress, problems=problems.as_tuple()))
