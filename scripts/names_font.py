"""Makes styles/fonts/HandoutsNames-*.ttf: letters of names of patients that the text font lacks.

    scripts/names_font.py FOLDER    a folder with NotoSans-Regular.ttf and NotoSans-Bold.ttf (OFL)

They have all Latin letters with their accents, also those of Vietnamese, Greek and Cyrillic.
"""

import sys
from array import array
from itertools import chain
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import flagOverlapSimple

ROOT = Path(__file__).resolve().parent.parent
FAMILY = "Handouts Names"
# Punctuation and Latin, accents, Greek and Cyrillic, and their extensions.
LETTERS = (
    *((0x20, 0x7F), (0xA0, 0x250), (0x2B9, 0x2DE), (0x300, 0x370), (0x370, 0x530)),
    *((0x1E00, 0x2000), (0x2010, 0x2028), (0x2C60, 0x2C80), (0xA720, 0xA7CB)),
)


def main(folder: Path) -> None:
    """Subset each source to the letters, and name the font."""
    text_font = TTFont(ROOT / "styles/fonts/AtkinsonHyperlegibleNext-Regular.ttf")
    for face in ("Regular", "Bold"):
        font = TTFont(folder / f"NotoSans-{face}.ttf")
        copyright_notice = f"{font['name'].getDebugName(0)} (NotoSans-{face})"
        options = subset.Options(
            hinting=False, layout_features=["ccmp", "locl", "mark", "mkmk"], notdef_outline=True, name_IDs=[0, 13, 14]
        )
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=chain.from_iterable(range(*letters) for letters in LETTERS))
        subsetter.subset(font)
        names = font["name"]
        names.names = [record for record in names.names if record.nameID in {13, 14}]
        for identifier, text in {
            0: copyright_notice,
            1: FAMILY,
            2: face,
            3: f"{FAMILY} {face}",
            4: f"{FAMILY} {face}",
            5: "Version 1.0",
            6: f"HandoutsNames-{face}",
        }.items():
            names.setName(text, identifier, 3, 1, 0x409)
        # Lines with such a letter are as high as others, and each run of this script writes the same bytes.
        for name in ("ascent", "descent", "lineGap"):
            setattr(font["hhea"], name, getattr(text_font["hhea"], name))
        for name in ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"):
            setattr(font["OS/2"], name, getattr(text_font["OS/2"], name))
        font["head"].created, font["head"].modified = text_font["head"].created, text_font["head"].modified
        # Browsers refuse a font whose outlines say more than once that they overlap.
        for glyph in font["glyf"].glyphs.values():
            glyph.expand(font["glyf"])
            if glyph.numberOfContours > 0:
                glyph.flags = array("B", [flag & ~flagOverlapSimple for flag in glyph.flags])
        font.recalcTimestamp = False
        font.save(ROOT / f"styles/fonts/HandoutsNames-{face}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
