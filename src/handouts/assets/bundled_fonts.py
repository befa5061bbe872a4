"""The bundled fonts: rendering uses only these, not the fonts of the machine."""

import functools
import os
from pathlib import Path
from typing import Final

from handouts.assets.broken_file import NOT_A_FONT, BrokenFileError
from handouts.assets.font_file import check_font, check_font_tables
from handouts.model.project import shipped
from handouts.problems.problem import Place, Problem

SYMBOL_FONT: Final = "Handouts Symbols"
"""The family of the signs that the text font lacks, such as boxes and arrows; scripts/symbol_font.py makes it."""


def use_only_bundled_fonts(styles: Path) -> None:
    """Point fontconfig to the bundled fonts; call this before WeasyPrint is first imported in a process."""
    os.environ.pop("FONTCONFIG_SYSROOT", None)  # a prefix to the path of each font
    os.environ["FONTCONFIG_FILE"] = str(styles / "fonts" / "fonts.conf")


@functools.cache
def check_bundled_fonts(*, outlines: bool = False) -> tuple[Problem, ...]:
    """Return the problems of the bundled fonts, checked once in a process: fontconfig silently skips damaged ones.

    `outlines` also checks that letters have outlines, for web pages: on printed pages, letters without ink are errors.
    """
    check = check_font if outlines else check_font_tables
    problems = []
    for path in sorted((shipped() / "styles" / "fonts").glob("*.ttf")):
        try:
            check(path.read_bytes())
        except (BrokenFileError, OSError) as broken:
            place = Place(f"styles/fonts/{path.name}")
            problems.append(NOT_A_FONT.at(place, file=path.name, reason=broken, hint="restore the file"))
    return tuple(problems)


@functools.cache
def read_bundled_letters() -> frozenset[str]:
    """Return the letters that any of the bundled fonts has."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow, and not needed for texts in ASCII

    letters: set[str] = set()
    for path in sorted((shipped() / "styles" / "fonts").glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            letters.update(map(chr, font.getBestCmap()))
    return frozenset(letters)
