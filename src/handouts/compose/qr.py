"""A web address as a QR code."""

import base64
from itertools import groupby
from typing import Any

_LEVELS = ("H", "Q", "M")  # of error correction, best first


def qr_code(address: str) -> str:
    """Draw a QR code (ISO/IEC 18004) as an SVG in a data: address.

    It is the smallest with error correction M, with the best correction that is to be had in that size.
    """
    rows = min((_modules(address, level) for level in _LEVELS), key=len)
    # A line for each run of dark modules: several times fewer strokes than a square for each.
    lines = "".join(_line(row, y) for y, row in enumerate(rows))
    size = len(rows)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">'
        f'<path stroke="#000" d="{lines}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode("ascii")


def _modules(address: str, level: str) -> list[list[bool]]:
    """Give the modules of a code row by row, dark ones as True."""
    import zxingcpp  # noqa: PLC0415 - of outputs that are up to date nothing is drawn

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)  # its types do not tell of its buffer
    rows: Any = memoryview(picture).tolist()
    return [[not gray for gray in row] for row in rows]


def _line(row: list[bool], y: int) -> str:
    x, line = 0, ""
    for is_dark, run in groupby(row):
        length = sum(1 for _ in run)
        line += f"M{x} {y}.5h{length}" if is_dark else ""
        x += length
    return line
