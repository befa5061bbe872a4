"""The front desk: all services of a running page, opened at its start and closed at its end."""

import datetime as dt
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from handouts.model.project import Project
from handouts.web.catalog import Catalogs
from handouts.web.live_library import LiveLibrary
from handouts.web.page_images import PageImages
from handouts.web.page_painter import PagePainter
from handouts.web.print_jobs import PrintJobs
from handouts.web.printers import PrinterList
from handouts.web.prints import Prints
from handouts.web.prints_ahead import PrintsAhead

_MAX_WAITING = 64  # requests that wait for prints at the same time; further ones are refused for the moment


@dataclass(frozen=True, slots=True)
class Desk:
    """The services that the routes use; `report` writes a line to the terminal.

    With `shows_problems`, the page shows authors the problems in their files. Without `prints_ahead`, prints are only
    made on request.
    """

    project: Project
    live_library: LiveLibrary
    catalogs: Catalogs
    prints: Prints
    page_images: PageImages
    printers: PrinterList
    print_jobs: PrintJobs
    layout_workers: Executor
    today: Callable[[], dt.date]
    report: Callable[[str], None]
    is_closing: Event
    shows_problems: bool = False
    prints_ahead: PrintsAhead | None = None

    def close(self) -> None:
        """End all threads and processes of the page, without waiting for prints that are being made."""
        self.is_closing.set()
        self.live_library.close()
        self.layout_workers.shutdown(wait=False, cancel_futures=True)
        for worker in multiprocessing.active_children():
            worker.terminate()
        # With its processes terminated, the executor has nothing left to wait for.
        self.layout_workers.shutdown()
        self.page_images.close()


def open_desk(  # noqa: PLR0913 - each is a service or value from outside
    project: Project,
    layout_workers: Executor,
    today: Callable[[], dt.date],
    report: Callable[[str], None],
    max_waiting: int = _MAX_WAITING,
    *,
    shows_problems: bool = False,
    bodies: Path | None = None,
    workers: int = 1,
) -> Desk:
    """Read the project and start the services that the page needs; `bodies` is a folder, as `Prints` takes it.

    Prints are made ahead if there are several `workers`: with one, a visitor would wait for them.
    """
    is_closing = Event()
    prints = Prints(project, layout_workers, max_waiting, today, bodies)
    live_library, catalogs = LiveLibrary(project, report), Catalogs()
    if live_library.snapshot.library:
        catalogs.prepare(live_library.snapshot)
    return Desk(
        project=project,
        live_library=live_library,
        catalogs=catalogs,
        prints=prints,
        page_images=PageImages(prints, PagePainter()),
        printers=PrinterList(),
        print_jobs=PrintJobs(),
        layout_workers=layout_workers,
        today=today,
        report=report,
        is_closing=is_closing,
        shows_problems=shows_problems,
        prints_ahead=PrintsAhead(prints, today, is_closing, workers) if workers > 1 else None,
    )
