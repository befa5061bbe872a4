"""The style sheets of an output: those of its format, and one made from the brand of the practice."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from handouts.compose.project_files import ProjectFiles
from handouts.model.document import Sheet
from handouts.model.edition import Edition
from handouts.model.imposition import write_page_rules
from handouts.model.library import Picture, Practice
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

LOW_CONTRAST: Final = Rule(
    "low-contrast",
    Severity.WARNING,
    title="a brand color is too light on white",
    why="It is printed darker, so that everyone can read it, and does not look like the brand.",
    source="WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11 (https://www.w3.org/TR/WCAG22); HHS Section 504 rule, 45 CFR 84.84",
    message="the {name} color {color} has contrast {contrast:.1f}; {readable} is printed",
    hint="at least {minimum:g} is needed on white (WCAG 2.2, 1.4.3, 1.4.6, 1.4.11)",
)
RULES: Final = (LOW_CONTRAST,)

LANGUAGE_SHEET: Final = "font of the language"
"""The name of the style sheet with the font of a language."""
BRAND_SHEET: Final = "brand of "
"""The start of the name of a style sheet that holds the colors and fonts of a practice."""

_ACCENT_CONTRAST: Final = 3.0  # the accent draws rules and borders, no text (WCAG 2.2, 1.4.11)
_FACES: Final = {"regular": "font-weight: 400", "bold": "font-weight: 700", "italic": "font-style: italic"}


def read_style_sheets(
    files: ProjectFiles, practice: Practice, edition: Edition, problems: Problems
) -> tuple[Sheet, ...] | None:
    """Return the style sheets in the order of the cascade; report one that cannot be read and return None.

    Plain text has none.
    """
    if edition.format.settings.file == "txt":
        return ()
    sheets: list[Sheet] = []
    for name in list_sheet_names(edition):
        file = files.read("styles", name, problems)
        if file is None:
            return None
        sheets.append(Sheet(file.name, file.text, file.folder))
    # Before ink-black.css, which overrides its colors.
    brand = Sheet(name_brand_sheet(practice), write_brand_sheet(practice, edition, problems), files.project.root)
    before = len(sheets) - (edition.ink == "black")
    return (*sheets[:before], brand, *sheets[before:])


def list_sheet_names(edition: Edition) -> tuple[str, ...]:
    """Return the names of the files in styles/ for an edition, in the order of the cascade."""
    if edition.format.settings.file == "txt":
        return ()
    return ("base.css", "blocks.css", edition.format.sheet, *(("ink-black.css",) if edition.ink == "black" else ()))


def name_brand_sheet(practice: Practice) -> str:
    """Return the name that problems use for the style sheet of a practice."""
    return f"{BRAND_SHEET}{practice.id}"


def write_brand_sheet(practice: Practice, edition: Edition, problems: Problems) -> str:
    """Return CSS with the colors and fonts of a practice, as custom properties, and the page size."""
    properties = {
        f"--{name}": make_readable(practice, name, color, edition.format.settings.contrast, problems)
        for name, color in practice.profile.colors.model_dump().items()
    }
    faces = _write_font_faces(practice.fonts)
    if faces:
        properties["--font"] = '"Practice font"'
    declarations = "".join(f"  {name}: {value};\n" for name, value in properties.items())
    return f":root {{\n{declarations}}}\n{write_page_rules(edition.makeup)}{faces}"


def make_readable(practice: Practice, name: str, color: str, contrast: float, problems: Problems) -> str:
    """Return a brand color with enough contrast to be printed on white; report it if it must be darkened.

    `contrast` is what the format requires of text; text is printed in the color "brand".
    """
    minimum = find_minimum_contrast(name, contrast)
    readable = darken(color, minimum)
    if readable != color:
        problems.add(
            LOW_CONTRAST.at(
                practice.colors_at[name],
                name=name,
                color=color,
                contrast=measure_contrast(color),
                readable=readable,
                minimum=minimum,
            )
        )
    return readable


def find_minimum_contrast(name: str, contrast: float) -> float:
    """Return the contrast on white that a brand color needs in a format that requires `contrast` of text."""
    return contrast if name == "brand" else _ACCENT_CONTRAST


def measure_contrast(color: str) -> float:
    """Return the contrast of a "#rrggbb" color on white, from 1 to 21 (WCAG 2.2, relative luminance)."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # noqa: PLR2004 - sRGB
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def darken(color: str, minimum: float) -> str:
    """Return a "#rrggbb" color, darkened in steps of 3 % until its contrast on white is at least the minimum."""
    channels = [int(color[start : start + 2], 16) for start in (1, 3, 5)]
    while measure_contrast(color) < minimum:
        channels = [int(channel * 0.97) for channel in channels]
        color = "#" + "".join(f"{channel:02x}" for channel in channels)
    return color


def _write_font_faces(fonts: Mapping[str, Picture]) -> str:
    return "".join(
        f'@font-face {{ font-family: "Practice font"; {_FACES[style]}; src: url("{quote(font.name)}") }}\n'
        for style, font in fonts.items()
    )
