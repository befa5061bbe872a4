"""Build the bundled fonts from the originals in scripts/fonts/: their zero loses its slash.

`scripts/plain_zero.py [FOLDER]` writes them into styles/fonts/, or into another folder. styles/fonts/README.md says
why, and what the license requires.
"""

import sys
from pathlib import Path
from typing import Final

from fontTools.misc.transform import Transform
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates, flagOnCurve

ROOT: Final = Path(__file__).parents[1]
UNIQUE_ID, VERSION = 3, 5  # of the table "name"

Point = tuple[float, float]


def main(folder: Path) -> None:
    """Write each font with a plain zero into a folder; its dates stay those of the original, so its bytes do too."""
    for original in sorted((ROOT / "scripts" / "fonts").glob("*.ttf")):
        font = TTFont(original, recalcTimestamp=False)
        remove_slash(font)
        mark_as_modified(font)
        font.save(folder / original.name)


def remove_slash(font: TTFont) -> None:
    """Replace the two counters beside the slash by one oval, which touches their four outermost points.

    It has the shape of the outer oval, which stays as it is, as do the widths.
    """
    glyph = font["glyf"]["zero"]
    points, ends, flags = glyph.getCoordinates(font["glyf"])
    outer = list(points[: ends[0] + 1])
    on_curve = [bool(flag & flagOnCurve) for flag in flags]
    to_counter = map_oval(
        find_outermost([point for point, on in zip(outer, on_curve, strict=False) if on]),
        find_outermost([point for point, on in zip(points, on_curve, strict=True) if on and point not in outer]),
    )
    # A counter runs the other way round. The first point stays first, so that both have their flags in one order.
    counter = to_counter.transformPoints([outer[0], *outer[:0:-1]])
    outer_flags = list(flags[: ends[0] + 1])
    # Only the first flag of a glyph may say that its contours overlap: browsers refuse a font with another one.
    counter_flags = [flag & flagOnCurve for flag in (outer_flags[0], *outer_flags[:0:-1])]
    glyph.coordinates = GlyphCoordinates([*outer, *((round(x), round(y)) for x, y in counter)])
    glyph.flags = bytearray([*outer_flags, *counter_flags])
    glyph.endPtsOfContours = [ends[0], 2 * ends[0] + 1]
    glyph.numberOfContours = 2


def find_outermost(points: list[Point]) -> tuple[Point, Point, Point, Point]:
    """Return the lowest, the highest, the leftmost and the rightmost point."""
    return (
        min(points, key=lambda point: point[1]),
        max(points, key=lambda point: point[1]),
        min(points),
        max(points),
    )


def map_oval(ends: tuple[Point, Point, Point, Point], new_ends: tuple[Point, Point, Point, Point]) -> Transform:
    """Return the affine map of the center and the axes of one oval to those of another, by their outermost points."""
    return make_frame(*new_ends).transform(make_frame(*ends).inverse())


def make_frame(low: Point, high: Point, left: Point, right: Point) -> Transform:
    """Return the map from the unit circle to an oval."""
    return Transform(
        (right[0] - left[0]) / 2,
        (right[1] - left[1]) / 2,
        (high[0] - low[0]) / 2,
        (high[1] - low[1]) / 2,
        (left[0] + right[0]) / 2,
        (low[1] + high[1]) / 2,
    )


def mark_as_modified(font: TTFont) -> None:
    """Add to the unique id and the version that this is not the original."""
    for record in font["name"].names:
        if record.nameID == UNIQUE_ID:
            record.string = f"{record.toUnicode()};plain-zero"
        elif record.nameID == VERSION:
            record.string = f"{record.toUnicode()}; zero without a slash"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "styles" / "fonts")
