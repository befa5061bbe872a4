"""Converts sRGB colors to the cyan, magenta, yellow and black inks of a printing condition."""

import struct
from collections.abc import Sequence
from functools import cached_property
from io import BytesIO
from typing import Final, cast

from PIL import Image, ImageChops, ImageCms

Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""

Rgb = tuple[float, float, float]
"""Red, green and blue of sRGB, each from 0 to 1."""

MAX_INK: Final = 3.0
"""The maximum sum of the four inks: more dries badly on coated paper (ISO 12647-2 allows up to 3.5)."""

# Chroma (CIE 1976) below which a color is printed with black ink alone, so that small letters are on one plate and stay
# sharp. Light colors are the tints of panels, where even a little color is seen.
_NEUTRAL_CHROMA: Final = 6.0
_LIGHT: Final = 80.0
_LIGHT_NEUTRAL_CHROMA: Final = 1.5
# In steps of 255, because JPEG makes the grays of a photograph a little colored.
_NEUTRAL_PICTURE: Final = 8


class Inks:
    """Converts colors to a printing condition; caches the colors of a document.

    Colors are converted with relative colorimetric intent and black point compensation. Flat neutral colors get the
    amount of black ink that is as light as they are, and those darker than black ink get all of it, so that dark
    letters are solid. Grays of pictures and gradients are spread over the range of black ink, so that all differ.
    """

    def __init__(self, profile: bytes) -> None:
        """Convert with the ICC profile of a printing condition: CMYK, with tables in both directions."""
        self.profile: Final = profile
        self._device = ImageCms.ImageCmsProfile(BytesIO(profile))
        self._srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        self._lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        self._converted: dict[Rgb, Ink] = {}

    def convert(self, color: Rgb) -> Ink:
        """Return the inks of a flat color."""
        if color not in self._converted:
            if self.is_neutral(color):
                self._converted[color] = (0, 0, 0, self._find_black(self._to_cielab(color)[0]))
            else:
                self._converted[color] = self.mix([color])[0]
        return self._converted[color]

    def mix(self, colors: Sequence[Rgb]) -> list[Ink]:
        """Return the inks of colors as the profile mixes them, neutral or not."""
        row = Image.frombytes("RGB", (len(colors), 1), b"".join(map(_to_bytes, colors)))
        raw = self._to_inks.apply(row).tobytes()
        return [limit_ink((c / 255, m / 255, y / 255, k / 255)) for c, m, y, k in struct.iter_unpack("4B", raw)]

    def convert_grays(self, colors: Sequence[Rgb]) -> list[Ink]:
        """Return the inks of the neutral colors of a gradient: black alone."""
        return [(0, 0, 0, self._black_of_gray[_to_bytes(color)[1]] / 255) for color in colors]

    def is_neutral(self, color: Rgb) -> bool:
        """Return whether a color is printed with black ink alone."""
        lightness, a, b = self._to_cielab(color)
        maximum = _LIGHT_NEUTRAL_CHROMA if lightness > _LIGHT else _NEUTRAL_CHROMA
        return bool((a * a + b * b) ** 0.5 <= maximum)

    def convert_lab(self, lightness: float, a: float, b: float) -> Ink:
        """Return the inks of a CIE L*a*b* color."""
        pixel = Image.frombytes("LAB", (1, 1), bytes((round(lightness * 2.55), round(a) & 255, round(b) & 255)))
        red, green, blue = self._from_lab.apply(pixel).tobytes()
        return self.convert((red / 255, green / 255, blue / 255))

    def convert_picture(self, picture: Image.Image) -> Image.Image:
        """Convert a picture of mode RGB or L to inks (mode CMYK): to black alone if all of it is gray."""
        gray = picture if picture.mode == "L" else _as_gray(picture)
        if gray is None:
            return self._to_inks.apply(picture)
        blank = Image.new("L", gray.size, 0)
        return Image.merge("CMYK", (blank, blank, blank, gray.point(self._black_of_gray)))

    def _find_black(self, lightness: float) -> float:
        """Return the least black ink that is not lighter."""
        return min(sum(tone > lightness for tone in self._black_lightness), 255) / 255

    def _to_cielab(self, color: Rgb) -> tuple[float, float, float]:
        """Return L*, a* and b*."""
        raw = self._from_srgb.apply(Image.frombytes("RGB", (1, 1), _to_bytes(color))).tobytes()
        return raw[0] / 2.55, _to_signed(raw[1]), _to_signed(raw[2])

    @cached_property
    def _black_lightness(self) -> list[float]:
        """The lightness (L*) of each amount of black ink from 0 to 255."""
        steps = Image.frombytes("CMYK", (256, 1), b"".join(bytes((0, 0, 0, black)) for black in range(256)))
        return [tone / 2.55 for tone in self._proof.apply(steps).tobytes()[::3]]

    @cached_property
    def _black_of_gray(self) -> list[int]:
        """The amount of black ink for each gray, both from 0 to 255."""
        grays = Image.frombytes("RGB", (256, 1), b"".join(bytes((gray,) * 3) for gray in range(256)))
        darkest = self._black_lightness[-1]
        lightness = (tone / 2.55 for tone in self._from_srgb.apply(grays).tobytes()[::3])
        return [round(255 * self._find_black(darkest + tone * (100 - darkest) / 100)) for tone in lightness]

    @cached_property
    def _to_inks(self) -> ImageCms.ImageCmsTransform:
        return _make_transform(self._srgb, "RGB", self._device, "CMYK", ImageCms.Flags.BLACKPOINTCOMPENSATION)

    @cached_property
    def _from_srgb(self) -> ImageCms.ImageCmsTransform:
        return _make_transform(self._srgb, "RGB", self._lab, "LAB")

    @cached_property
    def _from_lab(self) -> ImageCms.ImageCmsTransform:
        return _make_transform(self._lab, "LAB", self._srgb, "RGB")

    @cached_property
    def _proof(self) -> ImageCms.ImageCmsTransform:
        return _make_transform(self._device, "CMYK", self._lab, "LAB")


def limit_ink(ink: Ink) -> Ink:
    """Reduce inks to MAX_INK: less of the colored ones, all of the black."""
    *colored, black = ink
    allowed = MAX_INK - black
    if sum(colored) <= allowed:
        return ink
    cyan, magenta, yellow = (part * allowed / sum(colored) for part in colored)
    return cyan, magenta, yellow, black


def _make_transform(
    source: ImageCms.ImageCmsProfile,
    mode: str,
    target: ImageCms.ImageCmsProfile,
    target_mode: str,
    flags: ImageCms.Flags = ImageCms.Flags.NONE,
) -> ImageCms.ImageCmsTransform:
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    return ImageCms.buildTransform(source, target, mode, target_mode, intent, flags)


def _as_gray(picture: Image.Image) -> Image.Image | None:
    """Return the green channel of a picture without colors, None for a colored picture."""
    red, green, blue = picture.split()
    for other in (red, blue):
        _, largest = cast("tuple[int, int]", ImageChops.difference(green, other).getextrema())
        if largest > _NEUTRAL_PICTURE:
            return None
    return green


def _to_bytes(color: Rgb) -> bytes:
    return bytes(round(255 * min(max(part, 0), 1)) for part in color)


def _to_signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte  # noqa: PLR2004 - two's complement
