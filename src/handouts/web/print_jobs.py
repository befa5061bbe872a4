"""Sending: prints on their way to a printer, each once however often its button was pressed, and how far they are."""

import threading
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from handouts.printing.job import PATIENCE, Progress, submit_pdf, watch_job
from handouts.printing.queues import NO_SUCH_PRINTER, find_printers
from handouts.printing.ticket import Ticket, paper_name
from handouts.problems.collector import Problems
from handouts.problems.problem import Problem
from handouts.schema.print_terms import Paper
from handouts.system.sized_cache import Kept
from handouts.web.running_prints import BusyError

_AT_ONCE: Final = 8  # threads; each is held until the printer has taken its job and is seen to print
_REMEMBERED: Final = 2_000


@dataclass(frozen=True, slots=True)
class Sending:
    """A print on its way: `refused` if the printer did not take it, and else as PrintedJob once it was watched.

    It says nothing of what is printed but how many pages it has.
    """

    printer: str
    paper: Paper
    pages: int
    copies: int
    progress: Literal["sending", "sent", "refused"] | Progress = "sending"
    problems: tuple[Problem, ...] = field(default=())

    @property
    def settled(self) -> bool:
        """Tell whether nothing more is going to be known."""
        return self.progress not in {"sending", "sent"}


class Sendings:
    """What was sent, by the click that it was sent with; safe for threads. Files are held while they are sent only."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(_AT_ONCE)
        self._clicks: Kept[str, Sending] = Kept(_REMEMBERED)

    def get(self, click: str) -> Sending | None:
        """Give what a click has sent."""
        return self._clicks.get(click)

    def start(self, click: str, sending: Sending, pdf: bytes, ticket: Ticket) -> Sending:
        """Send a file in a thread and go on at once; a click that has sent something sends nothing more.

        Raise BusyError while too many are on their way.
        """
        with self._lock:
            before = self._clicks.get(click)
            if before:
                return before
            if not self._free.acquire(blocking=False):
                raise BusyError
            self._clicks.keep(click, sending)
        threading.Thread(target=self._send, args=(click, sending, pdf, ticket), name="sending", daemon=True).start()
        return sending

    def _send(self, click: str, sending: Sending, pdf: bytes, ticket: Ticket) -> None:
        # Whatever happens, nobody is left waiting for an answer.
        told = replace(sending, progress="refused")
        try:
            problems = Problems()
            printers = find_printers(problems)
            printer = next((one for one in printers if one.name == sending.printer), None)
            if printer is None:
                if not problems:
                    problems.add(NO_SUCH_PRINTER.at(None, hint="choose another", printer=sending.printer))
                told = replace(sending, progress="refused", problems=problems.as_tuple())
                return
            number = submit_pdf(printer, pdf, ticket, problems)
            told = replace(told, problems=problems.as_tuple())
            if number is None:
                return
            told = replace(sending, progress="sent", problems=problems.as_tuple())
            self._clicks.keep(click, told)
            told = replace(told, progress="waiting")
            job = watch_job(printer, number, paper_name(sending.paper), PATIENCE, problems)
            told = replace(told, progress=job.progress, problems=problems.as_tuple())
        finally:
            self._clicks.keep(click, told)
            self._free.release()
