"""A practice's brand as CSS: custom properties, page size and fonts, its colors dark enough to read."""

from collections.abc import Mapping
from urllib.parse import quote

from handouts.edition import Edition
from handouts.imposition import page_rules
from handouts.library import Picture, Practice
from handouts.problem import Problem, warning


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


def brand_sheet(practice: Practice, edition: Edition, problems: list[Problem]) -> str:
    """Write the style sheet that puts brand, paper and fonts of a practice into a format's slots."""
    # The brand color sets text; the accent draws rules and borders (WCAG 2.2, 1.4.11).
    minimums = {"brand": edition.format.settings.contrast, "accent": 3.0}
    properties: dict[str, str] = {}
    for name, color in practice.profile.colors.model_dump().items():
        readable = darkened(color, minimums[name])
        if readable != color:
            problems.append(
                warning(
                    "low-contrast",
                    f"the {name} color {color} has contrast {contrast_on_white(color):.1f}; {readable} is printed",
                    practice.colors_at[name],
                    f"at least {minimums[name]:g} is needed on white (WCAG 2.2, 1.4.3, 1.4.6, 1.4.11)",
                )
            )
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
