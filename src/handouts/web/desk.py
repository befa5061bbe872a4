"""Desk: all that a running page has at hand, made at its start and closed at its end."""

import datetime as dt
import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from handouts.model.project import Project
from handouts.web.live_library import Shelf
from handouts.web.page_painter import Painter
from handouts.web.page_pictures import Pictures
from handouts.web.print_jobs import Sendings
from handouts.web.printers import Printers
from handouts.web.prints import Prints

_WAITING = 64  # requests that wait for prints at once, a waiting room full of people; more are asked to try again


@dataclass(frozen=True, slots=True)
class Desk:
    """What the routes work with; `report` writes a line to the terminal."""

    shelf: Shelf
    prints: Prints
    pictures: Pictures
    printers: Printers
    sendings: Sendings
    typesetters: Executor
    today: Callable[[], dt.date]
    report: Callable[[str], None]

    def close(self) -> None:
        """End all processes and threads that belong to the page."""
        self.shelf.close()
        self.typesetters.shutdown(wait=False, cancel_futures=True)
        for worker in multiprocessing.active_children():
            worker.terminate()
        # Now there is nothing to wait for.
        self.typesetters.shutdown()
        self.pictures.close()


def open_desk(
    project: Project,
    typesetters: Executor,
    today: Callable[[], dt.date],
    report: Callable[[str], None],
    waiting: int = _WAITING,
) -> Desk:
    """Read the project and get everything ready."""
    shelf = Shelf(project, report)
    prints = Prints(project, typesetters, waiting)
    return Desk(shelf, prints, Pictures(prints, Painter()), Printers(), Sendings(), typesetters, today, report)
