"""The printers of this computer with their options, queried in the background so that no page waits for them."""

import threading
import time
from dataclasses import dataclass, replace
from typing import Final

from handouts.printing.capabilities import PrinterState, query_abilities
from handouts.printing.printer import Printer
from handouts.printing.printer_errors import PrinterError
from handouts.printing.queues import find_printers
from handouts.problems.collector import Problems

MAX_COPIES: Final = 99
_FRESH_SECONDS: Final = 10.0
_MAX_QUERIED: Final = 50  # the options of further printers are not queried, because that would take too long
_AUTOMATIC_TRAY: Final = "auto"


@dataclass(frozen=True, slots=True)
class ListedPrinter:
    """A printer with its options and state; until it has reported them, the options that printers usually have.

    `state` is None if it did not answer.
    """

    printer: Printer
    has_duplex: bool = True
    trays: tuple[str, ...] = ()
    max_copies: int = MAX_COPIES
    state: PrinterState | None = None
    is_queried: bool = False

    @property
    def name(self) -> str:
        """The name of its queue."""
        return self.printer.name

    @property
    def title(self) -> str:
        """Its name for people."""
        return get_printer_title(self.printer.name)


def get_printer_title(name: str) -> str:
    """Return the name of a queue for people: names of queues cannot contain spaces."""
    return name.replace("_", " ")


def get_tray_title(keyword: str) -> str:
    """Return the keyword of a tray, such as tray-2, for people."""
    words = keyword.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


class PrinterList:
    """The printers as they were some seconds ago. Safe for threads."""

    def __init__(self) -> None:
        """Start without printers, until `refresh` has found some."""
        self._lock = threading.Lock()
        self._is_refreshing = False
        self._refreshed_at = float("-inf")
        self._printers: tuple[ListedPrinter, ...] = ()

    @property
    def printers(self) -> tuple[ListedPrinter, ...]:
        """The printers, the default one first; none if there is no CUPS."""
        return self._printers

    def refresh(self) -> None:
        """Query the printers in a thread, unless that was done just now, and return at once."""
        with self._lock:
            if self._is_refreshing or time.monotonic() - self._refreshed_at < _FRESH_SECONDS:
                return
            self._is_refreshing = True
        threading.Thread(target=self._query, name="printers", daemon=True).start()

    def _query(self) -> None:
        try:
            previous = {listed.name: listed for listed in self._printers}
            # Without printers, the page does not mention CUPS, so its problems are dropped.
            queues = find_printers(Problems())
            # Names come first: one printer that answers slowly must not keep the others off the page.
            self._printers = tuple(
                replace(previous[printer.name], printer=printer) if printer.name in previous else ListedPrinter(printer)
                for printer in queues
            )
            self._printers = tuple(
                _query_options(printer) if position < _MAX_QUERIED else ListedPrinter(printer)
                for position, printer in enumerate(queues)
            )
        finally:
            with self._lock:
                self._is_refreshing = False
                self._refreshed_at = time.monotonic()


def _query_options(printer: Printer) -> ListedPrinter:
    try:
        abilities = query_abilities(printer)
    except PrinterError:
        return ListedPrinter(printer, is_queried=True)
    trays = tuple(tray for tray in abilities.trays if tray != _AUTOMATIC_TRAY)
    return ListedPrinter(
        printer,
        has_duplex=any(sides != "one-sided" for sides in abilities.sides),
        trays=trays if len(trays) > 1 else (),
        max_copies=min(abilities.max_copies or MAX_COPIES, MAX_COPIES),
        state=abilities.state,
        is_queried=True,
    )
