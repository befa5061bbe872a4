"""Another machine, as far as environment variables make one: its fonts, folders, language and clock."""

import subprocess
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from support.shipped import ROOT

FAMILY: Final = "Atkinson Hyperlegible Next"
_BOLD: Final = ROOT / "styles" / "fonts" / "AtkinsonHyperlegibleNext-Bold.ttf"
_GENERIC: Final = ("sans-serif", "serif", "monospace", "system-ui")


def other_machine(folder: Path) -> dict[str, str]:
    """Return the environment of a machine where another font has the name of the bundled one, and stands in for all."""
    home = folder / "home of somebody else"
    fonts, config = home / ".fonts", home / ".config" / "fontconfig"
    for made in (fonts, config, home / ".cache"):
        made.mkdir(parents=True)
    _write_false_font(fonts / "false.ttf")
    aliases = "".join(
        f"<alias binding='same'><family>{name}</family><prefer><family>{FAMILY}</family></prefer></alias>"
        for name in _GENERIC
    )
    text = f"<?xml version='1.0'?><fontconfig><dir>{fonts}</dir>{aliases}</fontconfig>"
    for name in (config / "fonts.conf", home / "fonts.conf"):
        name.write_text(text)
    return {
        "FONTCONFIG_FILE": str(home / "fonts.conf"),
        "FONTCONFIG_PATH": str(home),
        "HOME": str(home),
        "LANG": "ja_JP.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PANGO_LANGUAGE": "ja",
        "PYTHONHASHSEED": "20261122",
        "TZ": "Pacific/Auckland",
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home),
    }


def font_found(environment: dict[str, str]) -> str:
    """Return the file that fontconfig finds there for the family of the handouts."""
    command = ["fc-match", "--format=%{file}", f"{FAMILY}:weight=80"]
    return subprocess.run(
        command, env={"PATH": "/usr/bin:/bin"} | environment, capture_output=True, text=True, check=True
    ).stdout


def _write_false_font(path: Path) -> None:
    """Write the bold letters as a font that calls itself the regular one."""
    font = TTFont(_BOLD)
    names = {1: FAMILY, 2: "Regular", 4: FAMILY, 6: f"{FAMILY.replace(' ', '')}-Regular", 16: FAMILY, 17: "Regular"}
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
        font["name"].setName(name, number, 1, 0, 0)
    font["OS/2"].usWeightClass = 400
    font.save(path)
