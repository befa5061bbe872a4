"""The brand of a practice: a logo that is sharp in print, and colors dark enough to read."""

from collections.abc import Iterable
from typing import Final

from handouts.compose.style_sheets import make_readable
from handouts.model.library import Practice
from handouts.problems.collector import Problems
from handouts.problems.problem import Severity
from handouts.problems.rule import Rule

_COARSE_LOGO: Final = Rule(
    code="coarse-logo",
    severity=Severity.WARNING,
    title="the logo has too few pixels for print",
    why="It would be printed blurred: patients take such a page for a copy, or a fraud.",
    source="300 pixels per inch are usual in print; the logo is 17 mm high and at most 80 mm wide",
    message="{name} has {pixels} pixels and is printed {size} mm: {density} ppi",
    hint="use a drawing (SVG), or at least {needed} pixels",
)
RULES: Final = (_COARSE_LOGO,)

_LOGO_HEIGHT, _LOGO_WIDTH = 17.0, 80.0  # mm, the largest it is printed
_NEEDED_DENSITY: Final = 300  # pixels per inch
_INCH: Final = 25.4  # mm


def check_logos(practice: Practice, problems: Problems) -> None:
    """Check that logos made of pixels have enough of them."""
    for field, logo in (("logo", practice.logo), ("logo_black", practice.logo_black)):
        if logo is None or logo.size is None:
            continue
        width, height = logo.size
        printed_height = min(_LOGO_HEIGHT, _LOGO_WIDTH * height / width)
        printed_width = printed_height * width / height
        density = round(height / printed_height * _INCH)
        if density < _NEEDED_DENSITY:
            needed = [f"{length / _INCH * _NEEDED_DENSITY:.0f}" for length in (printed_width, printed_height)]
            problems.add(
                _COARSE_LOGO.at(
                    practice.profile_at.get((field,), practice.place),
                    name=logo.name,
                    pixels=f"{width} x {height}",
                    size=f"{printed_width:.0f} x {printed_height:.0f}",
                    density=density,
                    needed=" x ".join(needed),
                )
            )


def check_colors(practice: Practice, contrasts: Iterable[float], problems: Problems) -> None:
    """Report each color that must be darkened for the format with the highest of these contrasts."""
    highest = max(contrasts)
    for name, color in practice.profile.colors.model_dump().items():
        make_readable(practice, name, color, highest, problems)
