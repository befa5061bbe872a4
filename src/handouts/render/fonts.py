"""Fonts for rendering: only those of the bundled folder, whatever the machine has installed."""

import os
from pathlib import Path


def use_only_bundled_fonts(styles: Path) -> None:
    """Point fontconfig to the bundled fonts; has to be called before WeasyPrint is first imported in a process."""
    os.environ.pop("FONTCONFIG_SYSROOT", None)  # it would be put before the path of each font
    os.environ["FONTCONFIG_FILE"] = str(styles / "fonts" / "fonts.conf")
