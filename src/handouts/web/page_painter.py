"""Painter: pictures of the pages of PDFs, drawn by PDFium in a process of its own.

What a PDF holds comes from strangers, so nothing of it is decoded in the process that serves the page.
"""

import multiprocessing
import signal
from collections.abc import Sequence
from io import BytesIO
from multiprocessing.connection import Connection
from threading import Lock
from typing import TYPE_CHECKING

from handouts.problems.exceptions import HandoutsError
from handouts.system.core_dumps import forbid_core_dumps

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_SECONDS = 20
_QUALITY = 85
_EFFORT = 1  # of 6: more makes pictures smaller and takes much longer


class NotDrawnError(HandoutsError):
    """The process that draws died or took too long."""


class Painter:
    """Draws one request after another; a process that dies or hangs is replaced."""

    def __init__(self) -> None:
        """Start the process, so that it is ready when the first page is asked for."""
        self._lock = Lock()
        self._closed = False
        self._start()

    def draw(self, pdf: bytes, pages: Sequence[int], width: int) -> tuple[bytes, ...]:
        """Draw pages, counted from 0, as WebP pictures of a width in dots. Raise NotDrawnError."""
        with self._lock:
            try:
                self._connection.send((pdf, tuple(pages), width))
                if self._connection.poll(_SECONDS):
                    drawn: tuple[bytes, ...] = self._connection.recv()
                    return drawn
            except (OSError, EOFError):
                pass
            self._end()
            if not self._closed:
                self._start()
            raise NotDrawnError

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._closed = True
        self._end()

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._connection, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_draw_on_request, args=(theirs,), name="painter", daemon=True)
        self._process.start()
        theirs.close()

    def _end(self) -> None:
        self._process.kill()
        self._connection.close()


def _draw_on_request(connection: Connection) -> None:
    """Be the process: draw until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that waits
    forbid_core_dumps()
    import PIL.WebPImagePlugin  # noqa: F401, PLC0415 - ready before it is needed
    import pypdfium2  # noqa: PLC0415 - in this process only

    while True:
        try:
            pdf, pages, width = connection.recv()
        except EOFError:
            return
        with pypdfium2.PdfDocument(pdf) as document:
            connection.send(tuple(_picture(document[page], width) for page in pages))


def _picture(page: "PdfPage", width: int) -> bytes:
    drawn = page.render(scale=width / page.get_width()).to_pil()
    file = BytesIO()
    drawn.save(file, "WEBP", quality=_QUALITY, method=_EFFORT)
    return file.getvalue()
