"""Content as an address that holds it."""

import base64


def data_address(kind: str, content: bytes) -> str:
    """Write content of a media type as a data: address (RFC 2397)."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
