"""Converts raster pictures of a PDF from sRGB to inks, without loss."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import pydyf
from PIL import Image

from handouts.pdf.press.inks import Inks

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_TYPES: Final = {1: 0, 3: 2}  # color types of PNG by number of channels
_INK_SPACE: Final = "/DeviceCMYK"


def convert_picture(inks: Inks, image: Any) -> None:  # noqa: ANN401 - a pydyf.Stream, which has no types
    """Convert a picture written by WeasyPrint to inks; one that is in inks already is left unchanged.

    Profiles in JPEG files are ignored, as in all other outputs: the numbers are taken as sRGB. Raises RuntimeError if
    the picture is written in a way that WeasyPrint is not known to use.
    """
    extra = image.extra
    if extra["ColorSpace"] == _INK_SPACE:
        return
    if extra["ColorSpace"] not in {"/DeviceRGB", "/DeviceGray"}:
        raise RuntimeError(f"WeasyPrint wrote a picture in {extra['ColorSpace']}")
    data = b"".join(part if isinstance(part, bytes) else part.data for part in image.stream)
    picture = inks.convert_picture(_decode(data, extra))
    # PDF compresses rows of pixels as PNG does, and for PNG four inks are four channels like any others.
    four_channels = Image.frombytes("RGBA", picture.size, picture.tobytes())
    image.stream = [b"".join(data for kind, data in _read_chunks(_write_png(four_channels)) if kind == b"IDAT")]
    extra["ColorSpace"] = _INK_SPACE
    extra["Filter"] = "/FlateDecode"
    extra["DecodeParms"] = pydyf.Dictionary({"Predictor": 15, "Columns": picture.width, "Colors": 4})


def _decode(data: bytes, extra: Any) -> Image.Image:  # noqa: ANN401 - a pydyf.Dictionary
    if extra["Filter"] == "/FlateDecode":
        data = _wrap_as_png(data, extra["Width"], extra["Height"], extra["DecodeParms"].get("Colors", 1))
    elif extra["Filter"] != "/DCTDecode":
        raise RuntimeError(f"WeasyPrint wrote a picture with {extra['Filter']}")
    with Image.open(BytesIO(data)) as opened:
        return opened.convert("L" if extra["ColorSpace"] == "/DeviceGray" else "RGB")


def _write_png(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _wrap_as_png(pixels: bytes, width: int, height: int, channels: int) -> bytes:
    """Return a PNG file that contains compressed rows of pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, _TYPES[channels], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _read_chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the type and data of each chunk of a PNG file."""
    position = len(_SIGNATURE)
    while position < len(png):
        length, kind = struct.unpack(">I4s", png[position : position + 8])
        yield kind, png[position + 8 : position + 8 + length]
        position += length + 12
