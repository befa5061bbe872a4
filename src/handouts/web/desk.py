"""The front desk: all services of a running page, opened at its start and closed at its end."""

import datetime as dt
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from handouts.model.project import Project
from handouts.web.live_library import LiveLibrary
from handouts.web.page_images import PageImages, PagePainter
from handouts.web.print_jobs import PrintJobs
from handouts.web.printers import PrinterList
from handouts.web.prints import Prints

_MAX_WAITING = 64  # requests that wait for prints at the same time; further ones are asked to try again


@dataclass(frozen=True, slots=True)
class Desk:
    """The services that the routes use; `report` writes a line to the terminal."""

    live_library: LiveLibrary
    prints: Prints
    page_images: PageImages
    printers: PrinterList
    print_jobs: PrintJobs
    layout_workers: Executor
    today: Callable[[], dt.date]
    report: Callable[[str], None]

    def close(self) -> None:
        """End all threads and processes of the page, without waiting for prints that are being made."""
        self.live_library.close()
        self.layout_workers.shutdown(wait=False, cancel_futures=True)
        for worker in multiprocessing.active_children():
            worker.terminate()
        # With its processes terminated, the executor has nothing left to wait for.
        self.layout_workers.shutdown()
        self.page_images.close()


def open_desk(
    project: Project,
    layout_workers: Executor,
    today: Callable[[], dt.date],
    report: Callable[[str], None],
    max_waiting: int = _MAX_WAITING,
) -> Desk:
    """Read the project and start the services that the page needs."""
    prints = Prints(project, layout_workers, max_waiting, today)
    return Desk(
        live_library=LiveLibrary(project, report),
        prints=prints,
        page_images=PageImages(prints, PagePainter()),
        printers=PrinterList(),
        print_jobs=PrintJobs(),
        layout_workers=layout_workers,
        today=today,
        report=report,
    )
