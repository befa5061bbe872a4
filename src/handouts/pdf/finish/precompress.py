"""Compress streams once: pydyf does it twice, for the file and for the identifier made from all that is in it."""

from typing import Any

import pydyf


class _Written(pydyf.Object):  # type: ignore[misc] # pydyf publishes no types
    """An object of a PDF in its final bytes."""

    data = b""
    compressible = False

    def __init__(self, entry: Any) -> None:  # noqa: ANN401 - as above
        super().__init__()
        self.number, self.generation, self.free = entry.number, entry.generation, entry.free
        self.data, self.compressible = entry.data, entry.compressible


def settle(pdf: pydyf.PDF) -> None:
    """Put the final bytes of all objects in their place; nothing can be changed after that."""
    pdf.objects[1:] = [_Written(entry) for entry in pdf.objects[1:]]
