"""--ink black: less toner for every output, and nothing that is lost in grey."""

from pathlib import Path

import pikepdf
import pytest

from handouts.compose.style_sheets import measure_contrast
from support.builds import NORTHGATE
from support.ink import measure
from support.paints import Color, paints

# WCAG 2.2: 1.4.6 for text, 1.4.11 for lines.
TEXT, LINES = 7, 3


@pytest.fixture(scope="session")
def pairs(shipped_color: Path, shipped_black: Path) -> list[tuple[Path, Path]]:
    """Each format in color, and the same in black."""
    files = sorted((shipped_color / NORTHGATE).glob("*.pdf"))
    assert len(files) == 6
    return [
        (file, shipped_black / file.relative_to(shipped_color).with_name(f"{file.stem}-black.pdf")) for file in files
    ]


def test_black_takes_less_toner_than_color_on_printers_with_one_ink_and_with_four(
    pairs: list[tuple[Path, Path]],
) -> None:
    for color, black in pairs:
        less, more = measure(black), measure(color)
        assert sum(page.black for page in less) < sum(page.black for page in more), color
        assert sum(page.toner for page in less) < sum(page.toner for page in more), color


def test_in_black_text_and_lines_are_dark_enough_for_a_copier(pairs: list[tuple[Path, Path]]) -> None:
    for _, black in pairs:
        with pikepdf.open(black) as pdf:
            painted = list(paints(pdf))
        for how, least in (("text", TEXT), ("stroke", LINES)):
            colors = {one.color for one in painted if one.how == how}
            assert colors
            faint = [color for color in colors - white() if measure_contrast(written(color)) < least]
            assert faint == [], (black, how)


def white() -> set[Color]:
    """White, on what is filled with black."""
    return {Color("/DeviceRGB", (1, 1, 1)), Color("/DeviceGray", (1,))}


def written(color: Color) -> str:
    """Write a color as CSS does; it has to be a gray."""
    assert color.space in {"/DeviceRGB", "/DeviceGray"}
    assert len({round(float(part), 3) for part in color.numbers}) == 1, color
    return "#" + f"{round(float(color.numbers[0]) * 255):02x}" * 3
