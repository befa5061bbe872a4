"""A web address as a QR code."""

import base64
import io


def qr_code(address: str) -> str:
    """Draw a QR code (ISO/IEC 18004, error correction M or better) as an SVG in a data: address."""
    import segno  # noqa: PLC0415 - of outputs that are up to date nothing is drawn

    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(drawing, kind="svg", border=0, xmldecl=False, svgns=True)
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.getvalue()).decode("ascii")
