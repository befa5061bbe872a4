"""Makes what is likely to be opened first, or chosen next, before it is, while nobody waits for a print."""

import contextlib
import datetime as dt
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from handouts.model.edition import get_usual_format
from handouts.model.library import Handout, Library, Practice
from handouts.numbering.tailor import tailor
from handouts.web.handout_warning import find_warning
from handouts.web.live_library import Snapshot
from handouts.web.print_choice import NotOfferedError, PrintChoice, find_handout, list_default_sections
from handouts.web.prints import Prints
from handouts.web.running_prints import AheadVisit, BusyError

_LOOK_EVERY: Final = 0.2  # seconds
_FIRST_PAUSE: Final = 3.0  # seconds: somebody who waits for the page to start gets all processors for what is opened
_PAUSE_BEFORE_NEXT: Final = 0.3  # seconds: the pages that are shown are drawn first
_MAX_NEXT: Final = 20


class PrintsAhead:
    """Lays out each approved handout as it is opened at first, and what is one click away. Safe for threads.

    It makes one print at a time, so that another worker is free for the next click.
    """

    def __init__(self, prints: Prints, today: Callable[[], dt.date], is_closing: threading.Event, workers: int) -> None:
        """Make prints until the page closes; `workers` is how many can be made at the same time."""
        self._prints = prints
        self._workers = workers
        self._today = today
        self._is_closing = is_closing
        self._lock = threading.Lock()
        self._begun: set[str] = set()
        self._shown: object = None  # changes with the print that is shown
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
            self._prints.find_or_make(snapshot, choice, AheadVisit())

    def make_for(self, snapshot: Snapshot, practice: Practice) -> None:
        """Start to make the prints of a practice in a thread, once; what changes later is not made ahead."""
        with self._lock:
            if snapshot.library is None or practice.id in self._begun:
                return
            self._begun.add(practice.id)
        arguments = (snapshot, snapshot.library, practice)
        threading.Thread(target=self._make, args=arguments, name="prints-ahead", daemon=True).start()

    def _make(self, snapshot: Snapshot, library: Library, practice: Practice) -> None:
        self._make_while(lambda: True, lambda: self._prints.is_busy, snapshot, self._list_choices(library, practice))

    def make_next(self, snapshot: Snapshot, choice: PrintChoice, handout: Handout) -> None:
        """Start to make what differs by one section from the print that is shown, in a thread; a new one ends it."""
        self._shown = shown = object()
        threading.Thread(
            target=self._make_next, args=(snapshot, choice, handout, shown), name="next", daemon=True
        ).start()

    def _make_next(self, snapshot: Snapshot, choice: PrintChoice, handout: Handout, shown: object) -> None:
        if not self._is_closing.wait(_PAUSE_BEFORE_NEXT):
            next_choices = islice(_list_next(choice, handout), _MAX_NEXT)
            self._make_while(lambda: self._shown is shown, lambda: self._prints.is_waited_for, snapshot, next_choices)

    def _make_while(
        self,
        is_wanted: Callable[[], bool],
        is_busy: Callable[[], bool],
        snapshot: Snapshot,
        choices: Iterable[PrintChoice],
    ) -> None:
        """Make prints one after another, as long as they are wanted and when nothing else is to be done."""
        for choice in choices:
            while is_busy() and is_wanted() and not self._is_closing.wait(_LOOK_EVERY):
                pass
            with self._one_at_a_time:
                if not is_wanted() or self._is_closing.is_set():
                    return
                self._make_one(snapshot, choice)

    def _list_choices(self, library: Library, practice: Practice) -> Iterator[PrintChoice]:
        for name in dict.fromkeys(handout.id for handout in library.handouts):
            handout = tailor(find_handout(library, name, practice=practice), practice.id)
            if not find_warning(self._today(), handout):
                yield _choose_first(handout, practice)


def _choose_first(handout: Handout, practice: Practice) -> PrintChoice:
    """Return the print that the page of a handout shows when it is opened."""
    sections = tuple(list_default_sections(handout))
    return PrintChoice(
        practice=practice.id,
        handout=handout.id,
        language=handout.language,
        format=get_usual_format(handout),
        sections=sections if len(sections) < len(handout.sections) else (),
    )


def _list_next(choice: PrintChoice, handout: Handout) -> Iterator[PrintChoice]:
    """Yield the choices with one section more or less, in the order of the handout."""
    sections = [section.id for section in tailor(handout, choice.practice, choice.audience).sections]
    for section in sections:
        selected = {*(choice.sections or sections)} ^ {section}
        if selected:
            is_whole = len(selected) == len(sections)
            yield replace(choice, sections=() if is_whole else tuple(one for one in sections if one in selected))
