"""Pictures: the pages of prints as the page shows them, kept as long as there is room."""

from handouts.system.cache import Cache
from handouts.web.page_painter import Painter
from handouts.web.prints import Prints

WIDTH = 1000  # dots, of a page on screen
THUMBNAIL = 360
_UNKEPT = 760  # they are drawn all at once, before any is seen
_ROOM = 96 * 1024 * 1024  # bytes


class Pictures:
    """Draws pages of prints that are kept; safe for threads."""

    def __init__(self, prints: Prints, painter: Painter) -> None:
        """Draw with a painter, which is closed by `close`."""
        self._prints = prints
        self._painter = painter
        self._pages: Cache[tuple[str, int, int], bytes] = Cache(_ROOM, len)

    def page(self, digest: str, page: int, width: int = WIDTH) -> bytes | None:
        """Draw a page, counted from 0, as WebP; None if the print is not kept. Raise NotDrawnError."""
        drawn = self._pages.get((digest, page, width))
        if drawn is None:
            made = self._prints.file(digest)
            if made is None or page >= made.pages:
                return None
            (drawn,) = self._painter.draw(made.content, [page], width)
            self._pages.put((digest, page, width), drawn)
        return drawn

    def unkept(self, pdf: bytes, pages: int) -> tuple[bytes, ...]:
        """Draw all pages of a file that nothing may be kept of. Raise NotDrawnError."""
        return self._painter.draw(pdf, range(pages), _UNKEPT)

    def close(self) -> None:
        """End the process that draws."""
        self._painter.close()
