"""Makes the prints that are likely to be opened first before anybody does, while nobody waits for a print."""

import contextlib
import threading
from collections.abc import Iterator
from typing import Final

from handouts.model.library import Library
from handouts.numbering.tailor import tailor
from handouts.web.desk import Desk
from handouts.web.handout_warning import find_warning
from handouts.web.live_library import Snapshot
from handouts.web.print_choice import NothingSelectedError, NotOfferedError, find_handout
from handouts.web.print_form import PrintForm, default_sections, read_choice
from handouts.web.running_prints import BusyError

_LOOK_EVERY: Final = 0.5  # seconds


def start_prints_ahead(desk: Desk) -> None:
    """Lay out each approved handout as it is opened, for one practice, in a thread that ends with the desk.

    Others share most of what is laid out. A file that changes later is not made ahead.
    """
    threading.Thread(target=_make_prints, args=(desk,), name="prints-ahead", daemon=True).start()


def _make_prints(desk: Desk) -> None:
    snapshot = desk.live_library.snapshot
    if snapshot.library is None:
        return
    for form in _list_forms(desk, snapshot, snapshot.library):
        while desk.prints.is_busy and not desk.is_closing.is_set():
            desk.is_closing.wait(_LOOK_EVERY)
        if desk.is_closing.is_set():
            return
        with contextlib.suppress(NotOfferedError, NothingSelectedError, BusyError):
            desk.prints.find_or_make(snapshot, read_choice(form), object())


def _list_forms(desk: Desk, snapshot: Snapshot, library: Library) -> Iterator[PrintForm]:
    practice = next(iter(library.practices.values()), None)
    if practice is None:
        return
    for name in dict.fromkeys(handout.id for handout in library.handouts):
        handout = tailor(find_handout(library, name, practice=practice), practice.id)
        if not find_warning(desk.today(), handout):
            yield PrintForm(snapshot, library, handout, practice, default_sections(handout), {})
