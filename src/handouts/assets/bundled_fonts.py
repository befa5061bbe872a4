"""Fonts for rendering: only those of the bundled folder, whatever the machine has installed."""

import functools
import os
from pathlib import Path

from handouts.assets.errors import BrokenFileError
from handouts.assets.font_file import check_font, check_font_tables
from handouts.model.project import shipped
from handouts.problems.problem import Place, Problem, error


def use_only_bundled_fonts(styles: Path) -> None:
    """Point fontconfig to the bundled fonts; has to be called before WeasyPrint is first imported in a process."""
    os.environ.pop("FONTCONFIG_SYSROOT", None)  # it would be put before the path of each font
    os.environ["FONTCONFIG_FILE"] = str(styles / "fonts" / "fonts.conf")


@functools.cache
def bundled_font_problems(*, outlines: bool = False) -> tuple[Problem, ...]:
    """Check the bundled fonts, once in a process: fontconfig passes over damaged ones, or prints nothing with them.

    Their outlines are for web pages to check: on printed pages, letters without ink are errors.
    """
    check = check_font if outlines else check_font_tables
    found = []
    for path in sorted((shipped() / "styles" / "fonts").glob("*.ttf")):
        try:
            check(path.read_bytes())
        except (BrokenFileError, OSError) as broken:
            message = f"the font {path.name} cannot be used: {broken}"
            found.append(error("not-a-font", message, Place(f"styles/fonts/{path.name}"), "restore the file"))
    return tuple(found)
