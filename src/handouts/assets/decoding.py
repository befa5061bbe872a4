"""Decodes pictures within limits, and writes them in one form that printers and browsers show alike."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageFile, ImageOps

from handouts.assets.broken_file import BrokenFileError
from handouts.assets.jpeg import check_jpeg, strip_jpeg
from handouts.assets.png import SIGNATURE, check_pixels, check_png, strip_png

_FORMATS = {SIGNATURE: "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "WEBP"}
_CMYK = "CMYK"
_QUALITY = 92  # of photos that are turned or change colors; others keep their bytes
_ORIENTATION, _UPRIGHT = 0x0112, 1
_HIGH_BYTES = [value >> 8 for value in range(65536)]
_FAINT = 8  # of 255 steps of gray: a smaller difference from paper is invisible


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded picture: a PNG or JPEG file with its pixels and nothing else, and its media type.

    `ink` is the part of its width and of its height, from 0 to 1, that has visible ink on white paper.
    """

    content: bytes
    kind: str
    ink: tuple[float, float]


def detect_format(raw: bytes) -> str:
    """Return the format of a picture made of pixels, or ""."""
    kind = next((kind for start, kind in _FORMATS.items() if raw.startswith(start)), "")
    return "" if kind == "WEBP" and raw[8:12] != b"WEBP" else kind


def decode(raw: bytes, max_pixels: int | None, *, inks: bool = False) -> Decoded:
    """Decode a picture; `inks` keeps CMYK colors, which only print shops can use.

    Raises BrokenFileError if it cannot be decoded to the last pixel, or has more than `max_pixels`.
    """
    kind = detect_format(raw)
    if kind == "PNG":
        check_png(raw)
    elif kind == "JPEG":
        check_jpeg(raw)
    # WeasyPrint sets this to True for the whole process, which prints missing parts of pictures as black blocks.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # warnings about metadata, and about sizes, which are checked below
            with Image.open(BytesIO(raw), formats=(kind,)) as image:
                _check_size(image.size, max_pixels)
                if kind == "PNG":
                    check_pixels(raw)
                image.load()
                return _encode(raw, kind, image, inks=inks)
    except BrokenFileError:
        raise
    except Image.DecompressionBombError:
        raise BrokenFileError("it has more pixels than can be decoded") from None
    except Exception as broken:  # Pillow raises all kinds of errors for broken files
        raise BrokenFileError(f"it cannot be decoded ({broken})") from broken


def measure_ink(image: Image.Image) -> tuple[float, float]:
    """Return the part of width and height that has visible ink on white paper."""
    if image.mode in {"RGBA", "LA"}:
        paper = Image.new("L", image.size, 255)
        paper.paste(image.convert("L"), mask=image.getchannel("A"))
        image = paper
    gray = image.convert("L")
    box = gray.point([255 if value <= 255 - _FAINT else 0 for value in range(256)]).getbbox()
    return ((box[2] - box[0]) / image.width, (box[3] - box[1]) / image.height) if box else (0.0, 0.0)


def _check_size(size: tuple[int, int], max_pixels: int | None) -> None:
    if max_pixels is not None and size[0] * size[1] > max_pixels:
        raise BrokenFileError(f"it has {size[0]} x {size[1]} pixels, over {max_pixels} in all")


def _encode(raw: bytes, kind: str, image: Image.Image, *, inks: bool) -> Decoded:
    upright = _rotate_upright(image)
    plain = _to_plain_colors(upright, inks=inks)
    ink = measure_ink(plain.convert("RGB") if plain.mode == _CMYK else plain)
    if kind == "JPEG":
        same = upright is image and plain.mode == image.mode
        return Decoded(strip_jpeg(raw) if same else _save(plain, "JPEG"), "image/jpeg", ink)
    same = kind == "PNG" and upright is image and image.mode != "I;16"
    return Decoded(strip_png(raw) if same else _save(plain, "PNG"), "image/png", ink)


def _rotate_upright(image: Image.Image) -> Image.Image:
    """Rotate a picture according to its EXIF orientation; unchanged if its EXIF data is broken."""
    if "exif" not in image.info:
        return image
    try:
        orientation = image.getexif().get(_ORIENTATION, _UPRIGHT)
        return image if orientation == _UPRIGHT else ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - broken EXIF data raises all kinds of errors
        return image


def _to_plain_colors(image: Image.Image, *, inks: bool) -> Image.Image:
    """Convert to 8 bits a channel of gray or sRGB, with or without transparency."""
    if image.mode == "I;16":
        deep = image.convert("I")
        gray = deep.point(_HIGH_BYTES, "L")
        if (clear := image.info.get("transparency")) is None:
            return gray
        mask = deep.point([0 if value == clear else 255 for value in range(65536)], "L")
        return Image.merge("LA", (gray, mask))
    if image.mode == _CMYK:
        return image if inks else _convert_cmyk_to_rgb(image)
    if "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in {"L", "LA", "RGB", "RGBA"} else image.convert("L" if image.mode == "1" else "RGB")


def _convert_cmyk_to_rgb(image: Image.Image) -> Image.Image:
    """Convert CMYK to sRGB: by the profile of the picture, or by the simple formula if it has no readable one."""
    profile = image.info.get("icc_profile")
    if profile:
        from PIL import ImageCms  # noqa: PLC0415 - rarely needed

        try:
            converted = ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, ImportError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


def _save(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    if kind == "JPEG":
        image.save(file, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        image.save(file, "PNG", icc_profile=None)
    return file.getvalue()
