"""Pictures decoded within limits, and written in one form that printers and browsers show alike."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageFile, ImageOps

from handouts.assets.errors import BrokenFileError
from handouts.assets.jpeg import check_jpeg, stripped_jpeg
from handouts.assets.png import SIGNATURE, check_pixels, check_png, stripped_png

_READ = {SIGNATURE: "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "WEBP"}
_INKS = "CMYK"
_QUALITY = 92  # of photos that are turned or change colors; others keep their bytes
_ORIENTATION, _UPRIGHT = 0x0112, 1
_HIGH_BYTES = [value >> 8 for value in range(65536)]
_FAINT = 8  # of 255 steps of gray: what differs less from paper is not seen


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture: a PNG or JPEG file with the pixels that were decoded and nothing else, and its media type.

    `ink` is the part of its width and of its height, from 0 to 1, that anything is drawn on, seen on white paper.
    """

    content: bytes
    kind: str
    ink: tuple[float, float]


def kind_of_pixels(raw: bytes) -> str:
    """Return the format of a picture made of pixels, "" for anything else."""
    kind = next((kind for start, kind in _READ.items() if raw.startswith(start)), "")
    return "" if kind == "WEBP" and raw[8:12] != b"WEBP" else kind


def decode(raw: bytes, max_pixels: int | None, *, inks: bool = False) -> Decoded:
    """Decode a picture; `inks` keeps the colors of CMYK pictures, which are for print shops only.

    Raise BrokenFileError if it cannot be decoded to the last pixel, or has more than `max_pixels`.
    """
    kind = kind_of_pixels(raw)
    if kind == "PNG":
        check_png(raw)
    elif kind == "JPEG":
        check_jpeg(raw)
    # WeasyPrint sets this for the whole process: it would print the missing part of a picture as a black block.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # remarks on metadata, and on sizes that are checked below
            with Image.open(BytesIO(raw), formats=(kind,)) as image:
                _check_size(image.size, max_pixels)
                if kind == "PNG":
                    check_pixels(raw)
                image.load()
                return _written(raw, kind, image, inks=inks)
    except BrokenFileError:
        raise
    except Image.DecompressionBombError:
        raise BrokenFileError("it has more pixels than can be decoded") from None
    except Exception as broken:  # Pillow raises whatever broken bytes lead it to
        raise BrokenFileError(f"it cannot be decoded ({broken})") from broken


def ink_of(image: Image.Image) -> tuple[float, float]:
    """Return the part of width and height that anything is drawn on, as it is seen on white paper."""
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


def _written(raw: bytes, kind: str, image: Image.Image, *, inks: bool) -> Decoded:
    upright = _upright(image)
    plain = _plain(upright, inks=inks)
    ink = ink_of(plain.convert("RGB") if plain.mode == _INKS else plain)
    if kind == "JPEG":
        same = upright is image and plain.mode == image.mode
        return Decoded(stripped_jpeg(raw) if same else _saved(plain, "JPEG"), "image/jpeg", ink)
    same = kind == "PNG" and upright is image and image.mode != "I;16"
    return Decoded(stripped_png(raw) if same else _saved(plain, "PNG"), "image/png", ink)


def _upright(image: Image.Image) -> Image.Image:
    """Turn a picture as its camera says; one whose notes are broken stays as it is."""
    if "exif" not in image.info:
        return image
    try:
        orientation = image.getexif().get(_ORIENTATION, _UPRIGHT)
        return image if orientation == _UPRIGHT else ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - whatever broken notes lead to
        return image


def _plain(image: Image.Image, *, inks: bool) -> Image.Image:
    """Convert to 8 bits a channel of gray or sRGB, with or without transparency."""
    if image.mode == "I;16":
        deep = image.convert("I")
        gray = deep.point(_HIGH_BYTES, "L")
        if (clear := image.info.get("transparency")) is None:
            return gray
        mask = deep.point([0 if value == clear else 255 for value in range(65536)], "L")
        return Image.merge("LA", (gray, mask))
    if image.mode == _INKS:
        return image if inks else _without_inks(image)
    if "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in {"L", "LA", "RGB", "RGBA"} else image.convert("L" if image.mode == "1" else "RGB")


def _without_inks(image: Image.Image) -> Image.Image:
    """Convert CMYK to sRGB: by the picture's own profile, or by the usual rule if it has none that can be read."""
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


def _saved(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    if kind == "JPEG":
        image.save(file, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        image.save(file, "PNG", icc_profile=None)
    return file.getvalue()
