"""Printers: those that this machine knows, asked for beside the page, so that no page waits for them."""

import threading
import time
from dataclasses import dataclass
from typing import Final

from handouts.printing.capabilities import query_abilities
from handouts.printing.printer import Printer
from handouts.printing.printer_errors import PrinterError
from handouts.printing.queues import find_printers
from handouts.problems.collector import Problems

MOST_COPIES: Final = 99
_FRESH: Final = 15.0  # seconds
_ASKED_IN_FULL: Final = 50  # printers; of more than these, nobody waits for what each can do
_CHOOSES: Final = "auto"


@dataclass(frozen=True, slots=True)
class Equipped:
    """A printer with what can be chosen of it; as long as it has not said so, all that printers usually can."""

    printer: Printer
    both_sides: bool = True
    trays: tuple[str, ...] = ()
    most_copies: int = MOST_COPIES

    @property
    def name(self) -> str:
        """The name of its queue."""
        return self.printer.name

    @property
    def title(self) -> str:
        """Its name as people say it: those of queues have no spaces."""
        return spoken(self.printer.name)


def spoken(name: str) -> str:
    """Give the name of a queue as people say it."""
    return name.replace("_", " ")


def spoken_tray(keyword: str) -> str:
    """Give the keyword of a tray, such as tray-2, as people say it."""
    words = keyword.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


class Printers:
    """The printers as they were some seconds ago; safe for threads."""

    def __init__(self) -> None:
        """Know none until `refresh` has asked."""
        self._lock = threading.Lock()
        self._asking = False
        self._asked_at = float("-inf")
        self._known: tuple[Equipped, ...] = ()

    @property
    def known(self) -> tuple[Equipped, ...]:
        """The printers, the default one first; none where there is no CUPS."""
        return self._known

    def refresh(self) -> None:
        """Have the print service asked in a thread, unless that was done just now, and go on at once."""
        with self._lock:
            if self._asking or time.monotonic() - self._asked_at < _FRESH:
                return
            self._asking = True
        threading.Thread(target=self._ask, name="printers", daemon=True).start()

    def _ask(self) -> None:
        try:
            before = {one.name: one for one in self._known}
            found = find_printers(Problems())
            # Names first: that one printer is slow to say what it can do is no reason to show none.
            self._known = tuple(_as_before(before.get(one.name), one) for one in found)
            self._known = tuple(
                _equipped(one) if at < _ASKED_IN_FULL else Equipped(one) for at, one in enumerate(found)
            )
        finally:
            with self._lock:
                self._asking = False
                self._asked_at = time.monotonic()


def _as_before(before: Equipped | None, printer: Printer) -> Equipped:
    return Equipped(printer, before.both_sides, before.trays, before.most_copies) if before else Equipped(printer)


def _equipped(printer: Printer) -> Equipped:
    try:
        can = query_abilities(printer)
    except PrinterError:
        return Equipped(printer)
    trays = tuple(tray for tray in can.trays if tray != _CHOOSES)
    return Equipped(
        printer,
        any(sides != "one-sided" for sides in can.sides),
        trays if len(trays) > 1 else (),
        min(can.max_copies or MOST_COPIES, MOST_COPIES),
    )
