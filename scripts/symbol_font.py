"""Makes styles/fonts/HandoutsSymbols-Regular.ttf: the signs of everyday handouts that the text font lacks.

    scripts/symbol_font.py FOLDER    a folder with the Noto fonts named below (OFL)

Each sign is taken from the first font that has it. The text font comes first for a page, so a sign that it gains later
is taken from there.
"""

import sys
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("NotoSans-Regular.ttf", "NotoSansMath-Regular.ttf", "NotoSansSymbols2-Regular.ttf")
SIGNS = (
    "☐☑☒□■✓✔✗✘→←↑↓↔⚠☎✂★☆●○▲▼⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁰⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"
    "αβγδεζηθικλνξοπρστυφχψωΑΒΓΔΕΘΛΞΠΣΦΨ\u2032\u2033\u2010\u2011"
)
FAMILY = "Handouts Symbols"


def main(folder: Path, work: Path) -> None:
    """Subset each source to the signs that it is the first to have, merge them, and name the font."""
    text_font = TTFont(ROOT / "styles/fonts/AtkinsonHyperlegibleNext-Regular.ttf")
    # With a space, which lines are set with that have nothing but signs.
    missing = ({ord(sign) for sign in SIGNS} - text_font.getBestCmap().keys()) | {ord(" ")}
    parts, notices = [], []
    for name in SOURCES:
        font = TTFont(folder / name)
        found = missing & font.getBestCmap().keys()
        missing -= found
        options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=[0, 13, 14])
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=found)
        subsetter.subset(font)
        notices.append(f"{font['name'].getDebugName(0)} ({name.removesuffix('.ttf')})")
        part = work / name
        font.save(part)
        parts.append(str(part))
    if missing:
        sys.exit(f"no source has {''.join(map(chr, sorted(missing)))}")
    font = merge.Merger().merge(parts)
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in {13, 14}]
    for identifier, text in {
        0: "; ".join(notices),
        1: FAMILY,
        2: "Regular",
        3: f"{FAMILY} Regular",
        4: f"{FAMILY} Regular",
        5: "Version 1.0",
        6: "HandoutsSymbols-Regular",
    }.items():
        names.setName(text, identifier, 3, 1, 0x409)
    # Lines with a sign are as high as others, and each run of this script writes the same bytes.
    for name in ("ascent", "descent", "lineGap"):
        setattr(font["hhea"], name, getattr(text_font["hhea"], name))
    for name in ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent", "usWinDescent"):
        setattr(font["OS/2"], name, getattr(text_font["OS/2"], name))
    font["head"].created, font["head"].modified = text_font["head"].created, text_font["head"].modified
    font.recalcTimestamp = False
    font.save(ROOT / "styles/fonts/HandoutsSymbols-Regular.ttf")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        main(Path(sys.argv[1]), Path(work))
