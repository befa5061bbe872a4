"""Images of the pages of prints that can be opened again, cached."""

from handouts.system.cache import Cache
from handouts.web.page_painter import PagePainter
from handouts.web.prints import Prints

_WIDTH = 1000  # pixels
_UNCACHED_WIDTH = 760  # pixels; smaller, because all pages are drawn before the first is seen
_CACHE_BYTES = 96 * 1024 * 1024


class PageImages:
    """Draws the pages of cached prints, and caches the images. Safe for threads."""

    def __init__(self, prints: Prints, painter: PagePainter) -> None:
        """Draw with a painter, which `close` closes."""
        self._prints = prints
        self._painter = painter
        self._images: Cache[tuple[str, int], bytes] = Cache(_CACHE_BYTES, len)

    def draw_page(self, digest: str, page: int) -> bytes | None:
        """Return a page, counted from 0, as WebP; None if the print is not cached. Raises NotDrawnError."""
        image = self._images.get((digest, page))
        if image is None:
            file = self._prints.get_cached_file(digest)
            if file is None or page >= file.pages:
                return None
            (image,) = self._painter.draw(file.content, [page], _WIDTH)
            self._images.put((digest, page), image)
        return image

    def draw_uncached(self, pdf: bytes, pages: int) -> tuple[bytes, ...]:
        """Return all pages of a file that must not be cached. Raises NotDrawnError."""
        return self._painter.draw(pdf, range(pages), _UNCACHED_WIDTH)

    def close(self) -> None:
        """End the process that draws."""
        self._painter.close()
