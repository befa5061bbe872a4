"""Draws QR codes (ISO/IEC 18004) of web addresses."""

import base64
import re
from typing import Any, Final

_DARK_RUN: Final = re.compile(rb"\0+")


def draw_qr_code(address: str) -> str:
    """Return a QR code (ISO/IEC 18004) of a web address, as an SVG drawing in a data: address.

    It is the smallest one with error correction level M (15 %), or with Q (25 %) if that is not larger.
    """
    rows = min(_encode_modules(address, "Q"), _encode_modules(address, "M"), key=len)
    # One stroke for each run of dark modules, which is several times fewer than one for each module.
    runs = ((y, run.start(), run.end()) for y, row in enumerate(rows) for run in _DARK_RUN.finditer(row))
    lines = "".join(f"M{start} {y}.5h{end - start}" for y, start, end in runs)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{len(rows)}" height="{len(rows)}">'
        f'<path stroke="#000" d="{lines}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode("ascii")


def _encode_modules(address: str, level: str) -> list[bytes]:
    """Return the modules of a QR code row by row, one byte each: 0 is dark."""
    import zxingcpp  # noqa: PLC0415 - outputs that are up to date draw no code

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)  # its types do not declare the buffer protocol
    return [bytes(row) for row in memoryview(picture).tolist()]
