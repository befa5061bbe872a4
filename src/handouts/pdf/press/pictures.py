"""Pictures made of pixels: in inks in place of sRGB, without loss."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pydyf
from PIL import Image

from handouts.pdf.press.inks import Inks

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_TYPES: Final = {1: 0, 3: 2}  # color types of PNG by how many channels there are
_INKED: Final = "/DeviceCMYK"


def print_with(inks: Inks, image: Any) -> None:  # noqa: ANN401 - a pydyf.Stream, which has no types
    """Turn a picture as WeasyPrint writes them into inks; one that is in inks already stays as it is.

    Profiles in JPEG files are not looked at, as in no other output: the numbers are those of sRGB. Raises RuntimeError
    when the picture is written in a way that WeasyPrint has no reason for.
    """
    extra = image.extra
    if extra["ColorSpace"] == _INKED:
        return
    if extra["ColorSpace"] not in {"/DeviceRGB", "/DeviceGray"}:
        raise RuntimeError(f"WeasyPrint wrote a picture in {extra['ColorSpace']}")
    data = b"".join(part if isinstance(part, bytes) else part.data for part in image.stream)
    picture = inks.picture(_decoded(data, extra))
    # PDF compresses rows of pixels as PNG does, and four inks are four channels like any other.
    four = Image.frombytes("RGBA", picture.size, picture.tobytes())
    image.stream = [b"".join(data for kind, data in _chunks(_as_png(four)) if kind == b"IDAT")]
    extra["ColorSpace"] = _INKED
    extra["Filter"] = "/FlateDecode"
    extra["DecodeParms"] = pydyf.Dictionary({"Predictor": 15, "Columns": picture.width, "Colors": 4})


def _decoded(data: bytes, extra: Any) -> Image.Image:  # noqa: ANN401 - a pydyf.Dictionary
    if extra["Filter"] == "/FlateDecode":
        data = _png_around(data, extra["Width"], extra["Height"], extra["DecodeParms"].get("Colors", 1))
    elif extra["Filter"] != "/DCTDecode":
        raise RuntimeError(f"WeasyPrint wrote a picture with {extra['Filter']}")
    with Image.open(BytesIO(data)) as opened:
        return opened.convert("L" if extra["ColorSpace"] == "/DeviceGray" else "RGB")


def _as_png(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _png_around(pixels: bytes, width: int, height: int, channels: int) -> bytes:
    """Give the PNG file of compressed rows of pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, _TYPES[channels], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the parts of a PNG file: their types and what they hold."""
    position = len(_SIGNATURE)
    while position < len(png):
        length, kind = struct.unpack(">I4s", png[position : position + 8])
        yield kind, png[position + 8 : position + 8 + length]
        position += length + 12
