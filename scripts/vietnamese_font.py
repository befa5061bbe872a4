"""Makes the fonts of styles/languages/ from Be Vietnam Pro: Latin and Vietnamese letters, as large as the text font.

Its letters are scaled so that small ones are as high as those of Atkinson Hyperlegible Next, and lines as long.
Usage: python scripts/vietnamese_font.py FOLDER, with the files of fontpkg-be-vietnam-pro 1.2.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

STYLES = Path(__file__).parents[1] / "styles"
FACES = ("Regular", "SemiBold", "Bold", "Italic")
LETTERS = {
    *range(0x20, 0x180),
    *range(0x1A0, 0x1B1),
    *range(0x1EA0, 0x1EFA),
    *(0x300, 0x301, 0x303, 0x309, 0x323),
    *range(0x2010, 0x2060),
    *(0x20AC, 0x2122, 0x2212, 0x2248, 0x2264, 0x2265),
}
FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum")
NAMES = (0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14, 16, 17)


def make_font(source: Path, target: Path, height: int) -> None:
    """Write a font with the letters, the small ones `height` units of 1000 high."""
    options = subset.Options(hinting=False, layout_features=FEATURES, name_IDs=NAMES, notdef_outline=True)
    with TTFont(source, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=LETTERS & set(font.getBestCmap()))
        subsetter.subset(font)
        units = font["head"].unitsPerEm
        scale_upem(font, round(units * height / font["OS/2"].sxHeight))
        font["head"].unitsPerEm = units
        font.save(target)


def main() -> None:
    """Make all fonts."""
    with TTFont(STYLES / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf") as text_font:
        height = text_font["OS/2"].sxHeight
    for face in FACES:
        name = f"BeVietnamPro-{face}.ttf"
        make_font(Path(sys.argv[1], name), STYLES / "languages" / name, height)


if __name__ == "__main__":
    main()
