"""Makes what is likely to be opened first before it is, while nobody waits for a print."""

import contextlib
import datetime as dt
import threading
from collections.abc import Callable, Iterator
from typing import Final

from handouts.model.edition import get_usual_format
from handouts.model.library import Handout, Library, Practice
from handouts.numbering.tailor import tailor
from handouts.web.handout_warning import find_warning
from handouts.web.live_library import Snapshot
from handouts.web.print_choice import NotOfferedError, PrintChoice, default_sections, find_handout
from handouts.web.prints import Prints
from handouts.web.running_prints import BusyError

_LOOK_EVERY: Final = 0.5  # seconds
_FIRST_PAUSE: Final = 3.0  # seconds: somebody who waits for the page to start gets all processors for what is opened


class PrintsAhead:
    """Lays out each approved handout as it is opened at first. Safe for threads."""

    def __init__(self, prints: Prints, today: Callable[[], dt.date], is_closing: threading.Event, workers: int) -> None:
        """Make prints until the page closes; `workers` is how many can be made at the same time."""
        self._prints = prints
        self._workers = workers
        self._today = today
        self._is_closing = is_closing
        self._lock = threading.Lock()
        self._begun: set[str] = set()
        self._one_at_a_time = threading.Lock()

    def begin(self, snapshot: Snapshot) -> None:
        """Start to prepare the workers, and then to make the prints of a practice: others share most of their pages."""
        library = snapshot.library
        if library and library.practices and library.handouts:
            threading.Thread(target=self._begin, args=(snapshot, library), name="prepare", daemon=True).start()

    def _begin(self, snapshot: Snapshot, library: Library) -> None:
        practice = next(iter(library.practices.values()))
        with contextlib.suppress(NotOfferedError, BusyError):
            self._prints.rehearse(snapshot, _choose_first(library.handouts[0], practice), self._workers)
        if not self._is_closing.wait(_FIRST_PAUSE):
            self.make_for(snapshot, practice)

    def make_now(self, snapshot: Snapshot, choice: PrintChoice) -> None:
        """Start to make a print in a thread: the page that is about to ask for it waits for the same one."""
        threading.Thread(target=self._make_one, args=(snapshot, choice), name="print-now", daemon=True).start()

    def _make_one(self, snapshot: Snapshot, choice: PrintChoice) -> None:
        with contextlib.suppress(NotOfferedError, BusyError):
            self._prints.find_or_make(snapshot, choice, object())

    def make_for(self, snapshot: Snapshot, practice: Practice) -> None:
        """Start to make the prints of a practice in a thread, once; what changes later is not made ahead."""
        with self._lock:
            if snapshot.library is None or practice.id in self._begun:
                return
            self._begun.add(practice.id)
        arguments = (snapshot, snapshot.library, practice)
        threading.Thread(target=self._make, args=arguments, name="prints-ahead", daemon=True).start()

    def _make(self, snapshot: Snapshot, library: Library, practice: Practice) -> None:
        with self._one_at_a_time:
            for choice in self._list_choices(library, practice):
                while self._prints.is_busy and not self._is_closing.is_set():
                    self._is_closing.wait(_LOOK_EVERY)
                if self._is_closing.is_set():
                    return
                self._make_one(snapshot, choice)

    def _list_choices(self, library: Library, practice: Practice) -> Iterator[PrintChoice]:
        for name in dict.fromkeys(handout.id for handout in library.handouts):
            handout = tailor(find_handout(library, name, practice=practice), practice.id)
            if not find_warning(self._today(), handout):
                yield _choose_first(handout, practice)


def _choose_first(handout: Handout, practice: Practice) -> PrintChoice:
    """Return the print that the page of a handout shows when it is opened."""
    sections = tuple(default_sections(handout))
    return PrintChoice(
        practice=practice.id,
        handout=handout.id,
        language=handout.language,
        format=get_usual_format(handout),
        sections=sections if len(sections) < len(handout.sections) else (),
    )
