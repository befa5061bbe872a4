"""The shipped drawings and icons: made by scripts/drawings, with labels that are no larger than the text."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from handouts.assets.svg import check_svg
from handouts.problems.collector import Problems
from handouts.problems.problem import Place
from handouts.read.markdown.block_attributes import ICONS

ROOT: Final = Path(__file__).parents[2]
HANDOUT: Final = "content/handouts/spinal-fracture"
DRAWINGS: Final = (f"{HANDOUT}/vertebrae.svg", f"{HANDOUT}/balloon-steps.svg")
ICON_FILES: Final = tuple(f"styles/images/icons/{icon}{ending}.svg" for icon in ICONS for ending in ("", "-filled"))
# Without labels: people in squares for rows of steps, and pictures that an author sets to a part of the column.
UNLABELED: Final = tuple(
    f"content/handouts/{name}.svg"
    for name in (
        "alendronate/full-glass",
        "alendronate/get-up",
        "alendronate/half-hour",
        "alendronate/not-lying",
        "bone-density-test/hip-and-spine",
        "bone-exercises/chair-rise-1",
        "bone-exercises/chair-rise-2",
        "bone-exercises/chair-rise-3",
        "bone-exercises/chair-rise-4",
        "bone-exercises/heel-to-toe",
        "bone-exercises/one-foot",
        "bone-exercises/side-step",
        "bone-exercises/walk",
        "bone-food/calcium-foods",
        "falls-at-home/safe-home",
    )
)
COLUMN: Final = 241
NUMBERS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
NUMBER: Final = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")


def read_svg(name: str) -> ET.Element:
    return ET.parse(ROOT / name).getroot()  # noqa: S314 - our own file


def test_the_script_makes_the_shipped_files(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "drawings", tmp_path], check=True)
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.svg"))
    assert made == sorted((*DRAWINGS, *UNLABELED, *ICON_FILES))
    for name in made:
        assert (tmp_path / name).read_bytes() == (ROOT / name).read_bytes(), name


@pytest.mark.parametrize("name", [*DRAWINGS, *UNLABELED, *ICON_FILES])
def test_each_command_of_a_path_has_all_of_its_numbers(name: str) -> None:
    # Browsers stop drawing a path at one that has not (SVG 2, 9.5.4).
    for element in read_svg(name).iter():
        path = element.get("d", "")
        assert not re.search(r"[^MLHVCSQTAZ0-9 .-]", path, re.IGNORECASE)
        for command, numbers in re.findall(r"([A-Z])([^A-Z]*)", path, re.IGNORECASE):
            count, taken = len(NUMBER.findall(numbers)), NUMBERS[command.upper()]
            assert count % taken == 0 and count if taken else not count, f"{command}{numbers}"


def test_a_drawing_is_as_wide_as_a_column_and_its_labels_are_as_large_as_text() -> None:
    for name in DRAWINGS:
        svg = read_svg(name)
        assert svg.get("width") == f"{COLUMN}pt"
        assert str(svg.get("viewBox")).split()[2] == str(COLUMN), "printed at its own size"
        texts = list(svg.iter("{http://www.w3.org/2000/svg}text"))
        assert texts
        assert {text.get("font-size") for text in texts} == {"11.5"}, "11 points or more where columns are narrowest"
        assert {text.get("font-family") for text in texts} == {"Atkinson Hyperlegible Next"}


def test_drawings_are_black_lines_on_white() -> None:
    for name in (*DRAWINGS, *UNLABELED, *ICON_FILES):
        paints = re.findall(r'(?:fill|stroke)="([^"]*)"', (ROOT / name).read_text(encoding="utf-8"))
        assert set(paints) <= {"none", "#fff", "#191919"}, name
        problems = Problems()
        assert check_svg((ROOT / name).read_bytes(), name, Place(name), problems)


def test_the_other_drawings_have_no_words_and_fit_a_column() -> None:
    for name in UNLABELED:
        svg = read_svg(name)
        assert list(svg.iter("{http://www.w3.org/2000/svg}text")) == [], name
        assert float(str(svg.get("width")).removesuffix("pt")) <= COLUMN, name


def test_the_steps_have_the_numbers_of_the_list_and_no_words() -> None:
    texts = read_svg(DRAWINGS[1]).iter("{http://www.w3.org/2000/svg}text")
    numbers = [text.text for text in texts]
    assert numbers == ["2", "3", "5", "6"]
    handout = (ROOT / HANDOUT / "en.md").read_text(encoding="utf-8")
    steps = re.findall(
        r"^(\d)\. ", handout.partition("These are the steps:")[2].partition("::: figure")[0], re.MULTILINE
    )
    assert steps == ["1", "2", "3", "4", "5", "6"]
    caption = handout.partition("](balloon-steps.svg)\n\n")[2].partition("\n")[0]
    assert re.findall(r"\d", caption) == numbers, "the caption names the steps that are drawn"


def test_each_icon_is_in_the_style_sheet() -> None:
    css = (ROOT / "styles" / "base.css").read_text(encoding="utf-8")
    for icon in ICONS:
        assert f".icon.{icon} {{ background-image: url(images/icons/{icon}.svg) }}" in css
        assert f".icon.{icon}.affected {{ background-image: url(images/icons/{icon}-filled.svg) }}" in css
