"""Draws pages of PDFs, with PDFium in a process that loads little else: it starts with each front desk.

A PDF may hold data from untrusted sources, such as pictures, so the process that serves the page does not decode it.
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

_TIMEOUT = 20  # seconds
_WEBP_QUALITY = 85
_WEBP_EFFORT = 0  # of 6: more makes images little smaller and takes much longer


class NotDrawnError(HandoutsError):
    """The process that draws pages died or took too long."""


class PagePainter:
    """Draws pages in another process, one request after another; a process that dies or hangs is replaced."""

    def __init__(self) -> None:
        """Start the process now, so that it is ready for the first page."""
        self._lock = Lock()
        self._is_closed = False
        self._start()

    def draw(self, pdf: bytes, pages: Sequence[int], width: int) -> tuple[bytes, ...]:
        """Draw pages, counted from 0, as WebP images of a width in pixels. Raises NotDrawnError."""
        return self._request((pdf, tuple(pages), width))

    def _request(self, request: tuple[bytes, tuple[int, ...], int]) -> tuple[bytes, ...]:
        with self._lock:
            try:
                self._connection.send(request)
                if self._connection.poll(_TIMEOUT):
                    answer: tuple[bytes, ...] = self._connection.recv()
                    return answer
            except (OSError, EOFError):
                pass
            self._end()
            if not self._is_closed:
                self._start()
            raise NotDrawnError

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._is_closed = True
        self._end()

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._connection, other_end = spawn.Pipe()
        self._process = spawn.Process(target=_draw_on_request, args=(other_end,), name="painter", daemon=True)
        self._process.start()
        other_end.close()

    def _end(self) -> None:
        self._process.kill()
        self._connection.close()


def _draw_on_request(connection: Connection) -> None:
    """Run as the drawing process until the other end of the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent process
    forbid_core_dumps()
    import PIL.WebPImagePlugin  # noqa: F401, PLC0415 - loaded before the first request
    import pypdfium2  # noqa: PLC0415 - in this process only

    while True:
        try:
            pdf, pages, width = connection.recv()
        except EOFError:
            return
        with pypdfium2.PdfDocument(pdf) as document:
            connection.send(tuple(_draw(document[page], width) for page in pages))


def _draw(page: "PdfPage", width: int) -> bytes:
    image = page.render(scale=width / page.get_width()).to_pil()
    file = BytesIO()
    image.save(file, "WEBP", quality=_WEBP_QUALITY, method=_WEBP_EFFORT)
    return file.getvalue()
