"""Names pictures in PDFs by what is in them: WeasyPrint names them by their paths, which differ between checkouts."""

import hashlib
from typing import Any


class PicturesByContent(dict[str, Any]):
    """A cache for WeasyPrint, which puts each picture into it before it is drawn."""

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
        """Name a picture, and keep it."""
        from weasyprint.images import RasterImage  # noqa: PLC0415 - slow, so only where pages are made

        if isinstance(value, RasterImage):
            value.id = hashlib.sha256(value.image_data.data).hexdigest()[:32]
        super().__setitem__(key, value)
