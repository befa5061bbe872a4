"""The stream that tells open pages what has changed: files of the project, printers, and their own print jobs."""

import json
import time
from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Final

from flask import Flask, Response, make_response

from handouts.web.desk import Desk
from handouts.web.print_form import read_visit
from handouts.web.staff_text import describe_printer_status

MAX_STREAMS: Final = 120  # each keeps a thread of the server; further pages ask again and again instead
_LOOK_EVERY: Final = 0.5  # seconds
_SIGN_OF_LIFE: Final = 15.0  # seconds; shows whether the page is still there
_LONGEST: Final = 600.0  # seconds; then the page opens a new one


def add_update_routes(app: Flask, desk: Desk) -> None:
    """Add the routes."""
    free = BoundedSemaphore(MAX_STREAMS)

    @app.get("/state")
    def state() -> Response:
        response = make_response(_describe_state(desk, read_visit()))
        response.headers["Content-Type"] = "application/json"
        return response

    @app.get("/updates")
    def updates() -> Response:
        # "204 No Content" tells a browser not to open the stream again.
        if not free.acquire(blocking=False):
            return make_response("", 204)
        visit = read_visit()
        stream = Response(_Stream(desk, visit, free), mimetype="text/event-stream")
        stream.headers["X-Accel-Buffering"] = "no"  # for a proxy in front of the server
        return stream


def _describe_state(desk: Desk, visit: str) -> str:
    """Return the state that open pages compare with theirs, as JSON: they fetch what has changed."""
    listed = ((printer.name, describe_printer_status(printer)) for printer in desk.printers.printers)
    return json.dumps(
        {
            "number": desk.live_library.snapshot.number,
            "printers": {name: [status.tone, status.heading] for name, status in listed},
            "jobs": desk.print_jobs.list_versions(visit),
        },
        sort_keys=True,
    )


class _Stream:
    """The events of one stream; the server closes it when the page is gone."""

    def __init__(self, desk: Desk, visit: str, free: BoundedSemaphore) -> None:
        self._desk = desk
        self._visit = visit
        self._free = free
        self._is_open = True

    def __iter__(self) -> Iterator[bytes]:
        opened = said_at = time.monotonic()
        said = ""
        while self._is_open and not self._desk.is_closing.is_set() and time.monotonic() - opened < _LONGEST:
            self._desk.printers.refresh()
            state = _describe_state(self._desk, self._visit)
            if state != said:
                yield f"data: {state}\n\n".encode()
                said, said_at = state, time.monotonic()
            elif time.monotonic() - said_at > _SIGN_OF_LIFE:
                yield b":\n\n"
                said_at = time.monotonic()
            self._desk.is_closing.wait(_LOOK_EVERY)

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._free.release()
