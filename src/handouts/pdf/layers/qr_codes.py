"""Sets the QR code of a slot apart: each handout of a practice may have its own, which leads to its own page."""

import base64
import binascii
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pydyf

from handouts.pdf.layers.open_objects import Gap, OpenForm, OpenObject, open_form, split_at

_PICTURE: Final = re.compile(r'<img src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)" alt="([^"]*)">')
# As `draw_qr_code` draws it: a line for each run of dark modules.
_DRAWING: Final = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" width="(\d+)" height="\1"><path stroke="#000" d="([^"]+)"/></svg>'
)
_PATH: Final = re.compile(r"(?:M\d+ \d+\.5h\d+)+")
_RUN: Final = re.compile(r"M(\d+) (\d+\.5)h(\d+)")
# What is laid out in place of all codes of one size: a single line.
_ALTERNATIVE: Final = "text-alternative-of-a-qr-code"
_STAND_IN: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"><path stroke="#000" d="{1}"/></svg>'
)
_WRITTEN_ALTERNATIVE: Final[bytes] = pydyf.String(_ALTERNATIVE).data
_GAP: Final = Gap("alternative")


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of so many modules a side: its path, and its text alternative."""

    size: int
    path: str
    alternative: str

    @property
    def stand_in(self) -> "QrCode":
        """A plain code that is laid out in place of all codes of this size."""
        return QrCode(self.size, f"M0 0.5h{self.size}", _ALTERNATIVE)

    def write_path(self) -> list[bytes]:
        """Return the operators that draw the path, as the engine writes them."""
        runs = ((int(x), y, int(length)) for x, y, length in _RUN.findall(self.path))
        return [operator.encode() for x, y, n in runs for operator in (f"{x} {y} m", f"{x + n} {y} l")]

    def write_alternative(self) -> bytes:
        """Return the text alternative as it stands in a file."""
        data: bytes = pydyf.String(" ".join(self.alternative.split())).data
        return data


def set_qr_code_apart(slots: Sequence[str]) -> tuple[tuple[str, ...], QrCode | None]:
    """Return slots with a stand-in for their only QR code, and the code; as they are if they have none or several."""
    found = [(match, qr_code) for slot in slots for match in _PICTURE.finditer(slot) if (qr_code := _read(match))]
    if len(found) != 1 or any(_ALTERNATIVE in slot for slot in slots):
        return tuple(slots), None
    [(match, qr_code)] = found
    stand_in = qr_code.stand_in
    drawing = base64.b64encode(_STAND_IN.format(stand_in.size, stand_in.path).encode()).decode()
    picture = f'<img src="data:image/svg+xml;base64,{drawing}" alt="{stand_in.alternative}">'
    return tuple(slot.replace(match[0], picture) for slot in slots), qr_code


def _read(picture: re.Match[str]) -> QrCode | None:
    try:
        drawing = _DRAWING.fullmatch(base64.b64decode(picture[1], validate=True).decode())
    except (binascii.Error, UnicodeDecodeError):
        return None
    alternative = html.unescape(picture[2])
    if drawing is None or not _PATH.fullmatch(drawing[2]) or not alternative.strip():
        return None
    return QrCode(int(drawing[1]), drawing[2], alternative)


def open_path(form: Any, qr_code: QrCode) -> OpenForm | None:  # noqa: ANN401 - pydyf publishes no types
    """Return a form with the path of a stand-in left open; None if it is not in it just once."""
    path = qr_code.stand_in.write_path()
    found = (start for start, operator in enumerate(form.stream) if operator == path[0])
    starts = [start for start in found if form.stream[start : start + len(path)] == path]
    return open_form(form, starts[0], starts[0] + len(path)) if len(starts) == 1 else None


def open_alternative(item: OpenObject) -> OpenObject:
    """Return an object with a gap in place of the text alternative of a stand-in."""
    if not any(isinstance(piece, bytes) and _WRITTEN_ALTERNATIVE in piece for piece in item.pieces):
        return item
    pieces = (
        split_at(piece, _WRITTEN_ALTERNATIVE, _GAP) if isinstance(piece, bytes) else (piece,) for piece in item.pieces
    )
    return OpenObject(tuple(part for split in pieces for part in split), item.is_stream)
