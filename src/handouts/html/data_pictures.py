"""Sets pictures in data: addresses apart from a slot: each handout of a practice may have a QR code of its own."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

_PICTURE: Final = re.compile(
    r'<img src="(data:[A-Za-z0-9/+;,=]+)" alt="(?!\s*")((?:[^"&<>\x00-\x1f]|&(?:amp|lt|gt|quot|#39|#34);)+)">'
)
_DRAWING: Final = base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
).decode()
_ALTERNATIVE: Final = "text alternative of a picture set apart"
_STAND_IN: Final = f'<img src="data:image/svg+xml;base64,{_DRAWING}" alt="{_ALTERNATIVE}">'
_WRITTEN: Final = re.compile(rf'<img src="data:[^"]*" alt="{_ALTERNATIVE}">')


@dataclass(frozen=True, slots=True)
class SlotApart:
    """A slot with the same picture in place of those in data: addresses; address and text alternative of each."""

    html: str
    pictures: tuple[tuple[str, str], ...]

    def put_back(self, written: str, embed: Callable[[str], str]) -> str | None:
        """Return the written slot with its own pictures, as `write_element` writes them.

        `embed` returns the address of a picture on the page. None if the slot was not written with a picture for each.
        """
        first, *others = _WRITTEN.split(written)
        if len(others) != len(self.pictures):
            return None
        pairs = zip(self.pictures, others, strict=True)
        own = (f'<img src="{escape(embed(address))}" alt="{escape(text)}">{after}' for (address, text), after in pairs)
        return "".join((first, *own))


def set_pictures_apart(html: str) -> SlotApart:
    """Return a slot without its pictures in data: addresses that are described in plain text."""
    if _ALTERNATIVE in html:
        return SlotApart(html, ())
    found = tuple((address, unescape(text)) for address, text in _PICTURE.findall(html))
    return SlotApart(_PICTURE.sub(_STAND_IN, html), found)
