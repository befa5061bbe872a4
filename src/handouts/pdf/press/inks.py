"""Colors in inks: sRGB to the cyan, magenta, yellow and black of a printing condition."""

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

MOST_INK: Final = 3.0
"""The most ink at one spot, as a sum of the four: more dries badly on coated paper (ISO 12647-2 allows up to 3.5)."""

# Chroma (CIE 1976) below which a color is printed with black ink alone, so that the letters of small text are on one
# plate and stay sharp. Light colors are the tints of panels, where a touch of color is seen.
_NEUTRAL_CHROMA: Final = 6.0
_LIGHT: Final = 80.0
_LIGHT_NEUTRAL_CHROMA: Final = 1.5
# JPEG makes the grays of a photograph a little colored.
_NEUTRAL_PICTURE: Final = 8


class Inks:
    """Converts colors to a printing condition; remembers those of a document.

    Colors are converted with relative colorimetric intent and black point compensation. Flat neutral ones get the
    amount of black ink that is as light as they are; what is darker than that ink gets all of it, so that dark letters
    are solid. Grays of pictures and gradients are spread over what black ink can show, so that all differ.
    """

    def __init__(self, profile: bytes) -> None:
        """Take the ICC profile of the printing condition, a CMYK one with tables in both directions."""
        self.profile: Final = profile
        self._device = ImageCms.ImageCmsProfile(BytesIO(profile))
        self._srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        self._lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        self._known: dict[Rgb, Ink] = {}

    def of(self, color: Rgb) -> Ink:
        """Give the inks of a flat color."""
        if color not in self._known:
            neutral = self.is_neutral(color)
            black = self._black(self._measured(color)[0])
            self._known[color] = (0, 0, 0, black) if neutral else self.mixed([color])[0]
        return self._known[color]

    def mixed(self, colors: Sequence[Rgb]) -> list[Ink]:
        """Give the inks of colors as the profile mixes them, neutral or not."""
        row = Image.frombytes("RGB", (len(colors), 1), b"".join(map(_in_bytes, colors)))
        raw = self._to_inks.apply(row).tobytes()
        return [limited((c / 255, m / 255, y / 255, k / 255)) for c, m, y, k in struct.iter_unpack("4B", raw)]

    def gray(self, colors: Sequence[Rgb]) -> list[Ink]:
        """Give the inks of neutral colors of a gradient: of black alone."""
        return [(0, 0, 0, self._black_of_gray[_in_bytes(color)[1]] / 255) for color in colors]

    def is_neutral(self, color: Rgb) -> bool:
        """Tell whether a color is printed with black ink alone."""
        lightness, a, b = self._measured(color)
        most = _LIGHT_NEUTRAL_CHROMA if lightness > _LIGHT else _NEUTRAL_CHROMA
        return bool((a * a + b * b) ** 0.5 <= most)

    def of_lab(self, lightness: float, a: float, b: float) -> Ink:
        """Give the inks of a CIE L*a*b* color."""
        spot = Image.frombytes("LAB", (1, 1), bytes((round(lightness * 2.55), round(a) & 255, round(b) & 255)))
        red, green, blue = self._from_lab.apply(spot).tobytes()
        return self.of((red / 255, green / 255, blue / 255))

    def picture(self, picture: Image.Image) -> Image.Image:
        """Give a picture, of mode RGB or L, in inks (mode CMYK): one that is gray all over in black alone."""
        gray = picture if picture.mode == "L" else _gray_alone(picture)
        if gray is None:
            return self._to_inks.apply(picture)
        none = Image.new("L", gray.size, 0)
        return Image.merge("CMYK", (none, none, none, gray.point(self._black_of_gray)))

    def _black(self, lightness: float) -> float:
        """Give the least black ink that is no lighter."""
        return min(sum(tone > lightness for tone in self._tones), 255) / 255

    def _measured(self, color: Rgb) -> tuple[float, float, float]:
        """Give L*, a* and b*."""
        raw = self._from_srgb.apply(Image.frombytes("RGB", (1, 1), _in_bytes(color))).tobytes()
        return raw[0] / 2.55, _signed(raw[1]), _signed(raw[2])

    @cached_property
    def _tones(self) -> list[float]:
        """How light black ink is, for 0 to 255 of it."""
        steps = Image.frombytes("CMYK", (256, 1), b"".join(bytes((0, 0, 0, black)) for black in range(256)))
        return [tone / 2.55 for tone in self._proof.apply(steps).tobytes()[::3]]

    @cached_property
    def _black_of_gray(self) -> list[int]:
        """How much black ink makes each gray, both from 0 to 255."""
        grays = Image.frombytes("RGB", (256, 1), b"".join(bytes((gray,) * 3) for gray in range(256)))
        darkest = self._tones[-1]
        lightness = (tone / 2.55 for tone in self._from_srgb.apply(grays).tobytes()[::3])
        return [round(255 * self._black(darkest + tone * (100 - darkest) / 100)) for tone in lightness]

    @cached_property
    def _to_inks(self) -> ImageCms.ImageCmsTransform:
        return _transform(self._srgb, "RGB", self._device, "CMYK", ImageCms.Flags.BLACKPOINTCOMPENSATION)

    @cached_property
    def _from_srgb(self) -> ImageCms.ImageCmsTransform:
        return _transform(self._srgb, "RGB", self._lab, "LAB")

    @cached_property
    def _from_lab(self) -> ImageCms.ImageCmsTransform:
        return _transform(self._lab, "LAB", self._srgb, "RGB")

    @cached_property
    def _proof(self) -> ImageCms.ImageCmsTransform:
        return _transform(self._device, "CMYK", self._lab, "LAB")


def limited(ink: Ink) -> Ink:
    """Give the inks with no more than MOST_INK: less of the colored ones, all of the black."""
    *colored, black = ink
    allowed = MOST_INK - black
    if sum(colored) <= allowed:
        return ink
    cyan, magenta, yellow = (part * allowed / sum(colored) for part in colored)
    return cyan, magenta, yellow, black


def _transform(
    source: ImageCms.ImageCmsProfile,
    mode: str,
    target: ImageCms.ImageCmsProfile,
    target_mode: str,
    flags: ImageCms.Flags = ImageCms.Flags.NONE,
) -> ImageCms.ImageCmsTransform:
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    return ImageCms.buildTransform(source, target, mode, target_mode, intent, flags)


def _gray_alone(picture: Image.Image) -> Image.Image | None:
    """Give the green of a picture without colors, None for others."""
    red, green, blue = picture.split()
    for other in (red, blue):
        _, most = cast("tuple[int, int]", ImageChops.difference(green, other).getextrema())
        if most > _NEUTRAL_PICTURE:
            return None
    return green


def _in_bytes(color: Rgb) -> bytes:
    return bytes(round(255 * min(max(part, 0), 1)) for part in color)


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte  # noqa: PLR2004 - two's complement
