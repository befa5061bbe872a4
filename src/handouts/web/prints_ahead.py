"""Makes the prints that a practice is likely to open first before it does, while nobody waits for a print."""

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


class PrintsAhead:
    """Lays out each approved handout as it is opened at first. Safe for threads."""

    def __init__(self, prints: Prints, today: Callable[[], dt.date], is_closing: threading.Event) -> None:
        """Make prints until the page closes."""
        self._prints = prints
        self._today = today
        self._is_closing = is_closing
        self._lock = threading.Lock()
        self._begun: set[str] = set()
        self._one_at_a_time = threading.Lock()

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
                with contextlib.suppress(NotOfferedError, BusyError):
                    self._prints.find_or_make(snapshot, choice, object())

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
