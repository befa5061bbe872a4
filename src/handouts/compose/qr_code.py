"""A web address as a QR code."""

import base64
import re
from typing import Any, Final

_DARK: Final = re.compile(rb"\0+")


def qr_code(address: str) -> str:
    """Draw a QR code (ISO/IEC 18004) as an SVG in a data: address.

    It is the smallest with error correction M, which restores 15 % of it, or with Q, 25 %, if that is no larger.
    """
    rows = min(_modules(address, "Q"), _modules(address, "M"), key=len)
    # A line for each run of dark modules: several times fewer strokes than a square for each.
    runs = ((y, run.start(), run.end()) for y, row in enumerate(rows) for run in _DARK.finditer(row))
    lines = "".join(f"M{start} {y}.5h{end - start}" for y, start, end in runs)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{len(rows)}" height="{len(rows)}">'
        f'<path stroke="#000" d="{lines}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode("ascii")


def _modules(address: str, level: str) -> list[bytes]:
    """Give the modules of a code row by row, a byte each: 0 is dark."""
    import zxingcpp  # noqa: PLC0415 - of outputs that are up to date nothing is drawn

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)  # its types do not tell of its buffer
    return [bytes(row) for row in memoryview(picture).tolist()]
