"""A practice's brand as CSS: custom properties, page size and fonts, its colors dark enough to read."""

from collections.abc import Mapping
from urllib.parse import quote

from handouts.model.edition import Edition
from handouts.model.imposition import page_rules
from handouts.model.library import Picture, Practice
from handouts.problems.problem import Problem, warning


def contrast_on_white(color: str) -> float:
    """Give the contrast of a "#rrggbb" color on white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # noqa: PLR2004 - sRGB
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def darkened(color: str, minimum: float) -> str:
    """Give the color, darkened in small steps until its contrast on white is at least the minimum."""
    channels = [int(color[start : start + 2], 16) for start in (1, 3, 5)]
    while contrast_on_white(color) < minimum:
        channels = [int(channel * 0.97) for channel in channels]
        color = "#" + "".join(f"{channel:02x}" for channel in channels)
    return color


def readable_color(practice: Practice, name: str, color: str, contrast: float) -> tuple[Problem | None, str]:
    """Give a brand color as it is printed in a format with such a contrast, and a problem if it is darkened for that.

    The brand color sets text; the accent draws rules and borders, so it needs 3 (WCAG 2.2, 1.4.11).
    """
    minimum = contrast if name == "brand" else 3.0
    readable = darkened(color, minimum)
    if readable == color:
        return None, color
    message = f"the {name} color {color} has contrast {contrast_on_white(color):.1f}; {readable} is printed"
    hint = f"at least {minimum:g} is needed on white (WCAG 2.2, 1.4.3, 1.4.6, 1.4.11)"
    return warning("low-contrast", message, practice.colors_at[name], hint), readable


def brand_sheet(practice: Practice, edition: Edition, problems: list[Problem]) -> str:
    """Write the style sheet that puts brand, paper and fonts of a practice into a format's slots."""
    properties: dict[str, str] = {}
    for name, color in practice.profile.colors.model_dump().items():
        problem, readable = readable_color(practice, name, color, edition.format.settings.contrast)
        problems.extend([problem] if problem else [])
        properties[f"--{name}"] = readable
    faces = _font_faces(practice.fonts)
    if faces:
        properties["--font"] = '"Practice font"'
    declarations = "".join(f"  {name}: {value};\n" for name, value in properties.items())
    return f":root {{\n{declarations}}}\n{page_rules(edition.makeup)}{faces}"


_FACES = {"regular": "font-weight: 400", "bold": "font-weight: 700", "italic": "font-style: italic"}


def _font_faces(fonts: Mapping[str, Picture]) -> str:
    return "".join(
        f'@font-face {{ font-family: "Practice font"; {_FACES[style]}; src: url("{quote(font.name)}") }}\n'
        for style, font in fonts.items()
    )
